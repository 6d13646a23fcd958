"""Indicators as they are shown: one line each, small counts hidden, the way to the list behind a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from minzheng.datacenter.indicators.models import IndicatorValue, Source, Target
from minzheng.datacenter.indicators.reading import Light, Reading
from minzheng.datacenter.indicators.words import Indicator
from minzheng.datacenter.small_cells import LEAST, hidden
from minzheng.foundation.regions.models import Region
from minzheng.online.desk.indicators.place import Place

NOT_SHOWN = "不显示"
PEOPLE = {"人", "户"}


@dataclass(frozen=True)
class Row:
    """One indicator of the list. `spark`: known values of the last months, two at least, else empty."""

    indicator: Indicator
    url: str
    light: Light
    value: str
    note: str
    target: str
    spark: list[float]

    @property
    def spark_label(self) -> str:
        return f"{self.indicator.title}近{len(self.spark)}个月"


def row_of(reading: Reading, place: Place, known: Sequence[tuple[Any, Decimal]]) -> Row:
    values = [float(value) for _, value in known]
    show_spark = len(values) > 1 and not is_small(reading.indicator, reading.value)
    return Row(
        indicator=reading.indicator,
        url=f"{reverse('desk:indicators:show', args=[reading.indicator.code])}?{place.query}",
        light=reading.light,
        value=shown(reading.indicator, reading.value),
        note=note_of(reading),
        target=target_text(reading.indicator, reading.target),
        spark=values if show_spark else [],
    )


def note_of(reading: Reading) -> str:
    """What one must know to read the value right."""
    value = reading.value
    if value is None:
        return ""
    if reading.is_partial:
        return f"仅含 {value.counties}/{reading.counties} 个县"
    if value.source == Source.REPORTED:
        return f"填报，截至{value.month.year}年{value.month.month}月"
    return ""


def target_text(indicator: Indicator, target: Target | None) -> str:
    return "" if target is None else f"{target.get_comparator_display()} {indicator.show(target.value)}"


def is_small(indicator: Indicator, value: IndicatorValue | None) -> bool:
    """Too few people or families to be shown as a number, or to divide by."""
    if value is None or value.source == Source.REPORTED or not indicator.personal:
        return False
    behind = value.denominator if indicator.of else value.numerator if indicator.unit in PEOPLE else None
    return behind is not None and 0 < behind < LEAST


def shown(indicator: Indicator, value: IndicatorValue | None) -> str:
    if is_small(indicator, value):
        return NOT_SHOWN
    return indicator.show(value.value if value is not None else None)


@dataclass(frozen=True)
class Part:
    """One division below, as text; `url` leads to the same figure there."""

    name: str
    url: str
    value: str
    numerator: str
    denominator: str
    number: float | None


def parts_of(
    indicator: Indicator, place: Place, found: Sequence[tuple[Region, IndicatorValue | None]]
) -> list[Part]:
    """The divisions below; a count that is hidden takes a second with it, lest the sum give it away."""
    counted = not indicator.of and indicator.unit in PEOPLE
    numbers = [int(value.numerator or 0) if value and counted else 0 for _, value in found]
    hide = hidden(numbers) if counted else [is_small(indicator, value) for _, value in found]
    parts = []
    for (region, value), no in zip(found, hide, strict=True):
        query = urlencode({"region": region.code, "month": f"{place.month:%Y-%m}"})
        parts.append(
            Part(
                name=region.name,
                url=f"{reverse('desk:indicators:show', args=[indicator.code])}?{query}",
                value=NOT_SHOWN if no else indicator.show(value.value if value else None),
                numerator=NOT_SHOWN if no else behind(indicator, value, "numerator"),
                denominator=NOT_SHOWN if no else behind(indicator, value, "denominator"),
                number=None if no or value is None else chart_number(indicator, value.value),
            )
        )
    return parts


def behind(indicator: Indicator, value: IndicatorValue | None, which: str) -> str:
    """Numerator or denominator as text; money in yuan."""
    number = getattr(value, which) if value is not None else None
    if number is None:
        return "—"
    return f"{number / 100:,.2f}元" if indicator.is_money and which == "numerator" else f"{number:,}"


def chart_number(indicator: Indicator, value: Decimal) -> float:
    """For a chart: yuan, per cent or the count."""
    return round(float(value) / (100 if indicator.is_money else 1), 2)


def drill_url(access: Any, indicator: Indicator, place: Place) -> str:
    """The list behind the figure, for who may see it there; else empty."""
    drill = indicator.drill
    if drill is None or not access.may(drill.permission, place.region.code):
        return ""
    filters = {"region": place.region.code, **drill.filters(place.month)}
    return f"{reverse('registers:list', args=[drill.register])}?{urlencode(filters, doseq=True)}"
