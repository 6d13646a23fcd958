"""指标 on the cockpit: those with a target or a value, the worst first; and one of them over the map and the months."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from minzheng.datacenter.indicators.models import IndicatorValue
from minzheng.datacenter.indicators.reading import Reading, children, readings, trend, trends
from minzheng.datacenter.indicators.words import Indicator
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.online.cockpit.mapping import with_outlines
from minzheng.online.desk.indicators.place import Place
from minzheng.online.desk.indicators.rows import Row, chart_number, is_small, parts_of, row_of
from minzheng.online.ui.formats import cn_month

MOST = 10  # lines; the rest stand on the page of all indicators
WORST_FIRST = {"bad": 0, "warn": 1, "ok": 2, "neutral": 3}


@dataclass(frozen=True)
class Plan:
    """The indicators of a region and month, and which of them have parts to be drawn."""

    rows: list[Row]
    choices: list[tuple[str, str]]
    url: str
    computed_at: dt.datetime | None


def plan_of(region: Region, month: dt.date) -> Plan:
    place, known = Place(region, month, None, []), trends(region, month)
    told = [one for one in readings(region, month) if one.value is not None]
    told.sort(key=_urgency)
    drawable = set(
        IndicatorValue.objects.filter(region__parent=region, month=month).values_list("indicator", flat=True)
    )
    return Plan(
        rows=[row_of(one, place, known.get(one.indicator.code, [])) for one in told[:MOST]],
        choices=[(one.code, f"{one.line}：{one.title}") for one in shelf(Indicator) if one.code in drawable],
        url=f"{reverse('desk:indicators:index')}?{place.query}",
        computed_at=max((one.value.computed_at for one in told if one.value), default=None),
    )


def _urgency(reading: Reading) -> tuple[int, bool]:
    return WORST_FIRST[reading.light.tone], reading.target is None


def drawn(indicator: Indicator, region: Region, month: dt.date) -> dict[str, Any]:
    """What `{% choropleth %}` and `{% line_chart %}` need for one indicator: parts as tiles or map, and its months."""
    place = Place(region, month, None, [])
    found = children(indicator.code, region, month)
    features = [
        {"name": part.name, "value": part.number, "words": part.value, "url": part.url}
        for part in parts_of(indicator, place, found)
    ]
    own = readings(region, month, [indicator.code])[0].value
    months = [(each, value) for each, value in trend(indicator.code, region, month) if value is not None]
    return with_outlines(features, [below for below, _ in found]) | {
        "caption": f"{indicator.title}，{cn_month(month)}",
        "labels": [cn_month(each) for each, _ in months],
        "series": [(indicator.title, [chart_number(indicator, value) for _, value in months])],
        "unit": "元" if indicator.is_money else indicator.unit,
        "has_trend": len(months) > 1 and not is_small(indicator, own),
        "source": indicator.source,
        "definition": indicator.definition,
    }
