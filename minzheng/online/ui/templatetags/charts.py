"""Pictures drawn by the server: `{% load charts %}`. Each carries its numbers as text or as a table."""

import json
from collections.abc import Sequence
from typing import Any

from django import template

from minzheng.online.ui import charts

register = template.Library()

LINE_WIDTH, LINE_HEIGHT = 600, 200
SPARK_WIDTH, SPARK_HEIGHT = 100, 30


@register.inclusion_tag("ui/components/bars.html")
def bar_chart(rows: Sequence[tuple[str, float]], unit: str = "", caption: str = "", target: float | None = None) -> dict[str, Any]:  # fmt: skip
    """Horizontal bars: rows of (label, value); `target` draws one mark across all bars."""
    top = max([value for _, value in rows] + [target or 0], default=0)
    return {
        "bars": [(label, value, charts.percent(value, top)) for label, value in rows],
        "unit": unit,
        "caption": caption,
        "target": target,
        "target_at": charts.percent(target, top) if target else "",
    }


@register.inclusion_tag("ui/components/stacked.html")
def stacked_bars(names: Sequence[str], rows: Sequence[tuple[str, Sequence[float], str, float | None]], caption: str = "", mark: str = "") -> dict[str, Any]:  # fmt: skip
    """Bars of several parts: `names` of the parts; rows of (label, one value a part, words, place of the mark)."""
    top = max((max(sum(values), at or 0) for _, values, _, at in rows), default=0)
    return {
        "names": names,
        "bars": [
            (label, charts.stack(values, top), words, charts.percent(at, top) if at else "")
            for label, values, words, at in rows
        ],
        "caption": caption,
        "mark": mark,
    }


@register.inclusion_tag("ui/components/sparkline.html")
def sparkline(values: Sequence[float], label: str) -> dict[str, Any]:
    """A small line beside a number; `label` says in words what it shows."""
    low, high = min(values), max(values)
    points = charts.polyline(values, SPARK_WIDTH, SPARK_HEIGHT, low, high)
    return {"points": points, "label": label, "width": SPARK_WIDTH, "height": SPARK_HEIGHT}  # fmt: skip


@register.inclusion_tag("ui/components/donut.html")
def donut_chart(parts: Sequence[tuple[str, float]], unit: str = "", caption: str = "") -> dict[str, Any]:
    """Shares of a whole: (label, value), at most six."""
    return {
        "slices": charts.donut(parts),
        "total": sum(v for _, v in parts),
        "unit": unit,
        "caption": caption,
    }


@register.inclusion_tag("ui/components/line_chart.html")
def line_chart(labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], unit: str = "", caption: str = "") -> dict[str, Any]:  # fmt: skip
    """Values over time: series of (name, values), one value per label. ECharts redraws it where scripts run."""
    top = charts.nice_top(max((value for _, values in series for value in values), default=0))
    data = {"kind": "line", "labels": list(labels), "unit": unit,
            "series": [{"name": name, "values": list(values)} for name, values in series]}  # fmt: skip
    return {
        "caption": caption,
        "unit": unit,
        "data": json.dumps(data, ensure_ascii=False),
        "labels": labels,
        "top": top,
        "names": [name for name, _ in series],
        "lines": [charts.polyline(values, LINE_WIDTH, LINE_HEIGHT, 0, top) for _, values in series],
        "rows": [(label, [values[i] for _, values in series]) for i, label in enumerate(labels)],
        "width": LINE_WIDTH,
        "height": LINE_HEIGHT,
    }


@register.inclusion_tag("ui/components/map.html")
def choropleth(features: Sequence[dict[str, Any]], unit: str = "", caption: str = "", note: str = "") -> dict[str, Any]:  # fmt: skip
    """A map shaded by value or by light, each area a link; tiles where no boundaries are imported.

    See charts.choropleth for the features; `note` is written below, such as the map's source and approval number.
    """
    areas, height, legend = charts.choropleth(features)
    return {
        "areas": areas,
        "height": height,
        "width": 800,
        "legend": legend,
        "has_lights": any(area.shade.startswith("tone-") for area in areas),
        "has_unknown": any(area.value is None for area in areas),
        "unit": unit,
        "caption": caption,
        "note": note,
    }
