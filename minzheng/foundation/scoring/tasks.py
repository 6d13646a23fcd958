"""What is asked of the county about ratings."""

from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.words import Outcome, TaskKind

RENEW = TaskKind(
    code="rating.renew",
    title="等级快到期",
    level=Level.COUNTY,
    within="rating_renew_days",
    outcomes=(Outcome("told", "已通知机构重新申报"), Outcome("ends", "机构不再申报，到期自动失效")),
    help="告诉机构等级哪天到期，需要保留的请重新申报。",
)
