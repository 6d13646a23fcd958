"""How far a programme is, for one viewer: each target against what was asked, by division, by undertaking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Substr

from minzheng.foundation.programmes.counting import Counted, above, below, undertakings
from minzheng.foundation.programmes.models import (
    OPEN,
    PlanNumber,
    Problem,
    ProblemState,
    State,
    Undertaking,
)
from minzheng.foundation.programmes.words import COMPARATORS, Programme, Target
from minzheng.foundation.regions.models import Region, prefix_of, within


@dataclass(frozen=True)
class Reached:
    """One target: what is reached (None: nobody has reported anything), of what, and what was asked or planned here.

    `asked`: the document's number where the viewer sees the whole division that it speaks of, a share anywhere;
    otherwise the plan of the viewer's own division, if there is one.
    """

    target: Target
    above: int | None
    below: int | None
    asked: Decimal | None
    planned: int | None

    @property
    def value(self) -> Decimal | None:
        if self.above is None:
            return None
        if not self.target.is_share:
            return Decimal(self.above)
        return Decimal(self.above * 100) / self.below if self.below else None

    @property
    def goal(self) -> Decimal | None:
        return (
            self.asked if self.asked is not None else None if self.planned is None else Decimal(self.planned)
        )

    @property
    def goal_words(self) -> str:
        if self.goal is None:
            return ""
        return f"{COMPARATORS[self.target.comparator]}{self.show(self.goal)}"

    @property
    def is_met(self) -> bool | None:
        """None where nothing was asked, or nothing is known."""
        if self.value is None or self.goal is None:
            return None
        return {
            "at_least": self.value >= self.goal,
            "at_most": self.value <= self.goal,
            "exactly": self.value == self.goal,
        }[self.target.comparator]

    @property
    def percent(self) -> int | None:
        """How much of the goal: for the bar; None where there is nothing to compare with."""
        if self.value is None or not self.goal:
            return None
        return min(100, int(self.value * 100 / self.goal))

    @property
    def tone(self) -> str:
        return {None: "neutral", True: "ok", False: "warn"}[self.is_met]

    def show(self, value: Decimal | int | None) -> str:
        if value is None:
            return "未填报"
        if self.target.is_money:
            return f"{Decimal(value) / 100:,.2f}{self.target.unit}"
        is_share = self.target.unit == "%"
        number = f"{round(Decimal(value), 1) if is_share else Decimal(value).normalize():,f}"
        number = number.removesuffix(".0")
        return f"{number}%" if self.target.unit == "%" else f"{number} {self.target.unit}"

    @property
    def words(self) -> str:
        return self.show(self.value)

    @property
    def fraction(self) -> str:
        """The two numbers of a share, so that nobody must believe a percentage."""
        if not self.target.is_share or self.above is None or self.below is None:
            return ""
        if self.target.counts == "paid_share":
            return f"{self.above / 100:,.2f} ÷ {self.below / 100:,.2f} 元"
        return f"{self.above:,} ÷ {self.below:,}"


def scope_of(prefixes: Iterable[str], path: str = "region_id") -> Q:
    found = Q(pk=None)
    for prefix in prefixes:
        found |= within(prefix, path)
    return found


def reached(programme: Programme, prefixes: Sequence[str], year: int | None = None) -> list[Reached]:
    """Every target for all that the viewer sees."""
    plans = dict(
        PlanNumber.objects.filter(scope_of(prefixes), programme=programme.code, region_id__in=_own(prefixes))
        .filter(*([Q(year=year)] if year else []))
        .values_list("target")
        .annotate(number=Sum("number"))
    )
    any_unit = undertakings(programme, year).filter(scope_of(prefixes)).exists()
    return [_reached(programme, one, prefixes, year, plans, any_unit) for one in programme.targets]


def _own(prefixes: Sequence[str]) -> list[str]:
    return [prefix.ljust(12, "0") for prefix in prefixes]


def _reached(
    programme: Programme, target: Target, prefixes: Sequence[str], year: int | None, plans: dict[str, int], any_unit: bool
) -> Reached:  # fmt: skip
    over = above(programme, target, year)
    under = below(programme, target, year)
    told = any_unit and not (target.counts.startswith("figure") and not _scoped(over, prefixes).exists())
    sees_all = any(programme.region.startswith(prefix) for prefix in prefixes) or "" in prefixes
    holds_here = target.is_share and any(
        prefix.startswith(prefix_of(programme.region)) for prefix in prefixes
    )
    return Reached(
        target,
        _sum(over, prefixes) if told else None,
        _sum(under, prefixes) if under is not None and any_unit else None,
        target.number if sees_all or holds_here else None,
        plans.get(target.code),
    )


def _scoped(counted: Counted, prefixes: Sequence[str]) -> QuerySet:
    return counted.rows.filter(scope_of(prefixes, counted.region))


def _sum(counted: Counted, prefixes: Sequence[str]) -> int:
    rows = _scoped(counted, prefixes)
    return int(rows.aggregate(n=Sum(counted.amount))["n"] or 0) if counted.amount else rows.count()


@dataclass(frozen=True)
class Part:
    """One division below the viewer's: None where nothing of the programme is kept."""

    region: Region
    value: Decimal | None
    above: int | None
    below: int | None
    units: int
    late: int
    problems: int


