"""Monitoring on the archive: the family's layer and labels, its alerts, who visited and what came of it (39号)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from minzheng.datacenter.signals.groups import declared_groups
from minzheng.datacenter.signals.models import Alert, AlertState, LibraryEntry
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.people.models import Household
from minzheng.foundation.tasks.models import TaskVisit
from minzheng.online.desk.people.links import Link


@dataclass(frozen=True)
class Standing:
    """What the newest month of the library says of a family."""

    month: str
    layer: str
    labels: list[str]
    score: int
    url: str


def standing_of(access: Access, household: Household) -> Standing | None:
    """None for a family that is not in the library, or for a user who may not read it."""
    mine = access.scope("task.read", LibraryEntry.objects.filter(household=household))
    entry = mine.order_by("-month").first()
    if entry is None:
        return None
    titles = declared_groups().titles
    return Standing(
        f"{entry.month.year}年{entry.month.month}月",
        entry.get_layer_display(),
        [titles.get(code, code) for code in entry.labels],
        entry.score,
        reverse("registers:detail", args=["low-income", entry.pk]),
    )


def links_of_watch(access: Access, persons: Sequence[int], household: Household) -> Iterator[Link]:
    """Alerts and visits of the family or its people, as points of the chain."""
    about = Q(household=household) | Q(person__in=persons)
    for alert in access.scope("task.read", Alert.objects.filter(about)):
        url = reverse("registers:detail", args=["alerts", alert.pk])
        yield Link(alert.opened_on, f"预警：{alert.get_signal_display()}", "已派人走访", "warn", url)
        if alert.state == AlertState.OPEN:
            yield Link(
                alert.due_on, "预警走访期限", f"{alert.get_signal_display()}，等待走访结果", "info", url
            )
        else:
            said = alert.get_outcome_display() or alert.get_state_display()
            yield Link(alert.closed_on, f"预警办结：{said}", alert.note, "ok", url)
    visits = TaskVisit.objects.filter(Q(task__household=household) | Q(task__person__in=persons))
    for visit in access.scope("task.read", visits.select_related("task", "made_by"), "task__region_id"):
        day = timezone.localtime(visit.made_at).date()
        url = reverse("registers:detail", args=["tasks", visit.task_id])
        yield Link(day, f"{visit.made_by}走访：{visit.outcome_title}", visit.note, "info", url)
