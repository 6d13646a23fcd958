"""Who goes after what a registrar noticed."""

from minzheng.business.marriage.models import Divorce, DivorceState
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.forms import Question
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.waiting import Waiting
from minzheng.foundation.tasks.words import NOT_REACHED, Outcome, TaskKind

RISK = TaskKind(
    code="marriage.risk",
    title="核实登记风险提示",
    level=Level.COUNTY,
    within="marriage_alert_days",
    help="单独、保密地与可能的受害人谈；有人身危险的立即报警，需要庇护的联系救助站、妇联。不要当着另一方问。",
    questions=(Question("told_police", "是否已通报公安机关？", "yes_no"),),
    outcomes=(Outcome("true", "情况属实，已转交"), Outcome("false", "情况不实")),
)
HOUSEHOLD = TaskKind(
    code="marriage.household",
    title="核实家庭成员变化",
    level=Level.VILLAGE,
    within="marriage_household_days",
    help="问清现在和谁共同生活、共同承担开支；搬走或搬来的，请乡镇（街道）办理减少或增加成员。",
    questions=(
        Question(
            "now",
            "现在的情况",
            "choice",
            options=(("same", "没有变化"), ("left", "已搬出"), ("joined", "配偶搬来")),
        ),
    ),
    outcomes=(Outcome("true", "已核实"), NOT_REACHED),
)


def _may_collect(access: Access) -> int:
    divorces = Divorce.objects.filter(
        state=DivorceState.OPEN, window_from__lte=access.today, window_until__gte=access.today
    )
    return access.scope("marriage.read", divorces).count()


COLLECT = Waiting(
    code="marriage.collect",
    title="冷静期已满、可以领离婚证",
    permission="marriage.read",
    page="desk:marriage:index",
    count=_may_collect,
    unit="对",
)
