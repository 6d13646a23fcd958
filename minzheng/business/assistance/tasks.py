"""What social assistance asks of people by a day."""

from minzheng.foundation.forms import Question
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.words import NOT_REACHED, Outcome, TaskKind

LATE_PAPERS = TaskKind(
    code="emergency.papers",
    title="急难救助补齐材料",
    level=Level.TOWNSHIP,
    within="emergency_late_days",
    help="先行救助以后，材料没有按期补齐。请联系本人或代为查询，在办件里登记“材料补齐，办结”，任务自动撤回；情况不实的，在办件里登记退款。",
    questions=(Question("note", "联系和查询情况", "long_text", min=2, max=400),),
    outcomes=(Outcome("promised", "已约定补交日期"), Outcome("queried", "已由部门查询代替"), NOT_REACHED),
)
