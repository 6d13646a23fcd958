"""What somebody must do for an old person by a day, and which alarms nobody has answered yet."""

from minzheng.business.elderly.homecare.models import Alarm, AlarmState
from minzheng.business.elderly.visiting.models import Risk
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.forms import Question
from minzheng.foundation.items.usual import same
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.waiting import Waiting
from minzheng.foundation.tasks.words import NOT_REACHED, Outcome, TaskKind

REASSESS = TaskKind(
    code="elderly.reassess",
    title="能力评估到期",
    level=Level.TOWNSHIP,
    within="ability_renew_days",
    help="联系本人或家属，代为申请“老年人能力评估”，评估原因选“常规评估”；本人不再需要的，写明情况。",
    outcomes=(Outcome("applied", "已申请重新评估"), Outcome("not_needed", "本人不再需要")),
)
VISIT = TaskKind(
    code="elderly.visit",
    title="探访关爱",
    covers=("S-105",),
    level=Level.VILLAGE,
    within="visiting_do_days",
    help="上门看望，或电话、视频联系；看身体、饮食、用药、取暖和用电用气安全，问有没有难处。",
    questions=(
        Question("way", "怎样探访的？", "choice", options=same("上门", "电话", "视频")),
        Question("well", "老人情况好吗？", "yes_no"),
        Question(
            "problems",
            "发现的问题",
            "choices",
            required=False,
            options=same(
                "身体不适", "饮食困难", "用药", "取暖", "用电用气安全", "房屋安全", "情绪低落", "无人照料"
            ),
        ),
        Question(
            "risk", "以后多久来一次合适？", "choice", options=tuple((k, f"{v}风险") for k, v in Risk.choices)
        ),
    ),
    outcomes=(
        Outcome("seen", "见到本人或联系上本人"),
        Outcome("family", "向家属了解了情况"),
        NOT_REACHED,
    ),
)
REPRESENTATIVE = TaskKind(
    code="elderly.representative",
    title="核实服务代办人",
    covers=("S-063",),
    level=Level.VILLAGE,
    within="representative_ask_days",
    help="问老人本人：愿不愿意由这位亲属替自己下单、确认服务。老人说不清楚的，问同住的家人，写明情况。关系证明在台账“服务代办人”里看。",
    outcomes=(Outcome("agrees", "老人同意"), Outcome("disagrees", "老人不同意"), NOT_REACHED),
)
RENEW_SIGNING = TaskKind(
    code="elderly.renew_signing",
    title="医养签约到期",
    covers=("S-107",),
    level=Level.TOWNSHIP,
    within="signing_remind_days",
    help="问清要不要续签；续签的在台账登记新的一份，不续的写明原因。",
    outcomes=(Outcome("renewed", "已续签"), Outcome("not_renewed", "不再续签")),
)
FRAUD_CLUE = TaskKind(
    code="elderly.fraud",
    title="核查养老涉诈线索",
    covers=("S-110",),
    level=Level.COUNTY,
    within="elder_fraud_check_days",
    help="会同有关部门核查，在“养老领域涉诈线索”台账登记核查情况；属实的移交有权部门。",
    outcomes=(Outcome("checked", "已核查并登记"),),
)
ESTATE = TaskKind(
    code="elderly.estate",
    title="小区养老设施没有同步交付",
    covers=("S-098",),
    level=Level.COUNTY,
    within="estate_late_days",
    help="会同自然资源、住建部门督促建设单位补建、移交，在“住宅小区养老设施”台账登记过关或问题。",
    outcomes=(Outcome("promised", "已督促，有明确期限"), Outcome("reported", "已报县政府协调")),
)


def _ringing(access: Access) -> int:
    return access.scope("service.order", Alarm.objects.filter(state=AlarmState.RINGING)).count()


RINGING = Waiting(
    code="elderly.ringing",
    title="没有应答的居家报警",
    permission="service.order",
    page="desk:dispatch",
    count=_ringing,
    unit="次",
)
