"""What an undone event leaves to an officer, because the officer, or another event, has moved it on since."""

from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.words import Outcome, TaskKind

OUTCOMES = (Outcome("right", "已核对，没有要改的"), Outcome("mended", "已按现在的情况更正"))
TOWNSHIP = TaskKind(
    code="life_event.undone",
    title="核对已撤销事件的后果",
    level=Level.TOWNSHIP,
    within="undone_event_days",
    help="登记的生命事件已经撤销，但相关的办件正在办理，没有自动退回。打开办件，按现在的情况继续办；不再需要的，办结。",
    outcomes=OUTCOMES,
)
COUNTY = TaskKind(
    code="life_event.undone_county",
    title="核对已撤销事件的后果",
    level=Level.COUNTY,
    within="undone_event_days",
    help="登记的生命事件已经撤销，但之后又有别的登记依据它办理。请逐项核对，需要更正的，在各自的台账里更正。",
    outcomes=OUTCOMES,
)
