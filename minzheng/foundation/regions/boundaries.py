"""Imports outlines of divisions from a GeoJSON file of an approved map. Without one, screens draw tiles instead of a map."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from minzheng.foundation.regions.models import Boundary, Region

CODE_PROPERTIES = ("code", "adcode", "gb", "区划代码")
# 审图号: GS(2024)0650号, 湘S(2023)061号, 京S（2022）015号
APPROVAL = re.compile(r"^(GS|[\u4e00-\u9fff]{1,2}S)[(（]\d{4}[)）]\d+号$")
DECIMALS = 5  # about a metre


class BadBoundaries(ValueError):
    """The file cannot be used; the text says what to do."""


@dataclass(frozen=True)
class Imported:
    """Divisions that were given an outline, and codes of the file that this installation does not know."""

    drawn: int
    unknown: list[str]


def import_boundaries(file: Path, source: str, approval: str) -> Imported:
    """Replace the outlines of the divisions in the file, all or none.

    `approval` is the map's approval number (地图管理条例 第十五条). Raises BadBoundaries.
    """
    if not APPROVAL.match(approval):
        raise BadBoundaries(f"审图号“{approval}”不像审图号。请照地图上的写，例如 GS(2024)0650号。")
    outlines = dict(_outlines(_read(file)))
    known = set(Region.objects.filter(code__in=outlines).values_list("code", flat=True))
    if not known:
        raise BadBoundaries(
            "文件中的代码在本系统的区划中都没有。请核对文件，或先用 minzheng regions load 导入区划。"
        )
    with transaction.atomic():
        Boundary.objects.bulk_create(
            [
                Boundary(region_id=code, geometry=outlines[code], source=source, approval=approval)
                for code in known
            ],
            update_conflicts=True,
            unique_fields=["region"],
            update_fields=["geometry", "source", "approval"],
        )
    return Imported(len(known), sorted(set(outlines) - known))


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadBoundaries(f"打不开 {file}：{error.strerror}。请核对路径。") from None
    except ValueError:
        raise BadBoundaries(f"{file.name} 不是 JSON 文件。请导出为 GeoJSON（UTF-8）。") from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        raise BadBoundaries(f"{file.name} 里没有图形。请导出为 GeoJSON 的 FeatureCollection。")
    return features


def _outlines(features: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, feature in enumerate(features, 1):
        properties = feature.get("properties") or {}
        said = next((str(properties[name]) for name in CODE_PROPERTIES if properties.get(name)), "")
        code = re.sub(r"^156", "", said) if len(said) == 9 and said.startswith("156") else said
        if not re.fullmatch(r"\d{6}|\d{9}|\d{12}", code):
            raise BadBoundaries(
                f"第 {number} 个图形没有区划代码。请在属性 {CODE_PROPERTIES[0]} 里写 6、9 或 12 位代码。"
            )
        yield code.ljust(12, "0"), _geometry(feature.get("geometry") or {}, number)


def _geometry(geometry: dict[str, Any], number: int) -> dict[str, Any]:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(coordinates, list):
        raise BadBoundaries(f"第 {number} 个图形不是面（Polygon 或 MultiPolygon）。请导出面图层。")
    try:
        polygons = coordinates if kind == "MultiPolygon" else [coordinates]
        return {
            "type": "MultiPolygon",
            "coordinates": [[_ring(ring) for ring in rings] for rings in polygons],
        }
    except (TypeError, ValueError, IndexError):
        raise BadBoundaries(
            f"第 {number} 个图形的坐标不是经纬度。请用 CGCS2000 经纬度（度），不用投影坐标。"
        ) from None


def _ring(points: list[list[float]]) -> list[list[float]]:
    ring: list[list[float]] = []
    for point in points:
        east, north = float(point[0]), float(point[1])
        if not (-180 <= east <= 180 and -90 <= north <= 90):
            raise ValueError
        spot = [round(east, DECIMALS), round(north, DECIMALS)]
        if not ring or ring[-1] != spot:
            ring.append(spot)
    if len(ring) < 4:
        raise ValueError
    return ring
