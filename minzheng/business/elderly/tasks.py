"""What somebody must do for an old person by a day."""

from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.words import Outcome, TaskKind

REASSESS = TaskKind(
    code="elderly.reassess",
    title="能力评估到期",
    level=Level.TOWNSHIP,
    within="ability_renew_days",
    help="联系本人或家属，代为申请“老年人能力评估”，评估原因选“常规评估”；本人不再需要的，写明情况。",
    outcomes=(Outcome("applied", "已申请重新评估"), Outcome("not_needed", "本人不再需要")),
)
