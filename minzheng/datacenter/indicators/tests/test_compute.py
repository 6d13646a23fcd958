"""Formulas against what one counts by hand; unknown is not nought; the same statements for any number of regions."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minzheng.cli import main
from minzheng.datacenter.indicators.compute import compute
from minzheng.datacenter.indicators.models import IndicatorValue
from minzheng.datacenter.indicators.tests.conftest import OTHER, VILLAGE
from minzheng.datacenter.indicators.words import Indicator
from minzheng.datacenter.statistics.models import MonthlyReport
from minzheng.foundation.events.bus import emit
from minzheng.foundation.people.models import Category
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db
OCTOBER = dt.date(2026, 10, 1)
TOWNSHIP, NEXT_TOWNSHIP, COUNTY, CITY, PROVINCE = (
    "431227107000", "431227101000", "431227000000", "431200000000", "430000000000",
)  # fmt: skip


def value(code, region, month=OCTOBER):
    found = IndicatorValue.objects.filter(indicator=code, region_id=region, month=month).first()
    return None if found is None else found.value


def test_it_counts_families_and_people_of_every_division_at_once(family):
    family(VILLAGE, members=3)
    family(VILLAGE, members=2)
    family(OTHER, members=1)
    compute(OCTOBER)
    assert [value("dibao.households", place) for place in (TOWNSHIP, NEXT_TOWNSHIP, COUNTY, CITY, PROVINCE)] == [
        2, 1, 3, 3, 3,
    ]  # fmt: skip
    assert [value("dibao.persons", place) for place in (TOWNSHIP, NEXT_TOWNSHIP, COUNTY)] == [5, 1, 6]


def test_it_divides_what_is_owed_by_the_people(family):
    family(VILLAGE, members=2, fen=60_000)
    family(VILLAGE, members=1, fen=30_001)
    family(OTHER, members=4, fen=99_999, category=Category.URBAN)
    compute(OCTOBER)
    stored = IndicatorValue.objects.get(indicator="N03b", region_id=COUNTY)
    assert (stored.numerator, stored.denominator) == (90_001, 3)
    assert stored.value == Decimal("30000.333333")
    assert value("N03a", COUNTY) == Decimal("24999.75")


def test_it_counts_the_months_of_a_right_from_the_first_to_the_last(family):
    family(VILLAGE, since=OCTOBER)
    family(VILLAGE, until=OCTOBER)
    family(VILLAGE, until=dt.date(2026, 9, 1))
    family(VILLAGE, since=dt.date(2026, 11, 1))
    family(VILLAGE, state="void")
    compute(OCTOBER)
    assert value("dibao.households", TOWNSHIP) == 2


def test_the_month_of_death_still_counts_and_the_next_does_not(family):
    for day in (dt.date(2026, 9, 30), dt.date(2026, 10, 1)):
        dead = family(VILLAGE).person
        dead.died_on = day
        dead.save()
    compute(OCTOBER)
    assert value("dibao.persons", TOWNSHIP) == 1


def test_a_region_without_data_has_no_value_and_one_with_data_may_have_nought(family):
    family(VILLAGE)
    compute(OCTOBER)
    assert value("dibao.households", NEXT_TOWNSHIP) == 0
    assert value("dibao.households", "431228000000") is None  # the next county keeps no register here
    assert value("N03b", NEXT_TOWNSHIP) is None  # nobody to divide by
    assert value("payments.success", COUNTY) is None
    assert value("dibao.spending", COUNTY) is None


def test_a_value_of_a_city_says_how_many_counties_it_speaks_for(family):
    family(VILLAGE)
    compute(OCTOBER)
    assert IndicatorValue.objects.get(indicator="dibao.households", region_id=CITY).counties == 1


def test_it_reads_the_standard_in_force_and_the_share_of_counties(regions):
    compute(OCTOBER)
    assert value("N01", COUNTY) == 55_000
    assert value("N02", PROVINCE) == 430_000
    assert value("N07", PROVINCE) == 100
    assert value("N08", CITY) == 0


def test_computing_twice_changes_nothing_and_forgets_what_is_gone(family):
    right = family(VILLAGE, category=Category.URBAN)
    compute(OCTOBER)
    first = list(IndicatorValue.objects.order_by("pk").values_list("pk", "value"))
    compute(OCTOBER)
    assert list(IndicatorValue.objects.order_by("pk").values_list("pk", "value")) == first
    right.household.category = Category.RURAL
    right.household.save()
    compute(OCTOBER)
    assert value("N03a", COUNTY) is None


def test_it_asks_no_more_of_the_database_for_thirty_townships_than_for_one(family):
    family(VILLAGE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        compute(OCTOBER)
    for number in range(120, 150):
        code = f"431227{number}000"
        Region.objects.create(
            code=code, name=f"{number}乡", full_name=f"{number}乡", level=4, parent_id=COUNTY,
            since=dt.date(2000, 1, 1), source="测试",
        )  # fmt: skip
        family(code)
    with CaptureQueriesContext(connection) as many:
        compute(OCTOBER)
    assert len(many) == len(few)
    assert value("dibao.households", COUNTY) == 31


def test_all_seventy_three_of_the_documents_are_declared(db):
    numbers = {indicator.number for indicator in shelf(Indicator)} - {""}
    assert numbers == {f"N{number:02d}" for number in range(1, 74)}
    assert not [problem for indicator in shelf(Indicator) for problem in indicator.problems()]


def test_a_county_alone_is_computed_alone(family):
    family(VILLAGE)
    compute(OCTOBER, county=Region.objects.get(code=COUNTY))
    assert value("dibao.households", TOWNSHIP) == value("dibao.households", COUNTY) == 1
    assert value("dibao.households", PROVINCE) is None


def test_visits_that_were_done_late_are_not_in_time(regions):
    days = {
        "opened_on": dt.date(2026, 10, 1),
        "warn_on": dt.date(2026, 10, 8),
        "due_on": dt.date(2026, 10, 10),
    }
    for number, (state, done) in enumerate(
        [
            ("done", "2026-10-10T23:59+08:00"),
            ("done", "2026-10-11T00:01+08:00"),
            ("open", None),
            ("withdrawn", None),
        ]
    ):
        Task.objects.create(
            kind="x", title="走访", origin=str(number), region_id=VILLAGE, office_id=TOWNSHIP, state=state,
            done_at=done and dt.datetime.fromisoformat(done), **days,
        )  # fmt: skip
    compute(OCTOBER)
    stored = IndicatorValue.objects.get(indicator="tasks.in_time", region_id=TOWNSHIP)
    assert (stored.numerator, stored.denominator) == (1, 3)


def test_the_night_computes_this_month_and_the_last(family):
    family(VILLAGE)
    emit("night.came", day="2026-11-04")
    assert value("dibao.households", COUNTY, dt.date(2026, 11, 1)) == 1
    assert value("dibao.households", COUNTY) == 1
    assert not MonthlyReport.objects.exists()  # its day has not come
    emit("night.came", day="2026-11-05")
    assert MonthlyReport.objects.get().month == OCTOBER


@pytest.mark.parametrize(
    ("command", "month"), [("indicators", "2026-13"), ("indicators", "2999-01"), ("report", "2999-01")]
)
def test_the_command_refuses_a_month_that_cannot_be(command, month, capsys):
    assert main([command, "--month", month]) == 2
    assert "月" in capsys.readouterr().err


def test_the_commands_compute_and_load(family, capsys):
    family(VILLAGE)
    assert main(["indicators", "--month", "2026-03"]) == 0
    assert "dibao.households　低保户数　5 个地区" in capsys.readouterr().out
    assert main(["targets"]) == 0
    assert main(["report", "--month", "2026-03"]) == 0
    assert "生成草稿 1 份" in capsys.readouterr().out
