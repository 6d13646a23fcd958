"""Targets and announced results: loaded from the documents, never mixed, inherited where that makes sense."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from minzheng.datacenter.indicators.models import IndicatorValue, StatedFigure, Target
from minzheng.datacenter.indicators.reading import light, readings
from minzheng.datacenter.indicators.targets import DOCUMENTS, TargetsError, load_targets, read_span
from minzheng.datacenter.indicators.words import Indicator
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules.yaml_text import read_yaml

pytestmark = pytest.mark.django_db
IN_2021 = dt.date(2021, 6, 1)
COUNTY, PROVINCE = "431227000000", "430000000000"


def reading_of(code, region, month=IN_2021):
    return readings(region, month, [code])[0]


def test_it_loads_every_figure_of_the_documents_once(regions):
    written = read_yaml(DOCUMENTS)
    first = load_targets()
    assert (first.targets, first.results) == (len(written["targets"]), len(written["results"]))
    again = load_targets()
    assert (again.targets, again.results) == (0, 0)


def test_all_numbers_of_the_inventory_have_a_target_or_a_result(regions):
    load_targets()
    codes = {*Target.objects.values_list("indicator", flat=True)} | {
        *StatedFigure.objects.values_list("indicator", flat=True)
    }
    assert {shelf(Indicator).get(code).number for code in codes} == {f"N{n:02d}" for n in range(1, 74)}


def test_a_result_is_never_something_to_reach(regions):
    load_targets()
    assert StatedFigure.objects.filter(indicator="N09").exists()
    assert not Target.objects.filter(indicator="N09").exists()
    # Shandong's 64 % of 2022 is a result; the 50 % of Hunan's plan is the target, in Hunan only.
    assert Target.objects.get(indicator="N16").value == 50
    assert StatedFigure.objects.get(indicator="N16").value == 64


def test_money_is_fen_and_a_wrong_unit_is_refused_by_name(regions, tmp_path):
    load_targets()
    assert Target.objects.get(indicator="N01").value == 55_000
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        "documents: {x: {title: 文件, region: '43'}}\n"
        "targets: [{indicator: N01, seed: x, period: 2021, at_least: 550, text: 少写了单位}]\n"
    )
    with pytest.raises(TargetsError, match=r"N01.*请以元为单位"):
        load_targets(broken)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2021", "2021-01-01", "2021-12-31"), ("2022H1", "2022-01-01", "2022-06-30"), ("2018Q1", "2018-01-01", "2018-03-31")],
)  # fmt: skip
def test_it_reads_the_time_of_a_figure(text, first, last):
    assert read_span(text) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_the_county_plan_inherits_the_provinces_ratios_and_not_its_counts(regions):
    load_targets()
    assert reading_of("N22b", regions[COUNTY]).target.region_id == PROVINCE
    assert (
        reading_of("N15a", regions[COUNTY]).target is None
    )  # 5000 beds are the province's, not the county's
    assert reading_of("N15a", regions[PROVINCE]).target.value == 5000
    assert reading_of("N72", regions[COUNTY]).target.value == 0


def test_a_target_holds_from_its_first_to_its_last_day(regions):
    load_targets()
    assert reading_of("N22b", regions[COUNTY], dt.date(2021, 12, 1)).target is not None
    assert reading_of("N22b", regions[COUNTY], dt.date(2022, 1, 1)).target is None
    assert reading_of("N22b", regions[COUNTY], dt.date(2020, 12, 1)).target is None


@pytest.mark.parametrize(("value", "words"), [(100, "达标"), (99, "接近"), (95, "接近"), (94, "未达")])
def test_the_light_tells_how_far_it_is(value, words):
    target = Target(comparator="at_least", value=Decimal(100))
    assert light(Decimal(value), target, 5).words == words


def test_without_data_there_is_no_light_but_words(regions):
    load_targets()
    assert reading_of("N22b", regions[COUNTY]).light.words == "未接入数据"
    assert reading_of("payments.success", regions[COUNTY]).light.words == "无数据"


def test_a_value_that_speaks_for_a_part_of_the_province_gets_no_light(regions):
    IndicatorValue.objects.create(
        indicator="N03b",
        region_id=PROVINCE,
        month=IN_2021,
        value=1,
        counties=1,
        computed_at="2021-07-01T00:00Z",
    )
    load_targets()
    assert reading_of("N03b", regions[PROVINCE]).light.words == "数据不全"


def test_a_target_in_the_database_cannot_be_edited(regions):
    load_targets()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Target.objects.filter(indicator="N01").update(value=1)
