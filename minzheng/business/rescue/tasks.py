"""What a station, the county and the place where somebody lives must see to by a day."""

from minzheng.foundation.forms import Question
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.words import NOT_REACHED, Outcome, TaskKind

READS = "rescue.read"
NOTE = Question("note", "办理情况", "long_text", required=False, max=300, hint="不要写姓名和号码。")
SETTLED_THERE = (Outcome("settled", "已在救助管理里办理"),)

ENDING = TaskKind(
    code="rescue.ending",
    title="救助期限将满",
    level=Level.COUNTY,
    within="rescue_warn_days",
    reads=READS,
    help="商量返乡、接回或护送；确需延期的，在救助页面申请延期，由县级另一位同志核准。任何时候都不得强制留站。",
    questions=(NOTE,),
    outcomes=SETTLED_THERE,
)
SEARCH = TaskKind(
    code="rescue.search",
    title="为身份不明人员寻亲",
    level=Level.COUNTY,
    within="rescue_search_days",
    reads=READS,
    help="报公安机关查询和采集DNA，比对走失人员台账，起草寻亲公告。每次查询都登记时间和结果。",
    questions=(NOTE,),
    outcomes=SETTLED_THERE,
)
EXTENSION = TaskKind(
    code="rescue.extension",
    title="核准延期救助",
    level=Level.COUNTY,
    within="rescue_extension_decide_days",
    reads="rescue.confirm",
    help="看延期理由是否充分、本人是否自愿，在救助页面同意或不同意。",
    questions=(NOTE,),
    outcomes=SETTLED_THERE,
)
MATCH = TaskKind(
    code="rescue.match",
    title="核定寻亲比对",
    level=Level.COUNTY,
    within="rescue_match_days",
    reads="rescue.confirm",
    help="对照照片、体貌和亲属描述，必要时请亲属视频辨认或等DNA结果，再决定是不是同一个人。相符程度只供参考。",
    questions=(NOTE,),
    outcomes=SETTLED_THERE,
)
NOTICE = TaskKind(
    code="rescue.notice",
    title="审核寻亲公告",
    level=Level.COUNTY,
    within="rescue_match_days",
    reads="rescue.confirm",
    help="看公告里有没有不该公开的内容（号码、病情、住院信息），再发布或退回。",
    questions=(NOTE,),
    outcomes=SETTLED_THERE,
)
MINOR = TaskKind(
    code="rescue.minor",
    title="接收救助站里的未成年人",
    level=Level.COUNTY,
    within="rescue_minor_days",
    reads="protection.read",
    help="救助站接到未成年人，已单独安置。请到站接收，办理临时监护。",
    questions=(NOTE,),
    outcomes=(Outcome("received", "已接收，办理临时监护"), Outcome("collected", "父母已接回")),
)
SETTLE = TaskKind(
    code="rescue.settle",
    title="落户安置",
    level=Level.COUNTY,
    within="rescue_settle_remind_days",
    reads=READS,
    help="入站满三个月仍查不明身份：列入名单，报公安机关登记户口，报县级核准安置。每月提醒一次，安置以后自动停止。",
    questions=(NOTE,),
    outcomes=SETTLED_THERE,
)
BENEFITS = TaskKind(
    code="rescue.benefits",
    title="核查返乡（落户）人员的保障",
    level=Level.TOWNSHIP,
    within="rescue_benefit_days",
    help="联系本人或家人：是否有住处和照料，是否符合特困、低保、临时救助。符合的主动告知并帮助申请，不符合的说明理由。",
    questions=(
        Question("housed", "有住处和照料人吗？", "yes_no"),
        Question("note", "情况和下一步", "long_text", min=2, max=300, hint="不要写号码。"),
    ),
    outcomes=(
        Outcome("applied", "已帮助申请保障"),
        Outcome("has", "已在享受保障"),
        Outcome("none", "不符合，已说明理由"),
        Outcome("gone", "没有返回本地"),
        NOT_REACHED,
    ),
)
