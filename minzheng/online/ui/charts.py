"""Geometry of the pictures that the server draws. Pure functions: numbers in, SVG attributes out.

A picture never stands alone: its template writes the same numbers as text or as a table.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MAP_CLASSES = 6
NAME_SIZE = 20  # units of a map 800 wide that one character takes
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
    """One region of a map or of the tiles that stand in for one; `path` is SVG path data, `shade` a map-… or tone-… class.

    `words` says the value as text. `x`, `y` is where its name is written; nothing is written where it has no room.
    """

    name: str
    value: float | None
    words: str
    url: str
    shade: str
    path: str = ""
    x: str = ""
    y: str = ""


def percent(value: float, top: float) -> str:
    """Width of a bar: "62.5%"; nothing is drawn beyond the frame."""
    return f"{max(0.0, min(1.0, value / top if top else 0)) * 100:.1f}%"


def stack(values: Sequence[float], top: float) -> list[tuple[str, str, int]]:
    """Parts of one bar beside each other: (x, width, series), as percentages."""
    parts, start = [], 0.0
    for number, value in enumerate(values):
        if value > 0:
            parts.append((percent(start, top), percent(value, top), number % 6 + 1))
            start += value
    return parts


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
    """Areas, height in the same units as `width` (0: not a map), and legend.

    Each feature is a dict: name, value (None: not known or hidden), url (may be empty), words (the value as text),
    tone (a light instead of a shade) and geometry, a GeoJSON Polygon or MultiPolygon in degrees. Degrees of longitude
    are shortened by the cosine of the middle latitude. Where any feature has no geometry, all are tiles: half a map
    would look like a whole one.
    """
    classes, legend = shades([feature["value"] for feature in features])
    if any(feature.get("tone") for feature in features):
        classes, legend = [f"tone-{feature['tone']}" for feature in features], []
    if not all(feature.get("geometry") for feature in features):
        pairs = zip(features, classes, strict=True)
        return [Area(**_said(feature), shade=shade) for feature, shade in pairs], 0, legend
    polygons = [rings_of(feature["geometry"]) for feature in features]
    points = [point for rings in polygons for ring in rings for point in ring]
    if not points:
        return [], 0, []
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = width / (((east - west) * squeeze) or 1)

    def place(point: Sequence[float]) -> tuple[float, float]:
        return (point[0] - west) * squeeze * scale, (north - point[1]) * scale

    areas = [
        Area(
            **_said(feature),
            shade=shade,
            path=path_of(rings, place),
            **_name_spot(feature["name"], rings, place),
        )
        for feature, rings, shade in zip(features, polygons, classes, strict=True)
    ]
    return areas, round((north - south) * scale), legend


def _said(feature: dict[str, Any]) -> dict[str, Any]:
    value = feature["value"]
    words = feature.get("words") or ("" if value is None else f"{value:,}")
    return {"name": feature["name"], "value": value, "words": words, "url": feature.get("url", "")}


def _name_spot(name: str, rings: Sequence[Ring], place: Any) -> dict[str, str]:
    """The middle of the largest ring, if the name fits into it."""
    spots = max(([place(point) for point in ring] for ring in rings), key=_extent)
    left, right = min(x for x, _ in spots), max(x for x, _ in spots)
    if right - left < NAME_SIZE * len(name):
        return {}
    top, bottom = min(y for _, y in spots), max(y for _, y in spots)
    return {"x": f"{(left + right) / 2:.0f}", "y": f"{(top + bottom) / 2:.0f}"}


def _extent(spots: Sequence[tuple[float, float]]) -> float:
    return (max(x for x, _ in spots) - min(x for x, _ in spots)) * (
        max(y for _, y in spots) - min(y for _, y in spots)
    )


def rings_of(geometry: dict[str, Any]) -> list[Ring]:
    if geometry["type"] == "Polygon":
        return list(geometry["coordinates"])
    if geometry["type"] == "MultiPolygon":
        return [ring for polygon in geometry["coordinates"] for ring in polygon]
    raise ValueError(f"地图边界须是 Polygon 或 MultiPolygon，收到 {geometry['type']}；请检查导入的边界文件。")


def path_of(rings: Iterable[Ring], place: Any) -> str:
    """Path data; points that fall on the one before are left out, which shrinks a county by half."""
    parts = []
    for ring in rings:
        kept: list[str] = []
        for point in ring:
            spot = "{:.1f} {:.1f}".format(*place(point))
            if not kept or kept[-1] != spot:
                kept.append(spot)
        parts.append(f"M{'L'.join(kept)}Z")
    return "".join(parts)
