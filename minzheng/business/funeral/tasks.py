"""What somebody must see to by a day."""

from minzheng.business.funeral.models import Reception, ReceptionState
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.waiting import Waiting
from minzheng.foundation.tasks.words import Outcome, TaskKind

STORAGE = TaskKind(
    code="funeral.storage",
    title="遗体存放到期",
    level=Level.COUNTY,
    within="funeral_storage_needs_days",
    help="联系家属：办理火化，或写明原因延期。逾期无人办理的，依照规定处置。",
    outcomes=(Outcome("handled", "已办理火化或延期"), Outcome("passed_on", "已转公安、家属处理")),
)
RENEWAL = TaskKind(
    code="funeral.renewal",
    title="墓位（格位）使用期限将满",
    level=Level.COUNTY,
    within="burial_notice_days",
    help="通知家属：带安放证到设施的管理单位办理续用；不再使用的，办理迁出或改用生态葬。",
    outcomes=(Outcome("told", "已通知家属"), Outcome("not_found", "联系不上，已公告")),
)
CROWD = TaskKind(
    code="funeral.crowd",
    title="祭扫客流接近上限",
    level=Level.COUNTY,
    within="visit_alert_days",
    help="落实现场疏导、车辆和消防；必要时停止本时段放号，提醒群众错峰或网上祭扫。",
    outcomes=(Outcome("ready", "已落实疏导"), Outcome("closed", "已停止放号")),
)
AGENT = TaskKind(
    code="funeral.agent",
    title="殡葬代理备案到期",
    level=Level.COUNTY,
    within="burial_notice_days",
    help="提醒代理机构重新备案；不再代理的，注销备案。",
    outcomes=(Outcome("filed", "已重新备案"), Outcome("struck", "已注销")),
)


def _lie_here(access: Access) -> int:
    return access.scope("funeral.counter", Reception.objects.filter(state=ReceptionState.HELD)).count()


HELD = Waiting(
    code="funeral.held",
    title="在馆遗体",
    permission="funeral.counter",
    page="desk:funeral:index",
    count=_lie_here,
    unit="具",
)
