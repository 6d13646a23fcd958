"""When the next visit to a child is due, by the grade of risk; what a visit found goes into the file (S-118)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import timezone

from minzheng.business.children.gaps.looking import gaps_of_visit
from minzheng.business.children.models import ChildFile, HarmReport
from minzheng.business.children.models.files import FileState, Risk
from minzheng.business.children.tasks import HARM, HARM_REPORT, VISIT
from minzheng.foundation.calendar import add_months
from minzheng.foundation.items.figures import figures
from minzheng.foundation.tasks.models import IS_TO_DO, State, Task
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks

REMEMBERED = 24  # months: longer than any interval between visits


def open_visits(day: dt.date) -> int:
    """Send the visits that come due within the lead time; returns how many. A second run in the night sends none."""
    return open_tasks(VISIT.code, _due(day), day).count


def _due(day: dt.date) -> Iterator[TaskDraft]:
    @cache
    def of_county(county: str) -> Any:
        return figures(day, county.ljust(12, "0"), settings.STANDARDS_SET)

    out = {origin.split(":")[1] for origin in _waiting()}
    not_made = _closed_at_the_desk(day)
    kept = ChildFile.objects.filter(state=FileState.KEPT, approved_on__isnull=False)
    columns = ("pk", "person_id", "region_id", "risk", "last_visit_on", "approved_on")
    for pk, person, region, risk, visited, approved in kept.values_list(*columns).iterator():
        standard = of_county(region[:6])
        seen = max(visited or approved, not_made.get(pk, dt.date.min))
        due = add_months(seen, int(standard(f"child_visit_{risk}_months")))
        if str(pk) in out or due - dt.timedelta(days=int(standard("child_visit_days"))) > day:
            continue
        yield TaskDraft(
            origin=f"child_visit:{pk}:{due:%Y%m%d}:{risk}",
            region=region,
            person=person,
            title=VISIT.title,
            reason=f"{Risk(risk).label}风险，{due:%m月%d日}前走访",
            detail={"file": pk},
            within_days=max(1, (due - day).days),
        )


def _closed_at_the_desk(day: dt.date) -> dict[int, dt.date]:
    """For each file the last day on which somebody closed a visit that nobody made: the next one is due all the same."""
    closed: dict[int, dt.date] = {}
    settled = Task.objects.filter(
        kind=VISIT.code, state=State.DONE, outcome="", due_on__gte=add_months(day, -REMEMBERED)
    )
    for origin, at in settled.filter(done_at__isnull=False).values_list("origin", "done_at"):
        file = int(origin.split(":")[1])
        closed[file] = max(timezone.localdate(at), closed.get(file, dt.date.min))
    return closed


def _waiting() -> list[str]:
    open_visits = Task.objects.filter(IS_TO_DO, kind=VISIT.code)
    return list(open_visits.values_list("origin", flat=True))


def visits_of(file: int) -> list[str]:
    """Origins of the visits to this child that are still to be made."""
    begun = Task.objects.filter(IS_TO_DO, origin__startswith=f"child_visit:{file}:")
    return list(begun.values_list("origin", flat=True))


def visited(task: Task, outcome: str, record: dict[str, Any]) -> None:
    """The day and what the child lacks go into the file; signs of harm become a report for the protection centre alone."""
    file = ChildFile.objects.select_for_update().get(pk=task.detail["file"])
    day = timezone.localdate(task.done_at) if task.done_at else timezone.localdate()
    file.last_visit_on = max(day, file.last_visit_on or day)
    file.save(update_fields=["last_visit_on"])
    gaps_of_visit(file, record, day)
    if outcome == HARM:
        report_harm(file, day, f"儿童主任走访（任务{task.pk}）")


def report_harm(file: ChildFile, day: dt.date, source: str) -> HarmReport:
    """强制报告 (未成年人保护法 第十一条): kept and brought to the county's protection centre on the same day."""
    made = HarmReport.objects.create(
        file=file,
        region=file.region,
        found_on=day,
        source=source[:40],
        story="走访发现侵害迹象，请立即向走访人核实。",
    )
    draft = TaskDraft(
        origin=f"child_harm:{made.pk}",
        region=file.region_id,
        title=HARM_REPORT.title,
        reason="强制报告：走访发现侵害迹象",
        detail={"report": made.pk},
    )
    open_tasks(HARM_REPORT.code, [draft], day)
    return made
