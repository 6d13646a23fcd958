"""What children need somebody to do by a day. Their very existence is confidential: only child officers see them."""

from minzheng.business.children.waiting import DRAFTED, EXPECTED, UNHANDLED, UNPLANNED
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.questions import when
from minzheng.foundation.items.usual import same
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.words import NOT_REACHED, Outcome, TaskKind

__all__ = ["DRAFTED", "EXPECTED", "UNHANDLED", "UNPLANNED"]
HARM, GIVEN = "harm", "given"
NOTE = Question("note", "办理情况", "long_text", min=2, max=400)

VISIT = TaskKind(
    code="children.visit",
    title="走访儿童",
    level=Level.VILLAGE,
    within="child_visit_days",
    reads="child.read",
    help="当面见到孩子，单独和孩子说几句话；看住处、吃饭、上学、照护人。发现或怀疑受到侵害的，选“发现侵害迹象”并立即报警，不要在这里写细节。",
    questions=(
        Question("seen", "当面见到孩子了吗？", "yes_no"),
        Question("at_school", "在正常上学吗？", "yes_no"),
        Question("absent_why", "为什么没有上学？", "text", show_if=when("at_school", False)),
        Question("carer_able", "照护人能照顾好孩子吗？", "yes_no"),
        Question(
            "needs", "孩子现在需要什么？", "choices", required=False,
            options=same("生活费", "就医", "学习辅导", "心理关爱", "与父母联系", "安全隐患整改"),
        ),
    ),
    outcomes=(
        Outcome("well", "情况正常"),
        Outcome("worse", "情况变差，建议提高风险等级"),
        Outcome(HARM, "发现侵害迹象，已报警或需立即报警"),
        Outcome("moved", "孩子已离开本村"),
        NOT_REACHED,
    ),
)  # fmt: skip
FILE = TaskKind(
    code="children.file",
    title="核准儿童档案",
    level=Level.TOWNSHIP,
    within="child_file_days",
    reads="child.read",
    help="看村里起草的档案是否属实、风险等级是否恰当，在“儿童档案”里核准或退回，任务自动撤回。",
    questions=(NOTE,),
    outcomes=(Outcome("settled", "已在台账办理"),),
)
CHECK = TaskKind(
    code="children.check",
    title="查询违法犯罪记录",
    level=Level.TOWNSHIP,
    within="child_check_days",
    reads="child.read",
    help="儿童主任、督导员每年要向公安机关、检察院查询一次；结果在“儿童主任和督导员”里登记，任务自动撤回。没有有效结果的，不得接触儿童。",
    questions=(NOTE,),
    outcomes=(Outcome("asked", "已发函查询"), Outcome("replaced", "已更换人员")),
)
HARM_REPORT = TaskKind(
    code="children.harm",
    title="处置侵害线索",
    level=Level.COUNTY,
    within="child_harm_days",
    reads="protection.read",
    help="核对是否已报公安；在“侵害线索”里登记接警回执、临时监护和处置结果，任务自动撤回。",
    questions=(NOTE,),
    outcomes=(Outcome("handled", "已处置"),),
)
FOLLOW_UP = TaskKind(
    code="children.follow_up",
    title="离站回访",
    level=Level.COUNTY,
    within="child_follow_up_days",
    reads="protection.read",
    help="离站后30日内回访：孩子住在哪里、谁在照顾、是否安全。在“临时监护”里登记回访，任务自动撤回。",
    questions=(NOTE,),
    outcomes=(Outcome("done", "已回访"), NOT_REACHED),
)
LONG_TERM = TaskKind(
    code="children.long_term",
    title="转长期监护",
    level=Level.COUNTY,
    within="child_long_term_days",
    reads="protection.read",
    help="临时监护超过3个月仍查不清身份，请办理转儿童福利机构长期监护；查到父母的，登记离站。",
    questions=(NOTE,),
    outcomes=(Outcome("settled", "已在台账办理"),),
)
DUTY = TaskKind(
    code="children.duty",
    title="督促会商任务",
    level=Level.COUNTY,
    within="child_duty_days",
    reads="protection.read",
    help="会商议定的任务快到期了，请联系责任单位；完成的在“会商任务”里登记，任务自动撤回。",
    questions=(NOTE,),
    outcomes=(Outcome("urged", "已督促"),),
)
GAP = TaskKind(
    code="children.gap",
    title="补齐服务缺口",
    level=Level.VILLAGE,
    within="child_gap_days",
    reads="child.read",
    help="看安排的服务到了没有：到了的写清做了什么，由乡镇（街道）问过孩子后确认；没到的催办。",
    questions=(NOTE,),
    outcomes=(
        Outcome(GIVEN, "服务已经到位"),
        Outcome("urged", "已催办，还没有到位", closes=False),
        NOT_REACHED,
    ),
)
ORPHANED = TaskKind(
    code="children.orphaned",
    title="帮助孩子申请孤儿基本生活保障",
    level=Level.VILLAGE,
    within="signal_child_days",
    help="先看望孩子，问清现在由谁照顾、上学和吃住有没有着落。愿意申请的，从走访回执直接代为申请，由乡镇（街道）、县级审核确认；没有人照顾的，马上报告乡镇（街道）。",
    questions=(Question("carer", "现在由谁照顾孩子？", "long_text", min=2, max=300),),
    outcomes=(
        Outcome("apply", "监护人愿意申请，现在代为申请", opens_case=True),
        Outcome("parent", "还有父亲或母亲，不是孤儿"),
        Outcome("declined", "暂不申请，已告知政策"),
        NOT_REACHED,
    ),
)
RECOVERY = TaskKind(
    code="children.recovery",
    title="明天计划出院回访",
    level=Level.TOWNSHIP,
    within="tomorrow_visit_days",
    reads="child.read",
    help="看孩子恢复得怎样，要不要继续康复、换辅具。需要再治疗的，帮助重新申请“明天计划”。",
    questions=(Question("recovery", "恢复得怎样？", "long_text", min=2, max=500),),
    outcomes=(
        Outcome("well", "恢复良好"),
        Outcome("more", "需要继续治疗或康复，已帮助申请"),
        NOT_REACHED,
    ),
)
