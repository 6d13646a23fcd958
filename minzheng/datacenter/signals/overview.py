"""Each signal at a glance: what it tests and by which figures, whether it is sound, what came of its alerts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from minzheng.datacenter.signals.judge import plan_of
from minzheng.datacenter.signals.models import CONFIRMED, Alert, AlertState, Outcome, RunState, SignalRun
from minzheng.datacenter.signals.words import Signal
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules import QuestionError, default_counter
from minzheng.foundation.rules.kinds import to_date


@dataclass(frozen=True)
class Figure:
    """One dated standard that the signal uses, in words."""

    label: str
    text: str
    since: dt.date | None
    cite: str
    mark: str
    source: str


@dataclass(frozen=True)
class Record:
    """What came of the alerts of one month, or of all of them."""

    month: dt.date | None
    raised: int
    open: int
    overdue: int
    withdrawn: int
    visited: int
    confirmed: int

    @property
    def precision(self) -> int | None:
        """Visits that confirmed a need, per cent of those made; None before the first visit."""
        return self.confirmed * 100 // self.visited if self.visited else None


@dataclass
class Card:
    """One signal as the page shows it. `runs` are the newest of each county in view."""

    signal: Signal
    record: Record
    runs: list[SignalRun] = field(default_factory=list)

    @property
    def broken(self) -> list[SignalRun]:
        return [run for run in self.runs if run.state == RunState.BROKEN]

    @property
    def state(self) -> str:
        if not self.runs:
            return "还没有运行"
        if self.broken:
            return "失灵"
        return "停用" if all(run.state == RunState.OFF for run in self.runs) else "正常"

    @property
    def tone(self) -> str:
        return {"失灵": "bad", "正常": "ok"}.get(self.state, "neutral")

    @property
    def last(self) -> SignalRun | None:
        return max(self.runs, key=lambda run: (run.month, run.ran_at), default=None)

    @property
    def hits(self) -> int:
        return sum(run.hits for run in self.runs)

    @property
    def undetermined(self) -> int:
        return sum(run.undetermined for run in self.runs)


def cards(alerts: QuerySet[Alert], counties: Iterable[str], today: dt.date) -> list[Card]:
    """Every signal over the alerts in view; the broken ones first. Two queries."""
    records = {row["signal"]: _record(row) for row in _sums(alerts, today, "signal")}
    newest: dict[str, list[SignalRun]] = {}
    runs = SignalRun.objects.filter(region__in=list(counties)).select_related("region")
    for run in runs.order_by("signal", "region_id", "-month").distinct("signal", "region_id"):
        newest.setdefault(run.signal, []).append(run)
    found = [
        Card(signal, records.get(signal.code, Record(None, 0, 0, 0, 0, 0, 0)), newest.get(signal.code, []))
        for signal in shelf(Signal)
    ]
    return sorted(found, key=lambda card: (card.state != "失灵", -card.record.overdue))


def by_month(alerts: QuerySet[Alert], today: dt.date) -> list[Record]:
    """The same month by month, the newest first."""
    rows = sorted(_sums(alerts, today, "month"), key=lambda row: row["month"], reverse=True)
    return [_record(row) for row in rows]


def _sums(alerts: QuerySet[Alert], today: dt.date, by: str) -> Iterable[dict]:
    visited = Q(state=AlertState.DONE) & ~Q(outcome=Outcome.DESK)
    return (
        alerts.order_by()
        .values(by)
        .annotate(
            raised=Count("pk"),
            open=Count("pk", filter=Q(state=AlertState.OPEN)),
            overdue=Count("pk", filter=Q(state=AlertState.OPEN, due_on__lt=today)),
            withdrawn=Count("pk", filter=Q(state=AlertState.WITHDRAWN)),
            visited=Count("pk", filter=visited),
            confirmed=Count("pk", filter=Q(state=AlertState.DONE, outcome__in=CONFIRMED)),
        )
    )


def _record(row: dict) -> Record:
    numbers = ("raised", "open", "overdue", "withdrawn", "visited", "confirmed")
    return Record(row.get("month"), *(row[name] for name in numbers))


def clauses(signal: Signal, on: dt.date) -> list[tuple[str, str]]:
    """(what is tested, citation): the signal's own rules, the test first; empty for a set query."""
    try:
        plan = plan_of(signal, on)
    except QuestionError:
        return []
    law = plan.law
    own = [name for name in law.closure([signal.test]) if "rules_signals" in law.rules[name].file]
    return [(law.rules[name].label, law.rules[name].cite) for name in reversed(own)]


def figures_of(signal: Signal, region: str, on: dt.date) -> list[Figure]:
    """The figures that decide when it alerts and how, as they hold in a region (12-digit code) on a day."""
    standards = default_counter().standards(settings.STANDARDS_SET)
    row = standards.row(region, on.year * 10000 + on.month * 100 + on.day)
    names: list[str] = []
    if signal.test:
        try:
            names = [name for name in plan_of(signal, on).standards if name.startswith("signal_")]
        except QuestionError:
            names = []
    found = []
    for name in (*names, signal.within, signal.weight, signal.switch):
        declared, value = standards.declared[name], row.get(name)
        found.append(
            Figure(
                declared.label,
                declared.kind.show(value.value if value else None),
                to_date(value.since) if value else None,
                value.cite if value else "没有数值",
                value.mark if value else "",
                value.origin if value else "",
            )
        )
    return found


def counties_of(prefixes: Sequence[str]) -> list[str]:
    """12-digit codes of the counties that a user's regions lie in or cover, as far as signals ran there."""
    run_in = SignalRun.objects.order_by().values_list("region_id", flat=True).distinct()
    return [
        code for code in run_in if any(code.startswith(p[:6]) or p.startswith(code[:6]) for p in prefixes)
    ]
