"""Reading what compute.py stored: values, trends, the divisions below, targets and lights. Nothing is computed here.

for reading in readings(region, month): reading.indicator, reading.value, reading.target, reading.light
trend("dibao.persons", region, month, 12)       # [(month, Decimal or None), …], the oldest first
children("dibao.persons", region, month)        # [(Region, IndicatorValue or None), …] one level down
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from minzheng.datacenter.indicators.models import Comparator, IndicatorValue, Source, Target
from minzheng.datacenter.indicators.words import Better, Indicator, Period
from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.items.figures import figures
from minzheng.foundation.regions.models import Level, Region, within
from minzheng.foundation.registry.words import shelf


@dataclass(frozen=True)
class Light:
    """`tone`: ok, warn, bad or neutral; `words` say the same."""

    tone: str
    words: str


NO_DATA = Light("neutral", "未接入数据")
NO_VALUE = Light("neutral", "无数据")
NO_TARGET = Light("neutral", "未设目标")
PARTIAL = Light("neutral", "数据不全")


@dataclass(frozen=True)
class Reading:
    """One indicator of one region: its value (None: unknown), the target in force, and how many counties speak.

    `counties` is how many counties lie in the region; with fewer in the value, the value is only a part.
    """

    indicator: Indicator
    region: Region
    value: IndicatorValue | None
    target: Target | None
    counties: int
    near_percent: int

    @property
    def is_partial(self) -> bool:
        summed = self.indicator.formula is None or self.indicator.formula.summed
        computed = self.value is not None and self.value.source == Source.COMPUTED
        return computed and summed and self.value.counties < self.counties

    @property
    def light(self) -> Light:
        if self.value is None:
            return NO_DATA if self.indicator.formula is None else NO_VALUE
        if self.is_partial:
            return PARTIAL
        if self.target is None:
            return NO_TARGET
        return light(self.value.value, self.target, self.near_percent)


def light(value: Decimal, target: Target, near_percent: int) -> Light:
    """达标, 接近 (no farther from the target than `near_percent` of it), or 未达."""
    missing = {
        Comparator.AT_LEAST: target.value - value,
        Comparator.AT_MOST: value - target.value,
        Comparator.EXACTLY: abs(value - target.value),
    }[Comparator(target.comparator)]
    if missing <= 0:
        return Light("ok", "达标")
    if missing * 100 <= abs(target.value) * near_percent:
        return Light("warn", "接近")
    return Light("bad", "未达")


def values(region: Region, month: dt.date, codes: Iterable[str] | None = None) -> dict[str, IndicatorValue]:
    """{code: value} as of a month: computed ones of that month, reported ones the latest of their period."""
    found = IndicatorValue.objects.filter(region=region, month__lte=month, month__gt=add_months(month, -12))
    if codes is not None:
        found = found.filter(indicator__in=list(codes))
    latest: dict[str, IndicatorValue] = {}
    for value in found.order_by("month"):
        if value.indicator in shelf(Indicator) and _speaks_for(value, month):
            latest[value.indicator] = value
    return latest


def _speaks_for(value: IndicatorValue, month: dt.date) -> bool:
    if value.source == Source.COMPUTED:
        return value.month == month
    period = shelf(Indicator).get(value.indicator).period
    return period is Period.POINT or value.month >= period_start(period, month)


def period_start(period: Period, month: dt.date) -> dt.date:
    """First month of the year, half-year or quarter in which the month lies; a month is its own."""
    length = {Period.YEAR: 12, Period.HALF_YEAR: 6, Period.QUARTER: 3}.get(period, 1)
    return month.replace(month=(month.month - 1) // length * length + 1)


def readings(region: Region, month: dt.date, codes: Iterable[str] | None = None) -> list[Reading]:
    """Every declared indicator (or those asked for) of a region; a fixed number of queries."""
    asked = set(codes) if codes is not None else None
    chosen = [one for one in shelf(Indicator) if asked is None or one.code in asked]
    known = values(region, month, asked)
    targets = targets_of(region, month)
    counties = county_count(region)
    near = int(figures(month, region.code)("indicator_near_percent"))
    return [
        Reading(one, region, known.get(one.code), _target_for(one, region, targets), counties, near)
        for one in chosen
    ]


def county_count(region: Region) -> int:
    """Counties in the region; a county, or what lies in one, counts as one."""
    if region.level >= Level.COUNTY:
        return 1
    return Region.objects.filter(within(region.prefix, "code"), level=Level.COUNTY, until=None).count()


def targets_of(region: Region, month: dt.date) -> list[Target]:
    """Targets in force in the month for the region or for what lies above it, the nearest first."""
    above = [region.code[:digits].ljust(12, "0") for digits in (2, 4, 6, 9, 12)]
    return list(
        Target.objects.filter(
            region_id__in=set(above), superseded_at=None, since__lte=month, until__gte=month
        ).order_by("-region_id", "-since")
    )


def _target_for(indicator: Indicator, region: Region, targets: Sequence[Target]) -> Target | None:
    """The region's own target; a ratio or a standard holds for the parts of a region as well."""
    if indicator.better is Better.NONE:
        return None
    for target in targets:
        if target.indicator == indicator.code and (target.region_id == region.code or indicator.is_ratio):
            return target
    return None


def trend(
    code: str, region: Region, month: dt.date, months: int = 12
) -> list[tuple[dt.date, Decimal | None]]:
    """The `months` months up to `month`, the oldest first; None where there is no value."""
    first = add_months(month, 1 - months)
    known = dict(
        IndicatorValue.objects.filter(
            indicator=code, region=region, month__gte=first, month__lte=month
        ).values_list("month", "value")
    )
    return [(each, known.get(each)) for each in (add_months(first, n) for n in range(months))]


def trends(region: Region, month: dt.date, months: int = 12) -> dict[str, list[tuple[dt.date, Decimal]]]:
    """{code: [(month, value), …]} of all indicators, known months only, the oldest first; one query."""
    found: dict[str, list[tuple[dt.date, Decimal]]] = {}
    rows = IndicatorValue.objects.filter(
        region=region, month__gt=add_months(month, -months), month__lte=month
    )
    for code, each, value in rows.order_by("month").values_list("indicator", "month", "value"):
        found.setdefault(code, []).append((each, value))
    return found


def children(code: str, region: Region, month: dt.date) -> list[tuple[Region, IndicatorValue | None]]:
    """The divisions one level below, by code; None where a division has no value."""
    below = list(Region.objects.on(month).filter(parent=region).order_by("code"))
    known = {
        value.region_id: value
        for value in IndicatorValue.objects.filter(indicator=code, region__in=below, month=month)
    }
    return [(each, known.get(each.code)) for each in below]
