"""How each division below a region stands: cases and their limits, families, people, money. Numbers only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Substr

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount, State
from minzheng.foundation.benefits.months import month_of
from minzheng.foundation.cases.api import case_counts, funnel
from minzheng.foundation.cases.models import Case, CaseClock, Lamp
from minzheng.foundation.items import Status
from minzheng.foundation.people.models import Membership
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, Level, Region, within

PERMISSION = "statistics.read"
YEAR = dt.timedelta(days=365)
SETTLED = {*(status.value for status in Status if status.is_final), Status.DRAFT.value, Status.ACTIVE.value}


@dataclass(frozen=True)
class Standing:
    """One division: open cases by lamp, cases decided in the last year and how many of them in time, and benefits.

    `fen` is what is due this month, in whole fen.
    """

    region: Region
    green: int = 0
    amber: int = 0
    red: int = 0
    decided: int = 0
    in_time: int = 0
    families: int = 0
    people: int = 0
    fen: int = 0
    is_kept: bool = (
        True  # False: no county there keeps its people in this system, so nothing is known, not nothing
    )

    @property
    def open_cases(self) -> int:
        return self.green + self.amber + self.red


def standings_of(access: Access, region: Region) -> list[Standing]:
    """The divisions one level below `region`, in the order of their codes; a fixed number of queries."""
    children = list(Region.objects.on(access.today).filter(parent=region))
    if not children:
        return []
    digits = SIGNIFICANT_DIGITS[children[0].level]
    lamps = _lamps(access, region)
    decided = _decided(access, region, digits)
    families = _by_part(_rights(access, region), digits, n=Count("household", distinct=True))
    people = _people(access, region, digits)
    money = _by_part(_amounts(access, region), digits, "entitlement__region_id", n=Sum("amount_fen"))
    kept = _kept(children)
    return [
        Standing(
            region=child,
            green=lamps.get((child.prefix, Lamp.GREEN), 0),
            amber=lamps.get((child.prefix, Lamp.AMBER), 0),
            red=lamps.get((child.prefix, Lamp.RED), 0),
            decided=decided.get(child.prefix, (0, 0))[0],
            in_time=decided.get(child.prefix, (0, 0))[1],
            families=families.get(child.prefix, 0),
            people=people.get(child.prefix, 0),
            fen=money.get(child.prefix, 0),
            is_kept=child.prefix[:6] in kept,
        )
        for child in children
    ]


FUNNEL = {
    "submitted": "提交申请",
    "accepted": "受理",
    "publicised": "公示",
    "decided": "作出决定",
    "granted": "予以确认",
}


def funnel_of(access: Access, region: Region) -> list[tuple[str, int]]:
    """How far the applications of the last year have come, in the order of the steps."""
    counts = funnel(access, PERMISSION, region.prefix, access.today - YEAR)
    return [(label, counts[stage]) for stage, label in FUNNEL.items()]


def total_of(region: Region, standings: Iterable[Standing]) -> Standing:
    """The region itself: the sum of what is below it."""
    rows = list(standings)
    names = ("green", "amber", "red", "decided", "in_time", "families", "people", "fen")
    return Standing(region, **{name: sum(getattr(row, name) for row in rows) for name in names})


def _kept(regions: Iterable[Region]) -> set[str]:
    """Prefixes (of the county, or of what is larger) below which any household is registered."""
    prefixes = sorted({region.prefix[:6] for region in regions})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prefix FROM unnest(%s::text[]) AS prefix WHERE EXISTS (SELECT FROM people_household"
            " WHERE region_id BETWEEN rpad(prefix, 12, '0') AND rpad(prefix, 12, '9'))",
            [prefixes],
        )
        return {prefix for (prefix,) in cursor.fetchall()}


def _lamps(access: Access, region: Region) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for row in case_counts(access, PERMISSION, region.prefix):
        if row["status"] not in SETTLED:
            key = (row["region"], row["lamp"])
            found[key] = found.get(key, 0) + row["cases"]
    return found


def _decided(access: Access, region: Region, digits: int) -> dict[str, tuple[int, int]]:
    """{prefix: (decided in the last year, of these without any limit overrun)}."""
    overrun = CaseClock.objects.filter(case=OuterRef("pk"), is_earliest=False, stopped_on__gt=F("due_on"))
    cases = Case.objects.filter(within(region.prefix), decided_on__gt=access.today - YEAR)
    rows = (
        access.scope(PERMISSION, cases)
        .annotate(part=Substr("region_id", 1, digits), late=Exists(overrun))
        .values("part")
        .annotate(n=Count("pk"), ok=Count("pk", filter=Q(late=False)))
    )
    return {row["part"]: (row["n"], row["ok"]) for row in rows.order_by()}


def _rights(access: Access, region: Region) -> QuerySet[Entitlement]:
    rights = Entitlement.objects.filter(within(region.prefix), state__in=[State.ACTIVE, State.EXITING])
    return access.scope(PERMISSION, rights)


def _people(access: Access, region: Region, digits: int) -> dict[str, int]:
    """Everybody whom some right is for, once: members of families with a right, and holders of a right of their own."""
    members = _members(access, region).annotate(part=Substr("household__region_id", 1, digits))
    holders = _rights(access, region).filter(household=None, person__died_on=None)
    holders = holders.annotate(part=Substr("region_id", 1, digits))
    (some, one), (others, two) = (
        rows.order_by().values_list("part", "person").query.sql_with_params() for rows in (members, holders)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT part, count(*) FROM ({some} UNION {others}) AS everybody (part, person) GROUP BY part",  # noqa: S608
            [*one, *two],
        )
        return dict(cursor.fetchall())


def _members(access: Access, region: Region) -> QuerySet[Membership]:
    rights = _rights(access, region).filter(household=OuterRef("household"))
    members = Membership.objects.filter(
        Exists(rights), within(region.prefix, "household__region_id"), until=None
    )
    return access.scope(PERMISSION, members.filter(person__died_on=None), "household__region_id")


def _amounts(access: Access, region: Region) -> QuerySet[EntitlementAmount]:
    month = month_of(access.today)
    current = Q(until_month__isnull=True) | Q(until_month__gte=month)
    amounts = EntitlementAmount.objects.filter(current, from_month__lte=month, superseded_at=None)
    amounts = amounts.filter(
        within(region.prefix, "entitlement__region_id"), entitlement__state__in=[State.ACTIVE, State.EXITING]
    )
    return access.scope(PERMISSION, amounts, "entitlement__region_id")


def _by_part(rows: QuerySet, digits: int, field: str = "region_id", **number: object) -> dict[str, int]:
    parts = rows.annotate(part=Substr(field, 1, digits)).values("part").annotate(**number).order_by()
    return {row["part"]: row["n"] for row in parts}


def is_lowest(region: Region) -> bool:
    """Villages have nothing below them to compare."""
    return region.level >= Level.VILLAGE
