"""Places on a map that the server draws: outlines of divisions (if an approved map was imported), points, circles of reach."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from minzheng.online.ui.charts import path_of, rings_of

WIDTH, MARGIN = 800, 48
LEAST_SPAN = 0.02  # degrees: two kilometres, so that one point alone is not drawn as a whole county
METRES = 111_320  # of a degree of latitude


@dataclass(frozen=True)
class Point:
    """One thing to draw. `series` 1 to 6 chooses its colour; `metres` draws a circle of reach around it; `count` more than one."""

    longitude: float
    latitude: float
    name: str
    url: str = ""
    series: int = 1
    metres: float = 0
    count: int = 1


@dataclass(frozen=True)
class Dot:
    """A point in the units of the picture."""

    x: str
    y: str
    name: str
    url: str
    series: int
    reach: str
    size: str
    count: int


@dataclass(frozen=True)
class Picture:
    """What the template draws; `height` 0: nothing to draw."""

    width: int
    height: int
    outlines: list[tuple[str, str]]  # (name, SVG path)
    dots: list[Dot]
    scale_x: str = ""
    scale_words: str = ""


def draw(points: Sequence[Point], outlines: Sequence[tuple[str, dict]] = ()) -> Picture:  # type: ignore[type-arg]
    """Degrees of longitude are shortened by the cosine of the middle latitude. `outlines`: (name, GeoJSON geometry)."""
    rings = [(name, rings_of(geometry)) for name, geometry in outlines]
    spots = [(p[0], p[1]) for _, of in rings for ring in of for p in ring]
    for point in points:  # a circle of reach is drawn whole
        around = point.metres / METRES
        spots += [
            (point.longitude - around, point.latitude - around),
            (point.longitude + around, point.latitude + around),
        ]
    if not spots:
        return Picture(WIDTH, 0, [], [])
    west, east = _span([x for x, _ in spots])
    south, north = _span([y for _, y in spots])
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = min((WIDTH - 2 * MARGIN) / ((east - west) * squeeze), WIDTH / (north - south))

    def place(spot: Sequence[float]) -> tuple[float, float]:
        return MARGIN + (spot[0] - west) * squeeze * scale, MARGIN + (north - spot[1]) * scale

    dots = []
    # Large circles first, so that points lie above them.
    for point in sorted(points, key=lambda one: (-one.metres, -one.count)):
        x, y = place((point.longitude, point.latitude))
        size = 11 if point.count == 1 else min(44.0, 20 + 3.5 * math.log2(point.count))
        dots.append(
            Dot(
                f"{x:.1f}",
                f"{y:.1f}",
                point.name,
                point.url,
                point.series,
                f"{point.metres / METRES * scale:.1f}" if point.metres else "",
                f"{size:.0f}",
                point.count,
            )
        )
    kilometres = next(
        step for step in (100, 50, 20, 10, 5, 2, 1, 0.5, 0.2) if _length(step, scale) < WIDTH / 4
    )
    return Picture(
        WIDTH,
        round((north - south) * scale) + 2 * MARGIN,
        [(name, path_of(of, place)) for name, of in rings],
        dots,
        f"{_length(kilometres, scale):.0f}",
        f"{kilometres:g} 公里",
    )


def _length(kilometres: float, scale: float) -> float:
    return kilometres * 1000 / METRES * scale


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    if high - low < LEAST_SPAN:
        middle = (low + high) / 2
        return middle - LEAST_SPAN / 2, middle + LEAST_SPAN / 2
    return low, high