def parts(
    programme: Programme, target: Target, region: Region, today: dt.date, year: int | None = None
) -> list[Part]:
    """The divisions one level below the region; a fixed number of queries."""
    children = list(Region.objects.on(today).filter(parent=region).order_by("code"))
    if not children:
        return []
    digits = max(len(child.prefix) for child in children)
    inside = [region.prefix]
    over = _by_part(above(programme, target, year), inside, digits)
    under = below(programme, target, year)
    denominators = _by_part(under, inside, digits) if under is not None else {}
    mine = undertakings(programme, year).filter(scope_of(inside))
    units = _counts(mine, digits)
    late = _counts(mine.filter(state__in=OPEN, due_on__lt=today), digits)
    open_problems = Problem.objects.filter(undertaking__in=mine).exclude(state=ProblemState.VERIFIED)
    problems = _counts(open_problems, digits)
    found = []
    for child in children:
        key = child.code[:digits]
        up = over.get(key, 0) if key in units else None
        down = denominators.get(key, 0) if under is not None and key in units else None
        value = None
        if up is not None:
            value = Decimal(up) if under is None else Decimal(up * 100) / down if down else None
        found.append(Part(child, value, up, down, units.get(key, 0), late.get(key, 0), problems.get(key, 0)))
    return found


def _by_part(counted: Counted, prefixes: Sequence[str], digits: int) -> dict[str, int]:
    rows = (
        _scoped(counted, prefixes).annotate(part=Substr(counted.region, 1, digits)).order_by().values("part")
    )
    number = Sum(counted.amount) if counted.amount else Count("pk")
    return {row["part"]: int(row["n"] or 0) for row in rows.annotate(n=number)}


def _counts(rows: QuerySet, digits: int) -> dict[str, int]:
    return _by_part(Counted(rows), [""], digits)


@dataclass(frozen=True)
class Summary:
    """One line of the list of programmes."""

    programme: Programme
    units: int
    done: int
    late: int
    open_problems: int
    late_problems: int

    @property
    def late_words(self) -> str:
        return f"超期 {self.late_problems}"

    @property
    def percent(self) -> int | None:
        return self.done * 100 // self.units if self.units else None


def summaries(programmes: Sequence[Programme], prefixes: Sequence[str], today: dt.date) -> list[Summary]:
    """Two queries for all programmes together."""
    codes = [one.code for one in programmes]
    mine = Undertaking.objects.filter(scope_of(prefixes), programme__in=codes).exclude(state=State.STOPPED)
    units = {
        row["programme"]: row
        for row in mine.order_by()
        .values("programme")
        .annotate(
            units=Count("pk"),
            done=Count("pk", filter=Q(state=State.DONE)),
            late=Count("pk", filter=Q(state__in=OPEN, due_on__lt=today)),
        )
    }
    problems = {
        row["undertaking__programme"]: row
        for row in Problem.objects.filter(scope_of(prefixes), undertaking__programme__in=codes)
        .exclude(state=ProblemState.VERIFIED)
        .order_by()
        .values("undertaking__programme")
        .annotate(n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    }
    nothing = {"units": 0, "done": 0, "late": 0, "n": 0}
    return [
        Summary(
            one,
            *((units.get(one.code, nothing))[name] for name in ("units", "done", "late")),
            *((problems.get(one.code, nothing))[name] for name in ("n", "late")),
        )
        for one in programmes
    ]
