"""Importing outlines of divisions from an approved map."""

import json

import pytest

from minzheng.foundation.regions.boundaries import BadBoundaries, import_boundaries
from minzheng.foundation.regions.models import Boundary

pytestmark = pytest.mark.django_db
APPROVAL = "GS(2024)0650号"
SQUARE = [[109.1, 27.2], [109.3, 27.2], [109.3, 27.4], [109.1, 27.4], [109.1, 27.2]]


def written(tmp_path, *features):
    file = tmp_path / "map.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return file


def feature(code, geometry=None, name="code"):
    return {
        "type": "Feature",
        "properties": {name: code},
        "geometry": geometry or {"type": "Polygon", "coordinates": [SQUARE]},
    }


@pytest.mark.parametrize(
    ("code", "name"), [("431227107", "code"), (431227107, "adcode"), ("431227107000", "区划代码")]
)
def test_it_takes_codes_as_maps_write_them(regions, tmp_path, code, name):
    imported = import_boundaries(written(tmp_path, feature(code, name=name)), "省测绘院", APPROVAL)
    assert (imported.drawn, imported.unknown) == (1, [])
    outline = Boundary.objects.get()
    assert outline.region_id == "431227107000" and outline.geometry["type"] == "MultiPolygon"


def test_it_takes_a_county_of_the_national_map(regions, tmp_path):
    """天地图 writes 156 (China) before the six digits."""
    import_boundaries(written(tmp_path, feature("156431227", name="gb")), "天地图", APPROVAL)
    assert Boundary.objects.get().region_id == "431227000000"


def test_it_replaces_an_outline_and_names_codes_it_does_not_know(regions, tmp_path):
    import_boundaries(written(tmp_path, feature("431227107")), "旧图", APPROVAL)
    again = import_boundaries(written(tmp_path, feature("431227107"), feature("999999")), "新图", APPROVAL)
    assert (again.drawn, again.unknown) == (1, ["999999000000"])
    assert Boundary.objects.get().source == "新图"


@pytest.mark.parametrize(
    ("features", "approval", "says"),
    [
        ([feature("431227107")], "没有审图号", "不像审图号"),
        ([], APPROVAL, "没有图形"),
        ([feature("431227101"), feature("12")], APPROVAL, "没有区划代码"),
        ([feature("999999")], APPROVAL, "都没有"),
        (
            [feature("431227101"), feature("431227107", {"type": "Point", "coordinates": [1, 2]})],
            APPROVAL,
            "不是面",
        ),
        (
            [feature("431227107", {"type": "Polygon", "coordinates": [[[500000, 3000000]] * 5]})],
            APPROVAL,
            "不是经纬度",
        ),
    ],
)
def test_it_says_what_is_wrong_and_keeps_what_was_there(regions, tmp_path, features, approval, says):
    import_boundaries(written(tmp_path, feature("431227107")), "旧图", APPROVAL)
    with pytest.raises(BadBoundaries, match=says):
        import_boundaries(written(tmp_path, *features), "新图", approval)
    assert Boundary.objects.get().source == "旧图"
