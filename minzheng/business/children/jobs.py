"""What becomes due by itself: visits, drafts to approve, yearly checks, long-term guardianship, duties of a conference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db.models import Max, Q

from minzheng.business.children.gaps.looking import look_for_gaps
from minzheng.business.children.growing import grow_up
from minzheng.business.children.models import ChildFile, Duty, Intake, Officer
from minzheng.business.children.models.files import FileState
from minzheng.business.children.models.protection import CareState
from minzheng.business.children.tasks import CHECK, DUTY, FILE, LONG_TERM
from minzheng.business.children.tomorrow.keeping import send_visits
from minzheng.business.children.visits import open_visits
from minzheng.foundation.calendar import add_months
from minzheng.foundation.items.figures import figures
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks


def open_due(day: dt.date) -> int:
    """Every task that comes due tonight, and the gaps that the registers show; returns how many tasks were new."""
    days = _standards(day)
    grow_up(day)
    look_for_gaps(day)
    return (
        open_visits(day)
        + send_visits(day)
        + open_tasks(FILE.code, _drafts(), day).count
        + open_tasks(CHECK.code, _checks(day, days), day).count
        + open_tasks(LONG_TERM.code, _long_terms(day, days), day).count
        + open_tasks(DUTY.code, _duties(day, days), day).count
    )


def _standards(day: dt.date) -> Callable[[str, str], int]:
    """(standard, region) → its number there."""

    @cache
    def of_county(name: str, county: str) -> int:
        return int(figures(day, county.ljust(12, "0"), settings.STANDARDS_SET)(name))

    return lambda name, region: of_county(name, region[:6])


def _drafts() -> list[TaskDraft]:
    drafts = ChildFile.objects.filter(state=FileState.DRAFT).values_list("pk", "person_id", "region_id")
    return [
        TaskDraft(origin=f"child_file:{pk}", region=region, person=person, title=FILE.title, reason="村里起草的档案待核准")
        for pk, person, region in drafts
    ]  # fmt: skip


def _checks(day: dt.date, days: Callable[[str, str], int]) -> list[TaskDraft]:
    """Officers whose clear check has run out or runs out within the warning days; one task for each end."""
    clear = Max("checks__valid_until", filter=Q(checks__finding="clear"))
    officers = (
        Officer.objects.filter(until=None)
        .annotate(valid=clear)
        .values_list("pk", "region_id", "post", "valid")
    )
    found = []
    for pk, region, _post, valid in officers:
        if valid is None or valid - dt.timedelta(days=days("child_check_days", region)) <= day:
            ends = f"{valid:%Y%m%d}" if valid else "none"
            reason = f"查询结果{valid:%Y年%m月%d日}到期" if valid else "还没有查询过"
            found.append(
                TaskDraft(origin=f"child_check:{pk}:{ends}", region=region, title=CHECK.title, reason=reason)
            )
    return found


def _long_terms(day: dt.date, days: Callable[[str, str], int]) -> list[TaskDraft]:
    intakes = Intake.objects.filter(state=CareState.IN_CARE).values_list(
        "pk", "number", "region_id", "arrived_on"
    )
    return [
        TaskDraft(
            origin=f"child_long_term:{pk}",
            region=region,
            title=LONG_TERM.title,
            reason=f"{number}临时监护已超过规定时间",
        )
        for pk, number, region, arrived in intakes
        if add_months(arrived, days("child_long_term_months", region)) < day
    ]


def _duties(day: dt.date, days: Callable[[str, str], int]) -> list[TaskDraft]:
    duties = Duty.objects.filter(done_on=None).values_list("pk", "agency", "region_id", "due_on")
    return [
        TaskDraft(
            origin=f"child_duty:{pk}",
            region=region,
            title=DUTY.title,
            reason=f"{agency}的任务{due:%m月%d日}到期",
            within_days=max(1, (due - day).days),
        )
        for pk, agency, region, due in duties
        if due - dt.timedelta(days=days("child_duty_days", region)) <= day
    ]
