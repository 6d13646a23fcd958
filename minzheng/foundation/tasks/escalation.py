"""What nobody did in time goes up: village → township → county, recorded, once a level (督办)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from minzheng.foundation.events.bus import emit
from minzheng.foundation.history import told_as
from minzheng.foundation.items.figures import figures
from minzheng.foundation.regions.models import Level, within
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.tasks.models import IS_TO_DO, Escalated, Task
from minzheng.foundation.tasks.opening import AT_ONCE, office_of, record_many
from minzheng.foundation.tasks.words import TaskKind

WAITS = "task_escalate_days"


def escalate_due(on: dt.date) -> Counter[str]:
    """Report every task that is overdue on this day; returns how many went to each level, by its 中文.

    The first level is told on the day after the last one, the county `task_escalate_days` later. Running it again
    on the same day reports nothing twice; emits `task.escalated` {kind, to, tasks} with each lot.
    """
    told: Counter[str] = Counter()
    for kind in shelf(TaskKind):
        if kind.escalates:
            for to, late in _late(kind, on):
                told[to.label] += _tell(kind, to, late, on)
    return Counter({title: count for title, count in told.items() if count})


def _late(kind: TaskKind, on: dt.date) -> Iterator[tuple[Escalated, Q]]:
    overdue = IS_TO_DO & Q(kind=kind.code, due_on__lt=on)
    if kind.level != Level.VILLAGE:
        yield Escalated.COUNTY, overdue & Q(escalated_to=Escalated.NO)
        return
    # The county first: what is told to the township today has not waited there yet.
    waiting = overdue & Q(escalated_to=Escalated.TOWNSHIP)
    offices = Task.objects.filter(waiting).values_list("office_id", flat=True).distinct()
    for county in sorted({office_of(Level.COUNTY, office) for office in offices}):
        days = int(figures(on, county, settings.STANDARDS_SET)(WAITS))
        since = on - dt.timedelta(days=days)
        yield Escalated.COUNTY, waiting & within(county[:6], "office_id") & Q(escalated_on__lte=since)
    yield Escalated.TOWNSHIP, overdue & Q(escalated_to=Escalated.NO)


def _tell(kind: TaskKind, to: Escalated, late: Q, on: dt.date) -> int:
    """In lots by key: found once, then each lot locked and judged again, so that the cost grows with what is late."""
    found = list(Task.objects.filter(late).order_by("pk").values_list("pk", flat=True))
    count = 0
    for start in range(0, len(found), AT_ONCE):
        with transaction.atomic(), told_as("task.escalate", "超期上报", None):
            lot = list(
                Task.objects.filter(late, pk__in=found[start : start + AT_ONCE])
                .order_by("pk")
                .select_for_update()
                .values_list("pk", "person_id", "office_id")
            )
            if not lot:
                continue
            keys = [key for key, _, _ in lot]
            Task.objects.filter(pk__in=keys).update(escalated_to=to, escalated_on=on)
            record_many("task.escalate", "任务超期上报", None, lot, kind=kind.code, to=to.value)
            emit("task.escalated", kind=kind.code, to=to.value, tasks=keys)
        count += len(lot)
    return count
