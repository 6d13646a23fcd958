"""The map of a region's parts: shaded by one figure that the viewer chooses, or lit by how their limits stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from minzheng.datacenter.small_cells import hidden
from minzheng.foundation.regions.models import Boundary, Level, Region
from minzheng.online.cockpit.figures import Standing
from minzheng.online.cockpit.table import NO_DATA, light_of

LIGHTS = "lights"


@dataclass(frozen=True)
class Shown:
    """One figure that a map can be shaded by; `people` is what its small cells are judged by."""

    title: str
    unit: str
    value: Callable[[Standing], int]
    cells: Callable[[Standing], int]


SHOWN = {
    "families": Shown("享受待遇家庭", "户", lambda one: one.families, lambda one: one.families),
    "people": Shown("保障人数", "人", lambda one: one.people, lambda one: min(one.people, one.families)),
    "money": Shown("本月应发", "元", lambda one: one.fen // 100, lambda one: one.families),
    "open": Shown("正在办理", "件", lambda one: one.open_cases, lambda one: one.open_cases),
}
CHOICES = [*((key, shown.title) for key, shown in SHOWN.items()), (LIGHTS, "办理时限")]


def with_outlines(features: list[dict[str, Any]], regions: Sequence[Region]) -> dict[str, Any]:
    """The features with their imported outlines, and the note that a map must carry (地图管理条例 第十五条)."""
    outlines = {one.region_id: one for one in Boundary.objects.filter(region__in=regions)}
    if len(outlines) < len(regions):
        return {"features": features, "note": ""}
    approvals = sorted({f"{one.source}，审图号：{one.approval}" for one in outlines.values()})
    drawn = [
        feature | {"geometry": outlines[region.code].geometry}
        for feature, region in zip(features, regions, strict=True)
    ]
    return {"features": drawn, "note": f"地图来源：{'；'.join(approvals)}"}


def map_of(standings: Sequence[Standing], chosen: str) -> dict[str, Any]:
    """What `{% choropleth %}` draws: features, unit, caption and note. An unknown choice is the first one."""
    shown = SHOWN.get(chosen, SHOWN["families"])
    if chosen == LIGHTS:
        lights = [light_of(one) for one in standings]
        parts = [{"value": None, "tone": tone, "words": words} for tone, words in lights]
    else:
        hide = hidden([shown.cells(one) for one in standings])
        parts = [
            {
                "value": shown.value(one) if one.is_kept and not no else None,
                "words": "" if one.is_kept else NO_DATA,
            }
            for one, no in zip(standings, hide, strict=True)
        ]
    features = [
        part
        | {
            "name": one.region.name,
            "url": reverse("cockpit:region", args=[int(one.region.code)])
            if one.region.level < Level.VILLAGE
            else "",
        }
        for part, one in zip(parts, standings, strict=True)
    ]
    return with_outlines(features, [one.region for one in standings]) | {
        "unit": "" if chosen == LIGHTS else shown.unit,
        "caption": f"各地{dict(CHOICES)[LIGHTS] if chosen == LIGHTS else shown.title}",
    }
