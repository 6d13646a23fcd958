"""动态清零: how far the findings of a month are worked off, by division, kind and age (S-052). Numbers only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from minzheng.datacenter.screening.models import Finding, Kind, ScreeningRun, State
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, Level, Region, within

PERMISSION = "statistics.read"
TREND_MONTHS = 6
AGES = ((7, "7天以内"), (15, "8至15天"), (30, "16至30天"))
OLDER = "30天以上"


@dataclass(frozen=True)
class Standing:
    """Findings of one place or kind: all, those sent out, those closed with a result, overdue ones, those come back."""

    found: int = 0
    waiting: int = 0
    dispatched: int = 0
    closed: int = 0
    overdue: int = 0
    back: int = 0

    @property
    def rate(self) -> float | None:
        """Closed per hundred found; None where nothing was found."""
        return 100 * self.closed / self.found if self.found else None

    @property
    def is_clear(self) -> bool:
        """清零: whatever was found is closed with a result."""
        return self.closed == self.found


@dataclass(frozen=True)
class Board:
    """One region and month. `run` is when the county was last screened for it: the earliest of several, None: not."""

    region: Region
    month: dt.date
    total: Standing
    parts: list[tuple[Region, Standing]]
    kinds: list[tuple[Kind, Standing]]
    ages: list[tuple[str, int]]
    trend: list[tuple[dt.date, Standing]]
    run: dt.datetime | None


def board_of(access: Access, region: Region, month: dt.date) -> Board:
    """A number of queries that does not grow with what was found."""
    today = access.today
    here = access.scope(PERMISSION, Finding.objects.filter(within(region.prefix)))
    now = here.filter(month=month)
    by_kind = _counted(now, "kind", today)
    return Board(
        region=region,
        month=month,
        total=_counted(now, "month", today).get(month, Standing()),
        parts=_parts(access, region, now),
        kinds=[(kind, by_kind[kind.value]) for kind in Kind if kind.value in by_kind],
        ages=_ages(now, today),
        trend=_trend(here, month, today),
        run=_last_run(region, month),
    )


def months_with_findings(access: Access, region: Region) -> list[dt.date]:
    """The latest months that were screened there, the newest first."""
    runs = ScreeningRun.objects.filter(_runs_of(region))
    return list(runs.values_list("month", flat=True).distinct().order_by("-month")[:12])


def _parts(access: Access, region: Region, now: QuerySet[Finding]) -> list[tuple[Region, Standing]]:
    """Down to the township: a village's few findings would name its families."""
    if region.level >= Level.TOWNSHIP:
        return []
    children = list(Region.objects.on(access.today).filter(parent=region).order_by("code"))
    if not children:
        return []
    digits = SIGNIFICANT_DIGITS[children[0].level]
    by_part = _counted(now.annotate(part=Substr("region_id", 1, digits)), "part", access.today)
    return [(child, by_part[child.prefix]) for child in children if child.prefix in by_part]


def _counted(rows: QuerySet[Finding], by: str, today: dt.date) -> dict[object, Standing]:
    sent = Q(state=State.DISPATCHED)
    counted = rows.values(by).annotate(
        found=Count("pk"),
        waiting=Count("pk", filter=Q(state=State.FOUND)),
        dispatched=Count("pk", filter=sent),
        closed=Count("pk", filter=Q(state=State.CLOSED)),
        overdue=Count("pk", filter=sent & Q(due_on__lt=today)),
        back=Count("pk", filter=Q(is_back=True)),
    )
    return {row.pop(by): Standing(**row) for row in counted.order_by()}


def _ages(now: QuerySet[Finding], today: dt.date) -> list[tuple[str, int]]:
    """How long the open ones have been known."""
    still_open = now.exclude(state=State.CLOSED)
    counts, since = [], None
    for days, label in AGES:
        until = today - dt.timedelta(days=days)
        rows = still_open.filter(found_at__date__gt=until)
        counts.append((label, (rows.filter(found_at__date__lte=since) if since else rows).count()))
        since = until
    return [*counts, (OLDER, still_open.filter(found_at__date__lte=since).count())]


def _trend(here: QuerySet[Finding], month: dt.date, today: dt.date) -> list[tuple[dt.date, Standing]]:
    first = add_months(month, 1 - TREND_MONTHS)
    by_month = _counted(here.filter(month__gte=first, month__lte=month), "month", today)
    return [(one, by_month[one]) for one in sorted(by_month)]  # type: ignore[type-var]


def _runs_of(region: Region) -> Q:
    """Runs over the counties of a region, or over the county that a smaller one lies in."""
    county = region.prefix if region.level <= Level.COUNTY else region.code[:6]
    return within(county)


def _last_run(region: Region, month: dt.date) -> dt.datetime | None:
    runs = ScreeningRun.objects.filter(_runs_of(region), month=month)
    return runs.order_by("finished_at").values_list("finished_at", flat=True).first()
