"""Opening and withdrawing tasks in bulk, by whoever found that something must be done: set-based and idempotent."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record
from minzheng.foundation.calendar import Period, period_end
from minzheng.foundation.events.bus import emit
from minzheng.foundation.history import told_as
from minzheng.foundation.items.figures import figures
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, Level, Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.tasks.models import IS_TO_DO, State, Task
from minzheng.foundation.tasks.words import TaskKind

T = TypeVar("T")
AT_ONCE = 2000
Found = tuple[int, int | None, str]  # a task's key, its person, its office

INSERT = """
INSERT INTO tasks_task (kind, title, reason, subject, detail, region_id, office_id, household_id, person_id, origin,
                        state, opened_on, warn_on, due_on, escalated_to, contacts, outcome, record, note)
SELECT %(kind)s, title, reason, subject, detail::jsonb, region, office, household, person, origin,
       'open', %(on)s, warn_on, due_on, '', 0, '', '{}', ''
FROM unnest(%(title)s::text[], %(reason)s::text[], %(subject)s::text[], %(detail)s::text[], %(region)s::text[],
            %(office)s::text[], %(household)s::bigint[], %(person)s::bigint[], %(origin)s::text[],
            %(warn_on)s::date[], %(due_on)s::date[])
  AS draft (title, reason, subject, detail, region, office, household, person, origin, warn_on, due_on)
ON CONFLICT (origin) DO NOTHING
RETURNING id, person_id, office_id
"""


@dataclass(frozen=True)
class TaskDraft:
    """One task to open. `region`: 12-digit code of where; `household` and `person`: keys; `within_days` instead of
    the kind's own standard. `title`, `reason` and `detail` must hold no name and no number of a person."""

    origin: str
    region: str
    title: str
    reason: str = ""
    household: int | None = None
    person: int | None = None
    subject: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    within_days: int | None = None


@dataclass(frozen=True)
class Opened:
    """How many of the drafts became tasks; the others were open, done or withdrawn already."""

    count: int


def open_tasks(
    kind_code: str, drafts: Iterable[TaskDraft], on: dt.date, *, actor: User | None = None
) -> Opened:
    """Open what is not there yet, 2,000 in a transaction; emits `task.opened` {kind, tasks} with each lot.

    An origin that was ever opened is never opened again, so running twice, at once or after a crash adds nothing;
    but for one whose task was called back (`withdraw_tasks(…, for_good=False)`).
    Raises LookupError for an unknown kind or a limit that nobody has set, Refused for a region that is not known.
    """
    kind = shelf(TaskKind).get(kind_code)
    limits = _limits(kind, on)
    # In one order everywhere: two runs at once wait for each other and never lock crosswise.
    ordered = sorted(drafts, key=lambda draft: draft.origin)
    return Opened(sum(_open(kind, lot, on, limits, actor) for lot in _lots(ordered)))


def _open(kind: TaskKind, lot: Sequence[TaskDraft], on: dt.date, limits: Any, actor: User | None) -> int:
    offices = [office_of(kind.level, draft.region) for draft in lot]
    _refuse_unknown({*offices, *(draft.region for draft in lot)})
    days = [limits(draft.region, draft.within_days) for draft in lot]
    columns: dict[str, Any] = {
        "kind": kind.code,
        "on": on,
        "title": [draft.title for draft in lot],
        "reason": [draft.reason for draft in lot],
        "subject": [draft.subject for draft in lot],
        "detail": [json.dumps(dict(draft.detail), ensure_ascii=False) for draft in lot],
        "region": [draft.region for draft in lot],
        "office": offices,
        "household": [draft.household for draft in lot],
        "person": [draft.person for draft in lot],
        "origin": [draft.origin for draft in lot],
        "warn_on": [warn for warn, _ in days],
        "due_on": [due for _, due in days],
    }
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(INSERT, columns)
            made = cursor.fetchall()
        if made:
            record_many("task.open", "派发任务", actor, made, kind=kind.code)
            emit("task.opened", kind=kind.code, tasks=[key for key, _, _ in made])
    return len(made)


def withdraw_tasks(
    origins: Iterable[str], reason: str, *, actor: User | None = None, for_good: bool = True
) -> int:
    """What is no longer true need not be visited: open tasks of these origins are withdrawn, with the reason kept.

    `for_good=False` calls them back only: nobody was there, and what may be due again (after a move, a death that was
    none, another plan) can be opened under the same origin. The task called back keeps it with its own key: "origin~81".
    Returns how many; emits `task.withdrawn` {tasks, reason}. What is done stays done.
    """
    left: dict[str, Any] = (
        {} if for_good else {"origin": Concat(F("origin"), Value("~"), Cast("pk", CharField()))}
    )
    count = 0
    for lot in _lots(sorted(origins)):
        with transaction.atomic(), told_as("task.withdraw", "撤回任务", actor.pk if actor else None):
            found = list(
                Task.objects.filter(IS_TO_DO, origin__in=lot)
                .order_by("origin")
                .select_for_update()
                .values_list("pk", "person_id", "office_id")
            )
            keys = [key for key, _, _ in found]
            if not keys:
                continue
            Task.objects.filter(pk__in=keys).update(
                state=State.WITHDRAWN, note=reason[:200], done_at=timezone.now(), done_by=actor, **left
            )
            record_many("task.withdraw", "撤回任务", actor, found)
            emit("task.withdrawn", tasks=keys, reason=reason)
            count += len(keys)
    return count


def office_of(level: Level, region: str) -> str:
    """Whose people do it: the village, township or county of a place; the place itself when it is larger than that."""
    return region[: SIGNIFICANT_DIGITS[level]].ljust(12, "0")


def _limits(kind: TaskKind, on: dt.date) -> Any:
    """(region, days or None) → (warning day, due day), each computed once."""

    @cache
    def days_of(region: str) -> int:
        return int(figures(on, region, settings.STANDARDS_SET)(kind.within))

    @cache
    def dates(length: int) -> tuple[dt.date, dt.date]:
        warn = Period(max(1, length * kind.warn_percent // 100), kind.unit)
        return period_end(on, warn), period_end(on, Period(length, kind.unit))

    def limit(region: str, own: int | None) -> tuple[dt.date, dt.date]:
        return dates(max(1, own if own is not None else days_of(region)))

    return limit


def _lots(found: Sequence[T]) -> Iterator[Sequence[T]]:
    return (found[start : start + AT_ONCE] for start in range(0, len(found), AT_ONCE))


def _refuse_unknown(codes: set[str]) -> None:
    missing = codes - set(Region.objects.filter(code__in=codes).values_list("code", flat=True))
    if missing:
        raise Refused(
            f"没有代码为 {'、'.join(sorted(missing)[:5])} 的区划，任务没有派发。请先导入或核对区划。"
        )


def record_many(code: str, title: str, actor: User | None, found: Iterable[Found], **detail: Any) -> None:
    """One audit entry for each county, with the persons whom the tasks are about."""
    by_county: dict[str, list[Found]] = defaultdict(list)
    for row in found:
        by_county[office_of(Level.COUNTY, row[2])].append(row)
    for county, rows in by_county.items():
        persons = [person for _, person, _ in rows if person]
        record(
            code,
            title,
            actor=actor,
            persons=persons,
            region=county,
            tasks=[key for key, _, _ in rows],
            **detail,
        )
