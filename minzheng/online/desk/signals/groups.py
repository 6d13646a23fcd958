"""One line of the groups' table: how many, which standard, and by how much it rose."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Max, QuerySet, Sum

from minzheng.datacenter.signals.groups import Group, GroupSet
from minzheng.datacenter.signals.models import GroupCount
from minzheng.foundation.rules import default_counter


@dataclass(frozen=True)
class Standard:
    """A standard today and how it rose within a year (per cent; None when it did not change or has no number)."""

    label: str
    text: str
    cite: str
    rise: int | None


@dataclass(frozen=True)
class Line:
    group: Group
    households: int
    people: int
    undetermined: int
    standards: list[Standard] = field(default_factory=list)


def latest_month(counts: QuerySet[GroupCount]) -> dt.date | None:
    return counts.aggregate(newest=Max("month"))["newest"]


def lines_of(
    division: GroupSet, counts: QuerySet[GroupCount], month: dt.date | None, place: str, day: dt.date
) -> list[Line]:
    sums = {
        row["group"]: row
        for row in counts.filter(month=month)
        .order_by()
        .values("group")
        .annotate(households=Sum("households"), people=Sum("people"), undetermined=Sum("undetermined"))
    }
    nothing = {"households": 0, "people": 0, "undetermined": 0}
    return [
        Line(
            group,
            *(sums.get(group.code, nothing)[name] for name in nothing),
            standards=[_standard(name, place, day) for name in group.standard],
        )
        for group in division.groups
    ]


def _standard(name: str, place: str, day: dt.date) -> Standard:
    standards = default_counter().standards(settings.STANDARDS_SET)
    declared = standards.declared[name]
    year_ago = day - dt.timedelta(days=365)
    now, before = (
        standards.row(place, when.year * 10000 + when.month * 100 + when.day).get(name)
        for when in (day, year_ago)
    )
    rise = None
    if now and before and before.value and now.since > before.since and declared.kind.name == "money":
        rise = (now.value - before.value) * 100 // before.value
    return Standard(
        declared.label, declared.kind.show(now.value if now else None), now.cite if now else "没有数值", rise
    )
