"""Geometry of the pictures that the server draws. Pure functions: numbers in, SVG attributes out.

A picture never stands alone: its template writes the same numbers as text or as a table.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MAP_CLASSES = 6
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Slice:
    """One part of a donut whose circumference is 100: `length` and `offset` are percentages."""

    label: str
    value: float
    share: float
    length: str
    offset: str
    series: int


@dataclass(frozen=True)
class Area:
    """One region of a map: `path` is SVG path data, `shade` a map-… class."""

    name: str
    value: float | None
    url: str
    path: str
    shade: str


def percent(value: float, top: float) -> str:
    """Width of a bar: "62.5%"; nothing is drawn beyond the frame."""
    return f"{max(0.0, min(1.0, value / top if top else 0)) * 100:.1f}%"


def donut(parts: Iterable[tuple[str, float]]) -> list[Slice]:
    parts = list(parts)
    total = sum(value for _, value in parts)
    slices, start = [], 0.0
    for number, (label, value) in enumerate(parts):
        share = 100 * value / total if total else 0.0
        # The stroke starts at three o'clock; 25 turns it to twelve, and offsets run anticlockwise.
        slices.append(
            Slice(label, value, share, f"{share:.2f} {100 - share:.2f}", f"{25 - start:.2f}", number % 6 + 1)
        )
        start += share
    return slices


def polyline(values: Sequence[float], width: float, height: float, low: float, high: float) -> str:
    """Points of a line through `values`, evenly spaced, `low` at the bottom and `high` at the top."""
    step = width / max(1, len(values) - 1)
    span = (high - low) or 1
    return " ".join(f"{i * step:.1f},{height - (v - low) / span * height:.1f}" for i, v in enumerate(values))


def nice_top(value: float) -> float:
    """The round number at the top of an axis: 1, 2, 2.5 or 5 times a power of ten."""
    if value <= 0:
        return 1
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= value)


def shades(values: Sequence[float | None]) -> tuple[list[str], list[tuple[str, float, float]]]:
    """Class of each value by rank, and the legend (class, least, greatest); None is map-unknown."""
    known = sorted({value for value in values if value is not None})
    rank = {value: i * MAP_CLASSES // len(known) for i, value in enumerate(known)}
    legend = []
    for number in range(MAP_CLASSES):
        members = [value for value in known if rank[value] == number]
        if members:
            legend.append((f"map-{number}", members[0], members[-1]))
    return ["map-unknown" if v is None else f"map-{rank[v]}" for v in values], legend


def choropleth(
    features: Sequence[dict[str, Any]], width: int = 800
) -> tuple[list[Area], int, list[tuple[str, float, float]]]:
    """Areas, height in the same units as `width`, and legend of a map.

    Each feature is a dict: name, value (None: not known or hidden), url (may be empty) and geometry, a GeoJSON
    Polygon or MultiPolygon in degrees. Degrees of longitude are shortened by the cosine of the middle latitude.
    """
    polygons = [_rings(feature["geometry"]) for feature in features]
    points = [point for rings in polygons for ring in rings for point in ring]
    if not points:
        return [], 0, []
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = width / (((east - west) * squeeze) or 1)

    def place(point: Sequence[float]) -> str:
        return f"{(point[0] - west) * squeeze * scale:.1f} {(north - point[1]) * scale:.1f}"

    classes, legend = shades([feature["value"] for feature in features])
    areas = [
        Area(feature["name"], feature["value"], feature.get("url", ""), _path(rings, place), shade)
        for feature, rings, shade in zip(features, polygons, classes, strict=True)
    ]
    return areas, round((north - south) * scale), legend


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    if geometry["type"] == "Polygon":
        return list(geometry["coordinates"])
    if geometry["type"] == "MultiPolygon":
        return [ring for polygon in geometry["coordinates"] for ring in polygon]
    raise ValueError(f"地图边界须是 Polygon 或 MultiPolygon，收到 {geometry['type']}；请检查导入的边界文件。")


def _path(rings: Iterable[Ring], place: Any) -> str:
    """Path data; points that fall on the one before are left out, which shrinks a county by half."""
    parts = []
    for ring in rings:
        kept: list[str] = []
        for point in ring:
            spot = place(point)
            if not kept or kept[-1] != spot:
                kept.append(spot)
        parts.append(f"M{'L'.join(kept)}Z")
    return "".join(parts)
