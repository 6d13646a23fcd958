"""Families worked out on paper, to the fen: who gains, who loses, who comes in, who drops out, and what it costs."""

import datetime as dt

import pytest

from minzheng.datacenter.simulation.readings import read_twice
from minzheng.datacenter.simulation.sums import FATES, _years, sum_up
from minzheng.datacenter.simulation.tests.families import ON, OTHER_VILLAGE, families, family, reform_of
from minzheng.foundation.people.models import Category, Person
from minzheng.foundation.rules import default_counter
from minzheng.foundation.rules.words import age

pytestmark = pytest.mark.django_db
LOWERED = {"dibao_rural": "4000元/年"}


def sums(reform, prefix="431227", on=ON, facts_on=ON):
    counter = default_counter()
    readings = read_twice(counter, reform, prefix, on, facts_on)
    names = {"431227107": "晃洲镇", "431227101": "波洲镇"}
    return sum_up(readings, counter.standards("demo"), names, 9, counter.book.catalogue, on)


def fate_of(found):
    """The only household's fate, and fen a month before and after."""
    [fate] = [code for code, count in zip(FATES, found.total.households, strict=True) if count]
    return fate, found.total.before, found.total.after


@pytest.mark.parametrize(
    ("wage", "fate", "before", "after"),
    [
        (0, "gain", 35_833, 40_000),
        (429_994, "gain", 1, 4_167),  # 6 fen a year are half a fen a month, which is rounded up
        (429_995, "come_in", 0, 4_167),
        (430_000, "come_in", 0, 4_167),
        (479_994, "come_in", 0, 1),
        (479_995, "neither", 0, 0),
        (480_000, "neither", 0, 0),
    ],
)
def test_it_tells_who_gains_and_who_comes_in_to_the_fen(regions, wage, fate, before, after):
    family(wage)
    assert fate_of(sums(reform_of())) == (fate, before, after)


@pytest.mark.parametrize(
    ("wage", "fate", "before", "after"),
    [(0, "lose", 35_833, 33_333), (399_994, "lose", 2_501, 1), (399_995, "drop_out", 2_500, 0)],
)
def test_it_tells_who_loses_and_who_drops_out_to_the_fen(regions, wage, fate, before, after):
    family(wage)
    assert fate_of(sums(reform_of("43", **LOWERED))) == (fate, before, after)


def test_it_changes_nothing_for_those_whose_standard_stays(regions):
    family(0, category=Category.URBAN)
    assert fate_of(sums(reform_of())) == ("same", 55_000, 55_000)


def test_it_changes_nothing_the_day_before_the_reform_and_all_on_its_day(regions):
    family(0)
    reform = reform_of(since="2026-10-01")
    assert fate_of(sums(reform, on=dt.date(2026, 9, 30)))[0] == "same"
    assert fate_of(sums(reform, on=dt.date(2026, 10, 1)))[0] == "gain"


def test_it_never_guesses_an_unknown_income(regions):
    family(None)
    family(None, cars=1)  # out whatever the wage is
    found = sums(reform_of())
    assert dict(zip(FATES, found.total.households, strict=True)) == dict.fromkeys(FATES, 0) | {
        "undetermined": 1,
        "neither": 1,
    }
    assert (found.total.before, found.total.after) == (0, 0)


def test_it_conserves_every_fen_in_every_table(regions):
    for number, wage in enumerate([0, 100_007, 399_995, 429_994, 430_001, 479_994, None]):
        family(wage, OTHER_VILLAGE if number % 2 else "431227107203")
    family(1_000, category=Category.URBAN)
    for reform in (reform_of(), reform_of("43", dibao_rural="4000元/年", dibao_urban="560元/月")):
        found = sums(reform)
        for lines in (found.by_fate, found.by_region, found.by_residence):
            for what in ("before", "after", "paid_before", "paid_after", "changed"):
                assert sum(getattr(line, what) for line in lines) == getattr(found.total, what)
            for fate in range(len(FATES)):
                assert sum(line.households[fate] for line in lines) == found.total.households[fate]
        for lines in (found.by_age, found.by_disability, found.by_region):
            assert [
                sum(column) for column in zip(*(line.persons for line in lines), strict=True)
            ] == found.total.persons
        changed = dict(zip(FATES, found.total.households, strict=True))
        rises, falls = (sum(n for _, up, n in found.bands if up is rise) for rise in (True, False))
        assert (rises, falls) == (changed["gain"] + changed["come_in"], changed["lose"] + changed["drop_out"])


def test_it_divides_by_township_residence_age_and_disability(regions):
    family(0, birth=dt.date(1966, 10, 1), grade="二级")  # sixty on the day
    family(0, OTHER_VILLAGE, birth=dt.date(1966, 10, 2))
    family(0, OTHER_VILLAGE, birth=dt.date(2008, 10, 2))
    family(0, OTHER_VILLAGE, birth=dt.date(2008, 10, 1))
    family(0, OTHER_VILLAGE, birth=None, category=Category.URBAN)
    found = sums(reform_of())

    def persons(lines):
        return {line.label: sum(line.persons) for line in lines}

    assert persons(found.by_region) == {"波洲镇": 4, "晃洲镇": 1}
    assert persons(found.by_residence) == {"城市": 1, "农村": 4}
    assert persons(found.by_age) == {"未成年人": 1, "成年人": 2, "老年人": 1, "年龄未知": 1}
    assert persons(found.by_disability) == {"没有残疾证": 4, "有残疾证": 1}


def test_it_does_not_count_the_dead(regions):
    home = family(0)
    Person.objects.filter(pk=home.head_id).update(died_on=ON)
    assert sum(sums(reform_of()).total.persons) == 0


def test_it_reads_another_county_only_where_it_is_asked_for(regions):
    family(0, "431228000000")
    assert sum(sums(reform_of("43")).total.households) == 0
    assert sum(sums(reform_of("43"), "4312").total.households) == 1


def test_it_answers_for_a_region_where_nobody_lives(regions):
    found = sums(reform_of())
    assert (sum(found.total.households), found.by_region) == (0, [])


@pytest.mark.parametrize("day", ["2026-02-27", "2026-02-28", "2028-02-28", "2028-02-29"])
def test_it_counts_years_as_the_rules_do(day):
    import numpy as np

    on = dt.date.fromisoformat(day)
    births = [19600229, 19600228, 19600301, 20080229]
    expected = [age(birth, int(day.replace("-", ""))) for birth in births]
    assert _years(np.array(births), on).tolist() == expected


def test_it_asks_the_database_only_twice_however_many_families(regions, django_assert_max_num_queries):
    families(8, 0)
    reform = reform_of()
    with django_assert_max_num_queries(10):  # two reads, each with its transaction and planner settings
        sums(reform)
