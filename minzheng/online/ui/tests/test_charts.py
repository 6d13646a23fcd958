"""The pictures that the server draws."""

import pytest

from minzheng.online.ui import charts

SQUARE = [[110.0, 27.0], [110.1, 27.0], [110.1, 27.1], [110.0, 27.1], [110.0, 27.0]]


def feature(name, value, ring=SQUARE):
    return {"name": name, "value": value, "url": "", "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_it_draws_a_donut_whose_parts_fill_the_circle():
    parts = charts.donut([("因病", 3), ("因残", 1)])
    assert [part.share for part in parts] == [75, 25]
    assert [part.offset for part in parts] == ["25.00", "-50.00"]


def test_it_draws_an_empty_donut_without_dividing_by_zero():
    assert [part.share for part in charts.donut([("因病", 0)])] == [0]


def test_it_keeps_a_bar_inside_its_frame():
    assert charts.percent(5, 10) == "50.0%"
    assert charts.percent(15, 10) == "100.0%"
    assert charts.percent(-1, 10) == charts.percent(3, 0) == "0.0%"


def test_it_runs_a_line_from_left_to_right_with_the_greatest_on_top():
    assert charts.polyline([0, 10, 5], 100, 20, 0, 10) == "0.0,20.0 50.0,0.0 100.0,10.0"
    assert charts.polyline([7], 100, 20, 7, 7) == "0.0,20.0"


@pytest.mark.parametrize(("value", "top"), [(0, 1), (1, 1), (4135, 5000), (10, 10), (10.1, 20), (0.3, 0.5)])
def test_it_ends_an_axis_at_a_round_number(value, top):
    assert charts.nice_top(value) == pytest.approx(top)


def test_it_shades_by_rank_and_leaves_the_hidden_unshaded():
    classes, legend = charts.shades([1, 100, None, 50])
    assert classes == ["map-0", "map-4", "map-unknown", "map-2"]
    assert legend == [("map-0", 1, 1), ("map-2", 50, 50), ("map-4", 100, 100)]


def test_it_draws_north_up_and_shortens_longitude():
    areas, height, _ = charts.choropleth([feature("新晃", 3)], width=800)
    assert areas[0].path.startswith("M0.0 ")
    # At 27° north a degree of longitude is 0.89 of a degree of latitude, so a square of degrees stands tall.
    assert height == pytest.approx(898, abs=2)


def test_it_draws_tiles_where_any_outline_is_missing():
    """Half a map would look like a whole one."""
    areas, height, legend = charts.choropleth(
        [feature("新晃", 3), {"name": "芷江", "value": None, "url": "/x"}], width=800
    )
    assert height == 0 and [area.path for area in areas] == ["", ""]
    assert [(area.words, area.shade) for area in areas] == [("3", "map-0"), ("", "map-unknown")]
    assert legend == [("map-0", 3, 3)]


def test_it_shows_lights_instead_of_shades_and_a_name_where_it_has_room():
    wide, _, legend = charts.choropleth([{**feature("新晃", 3), "tone": "bad", "words": "未达标"}])
    assert (wide[0].shade, wide[0].words, wide[0].x, legend) == ("tone-bad", "未达标", "400", [])
    narrow, _, _ = charts.choropleth([feature("新晃侗族自治县" * 9, 3)])
    assert narrow[0].x == ""


def test_it_says_which_boundary_it_cannot_draw():
    with pytest.raises(ValueError, match="Polygon"):
        charts.choropleth([{"name": "x", "value": 1, "geometry": {"type": "Point", "coordinates": [1, 2]}}])
