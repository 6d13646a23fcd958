"""What is asked of people about a reserve fund."""

from minzheng.foundation.calendar import Unit
from minzheng.foundation.forms import Question
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.words import Outcome, TaskKind

NOTE = (Question("note", "办理情况", "long_text", min=2, max=400),)
LOW = TaskKind(
    code="reserve.low",
    title="备用金低于下限",
    level=Level.COUNTY,
    within="reserve_top_up_days",
    unit=Unit.WORKDAYS,
    help="乡镇（街道）备用金快用完了，会影响当场救急。请财务按垫付凭证补足；补足后任务自动撤回。",
    questions=NOTE,
    outcomes=(Outcome("asked", "已请财务拨款"), Outcome("enough", "本月够用，暂不拨款")),
)
RECONCILE = TaskKind(
    code="reserve.reconcile",
    title="备用金月度对账",
    level=Level.TOWNSHIP,
    within="reserve_reconcile_days",
    unit=Unit.WORKDAYS,
    help="在“备用金”页清点现金、核对凭证和办件，登记对账；登记后任务自动撤回。",
    questions=NOTE,
    outcomes=(Outcome("done", "已对账"),),
)
