"""Importing the real divisions, and what happens to a code that ends."""

import datetime as dt
from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.foundation.actions import Refused
from minzheng.foundation.regions.actions import current, replace_region
from minzheng.foundation.regions.load import START_UNKNOWN, load
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.regions.names import is_urban, short_name

COUNTY = "431227"


@pytest.mark.parametrize(
    ("committee", "place"),
    [
        ("日光村村委会", "日光村"),
        ("胡家坝村村民委员会", "胡家坝村"),
        ("八一村委会", "八一村"),
        ("新村村委会", "新村"),
        ("桥南社区居委会", "桥南社区"),
        ("多福巷社区居民委员会", "多福巷社区"),
        ("波洲居委会", "波洲社区"),
        ("龙溪社区", "龙溪社区"),
        ("巴彦嘎查村民委员会", "巴彦嘎查"),
        ("第四生产队", "第四生产队"),
    ],
)
def test_it_names_the_place_and_not_its_committee(committee, place):
    assert short_name(committee) == place


@pytest.mark.parametrize(
    ("code", "urban"),
    [("431227107199", True), ("431227107200", False), ("431227107399", False), ("431227107400", True),
     ("431227107499", True), ("431227107500", False)],
)  # fmt: skip
def test_it_tells_town_from_country_by_the_last_three_digits(code, urban):
    assert is_urban(code) is urban


def test_it_loads_the_county_with_everything_above_it(db):
    loaded = load(COUNTY)
    count = Counter(Region.objects.values_list("level", flat=True))
    assert count == {1: 1, 2: 1, 3: 1, 4: 11, 5: 151}
    assert loaded.added == 165
    village = Region.objects.get(code="431227107203")
    assert village.full_name == "湖南省怀化市新晃侗族自治县晃洲镇新村"
    assert village.parent.parent.parent.parent.name == "湖南省"
    assert village.since == START_UNKNOWN


def test_it_stops_at_the_level_that_is_asked_for(db):
    load("4312", down_to=Level.COUNTY)
    assert Region.objects.filter(level=Level.COUNTY).count() == 13
    assert not Region.objects.filter(level__gt=Level.COUNTY).exists()


def test_it_leaves_out_of_addresses_what_nobody_says(db):
    load("110101", down_to=Level.COUNTY)
    load("4312", down_to=Level.COUNTY)
    assert Region.objects.get(code="110101000000").full_name == "北京市东城区"
    assert Region.objects.get(code="431271000000").full_name == "湖南省怀化市洪江管理区"


def test_it_adds_nothing_twice_and_says_what_the_data_no_longer_know(db):
    load(COUNTY)
    Region.objects.create(
        code="431227299000", name="旧乡", full_name="旧乡", level=4, since=START_UNKNOWN, source="测试"
    )
    again = load(COUNTY)
    assert (again.added, again.vanished) == (0, ["431227299000"])


def test_it_says_what_to_do_about_an_unknown_code(db):
    with pytest.raises(ValueError, match="请核对代码"):
        load("990000")


@pytest.fixture
def merged(access):
    """波洲镇 ended on 2026-05-01; 晃洲镇 follows it."""
    old, new = Region.objects.get(code="431227101000"), Region.objects.get(code="431227107000")
    replace_region(access("admin"), old, new, dt.date(2026, 5, 1), "湘民行字〔2026〕1号（演示）")
    return old, new


def test_it_asks_the_successor_from_the_day_of_the_change_on(merged):
    old, new = merged
    assert current(old, dt.date(2026, 4, 30)) == old
    assert current(old, dt.date(2026, 5, 1)) == new
    assert old in Region.objects.on(dt.date(2026, 4, 30))
    assert old not in Region.objects.on(dt.date(2026, 5, 1))


def test_it_never_ends_a_code_twice(merged, access):
    old, new = merged
    with pytest.raises(Refused, match="已于2026年05月01日停用"):
        replace_region(access("admin"), old, new, dt.date(2026, 6, 1), "湘民行字〔2026〕2号（演示）")


def test_it_wants_the_approving_document(access):
    old, new = Region.objects.get(code="431227101000"), Region.objects.get(code="431227107000")
    with pytest.raises(Refused, match="文号"):
        replace_region(access("admin"), old, new, dt.date(2026, 5, 1), " ")


def test_it_lets_no_clerk_change_divisions(access):
    old, new = Region.objects.get(code="431227101000"), Region.objects.get(code="431227107000")
    with pytest.raises(PermissionDenied):
        replace_region(access("clerk"), old, new, dt.date(2026, 5, 1), "湘民行字〔2026〕1号")
