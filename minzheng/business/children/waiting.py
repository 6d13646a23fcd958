"""What waits for the people who look after children, on their first page: nothing here may lie until somebody searches."""

from minzheng.business.children.gaps.models import GapState, ServiceGap
from minzheng.business.children.models import ChildFile, HarmReport, Intake
from minzheng.business.children.models.files import FileState
from minzheng.business.children.models.protection import CareState, ReportState
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.tasks.waiting import Waiting


def _expected(access: Access) -> int:
    return access.scope("protection.read", Intake.objects.filter(state=CareState.EXPECTED)).count()


def _unhandled(access: Access) -> int:
    return access.scope("protection.read", HarmReport.objects.filter(state=ReportState.NEW)).count()


def _drafted(access: Access) -> int:
    return access.scope("child.approve", ChildFile.objects.filter(state=FileState.DRAFT)).count()


def _unplanned(access: Access) -> int:
    return access.scope("child.write", ServiceGap.objects.filter(state=GapState.FOUND)).count()


EXPECTED = Waiting(
    code="children.expected",
    title="救助站里等接收的未成年人",
    permission="protection.read",
    register="child_intakes",
    query=f"state={CareState.EXPECTED}",
    count=_expected,
    unit="人",
)
UNHANDLED = Waiting(
    code="children.unhandled",
    title="待处置的侵害线索",
    permission="protection.read",
    register="child_harm",
    query=f"state={ReportState.NEW}",
    count=_unhandled,
    unit="条",
)
DRAFTED = Waiting(
    code="children.drafted",
    title="待核准的儿童档案",
    permission="child.approve",
    register="child_files",
    query=f"state={FileState.DRAFT}",
    count=_drafted,
    unit="份",
)
UNPLANNED = Waiting(
    code="children.unplanned",
    title="待安排的服务缺口",
    permission="child.write",
    register="child_gaps",
    query=f"state={GapState.FOUND}",
    count=_unplanned,
    unit="项",
)
