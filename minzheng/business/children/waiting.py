"""What waits for the people who look after children, on their first page: nothing here may lie until somebody searches."""

from collections.abc import Callable

from django.db.models import Model

from minzheng.business.children.gaps.models import GapState, ServiceGap
from minzheng.business.children.models import ChildFile, HarmReport, Intake
from minzheng.business.children.models.files import FileState
from minzheng.business.children.models.protection import CareState, ReportState
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.tasks.waiting import Waiting


def _in_state(model: type[Model], permission: str, state: str) -> Callable[[Access], int]:
    """How many of them stand so where the officer may see them."""
    return lambda access: access.scope(permission, model._default_manager.filter(state=state)).count()


EXPECTED = Waiting(
    code="children.expected",
    title="救助站里等接收的未成年人",
    permission="protection.read",
    register="child_intakes",
    query=f"state={CareState.EXPECTED}",
    count=_in_state(Intake, "protection.read", CareState.EXPECTED),
    unit="人",
)
UNHANDLED = Waiting(
    code="children.unhandled",
    title="待处置的侵害线索",
    permission="protection.read",
    register="child_harm",
    query=f"state={ReportState.NEW}",
    count=_in_state(HarmReport, "protection.read", ReportState.NEW),
    unit="条",
)
DRAFTED = Waiting(
    code="children.drafted",
    title="待核准的儿童档案",
    permission="child.approve",
    register="child_files",
    query=f"state={FileState.DRAFT}",
    count=_in_state(ChildFile, "child.approve", FileState.DRAFT),
    unit="份",
)
UNPLANNED = Waiting(
    code="children.unplanned",
    title="待安排的服务缺口",
    permission="child.write",
    register="child_gaps",
    query=f"state={GapState.FOUND}",
    count=_in_state(ServiceGap, "child.write", GapState.FOUND),
    unit="项",
)
