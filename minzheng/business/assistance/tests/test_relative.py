"""Studies of relative poverty: a line over the county's known incomes, told in sums, kept, compared (S-072)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.business.assistance.relative.actions import run_study, start
from minzheng.business.assistance.relative.models import Method, Study
from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.foundation.actions import Refused
from minzheng.foundation.people.models import FactSheet, Household, Membership, Person
from minzheng.foundation.registers.actions import save_row
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registry.words import shelf

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 9, 1)
NEXT_TOWN = "431227101200"
NO_INCOME = dict.fromkeys(
    ("wage", "business_income", "property_income", "resident_pension", "transfer_received", "other_income"), 0
)


def home(region: str, yuan: int | None, number: int) -> Household:
    """Somebody of 40 who lives alone with so much a year; None: nobody has asked."""
    person = Person.objects.create(
        name=f"甲{number}", sex="1", birth_date=dt.date(1986, 1, 1), region_id=region
    )
    one = Household.objects.create(region_id=region, category="urban", head=person, since=dt.date(2020, 1, 1))
    Membership.objects.create(household=one, person=person, relation="户主", since=one.since)
    if yuan is not None:
        FactSheet.objects.create(
            person=person,
            values=NO_INCOME | {"other_income": yuan * 100, "labour_ability": "无", "disability_type": "无"},
            source="核对",
            since=dt.date(2026, 1, 1),
        )
    return one


@pytest.fixture
def county(cast):
    """Twelve homes in each of two townships: 6 at 4,000 a year, 6 at 10,000; 4,000 and 20,000; and 7 of whom nothing is known."""
    Household.objects.all().delete()
    for number in range(24):
        region, poor = (VILLAGE, NEXT_TOWN)[number % 2], number < 12
        home(region, 4000 if poor else 10_000 if number % 2 == 0 else 20_000, number)
    for number in range(7):
        home(VILLAGE, None, 100 + number)


@pytest.fixture
def study(access):
    def make(**said) -> Study:
        register, officer = shelf(Register).get("relative-studies"), access("reviewer", TODAY)
        asked = {
            "title": "中位数",
            "region": COUNTY,
            "on": str(TODAY),
            "method": "median",
            "percent": 50,
        } | said
        made = start(officer, save_row(officer, register, Study(), asked))
        run_study.call(made.pk)
        made.refresh_from_db()
        return made

    return make


def counts(one: Study, code: str) -> tuple[int | None, ...]:
    place = one.places.get(region=code)
    return place.persons, place.poor_persons, place.undetermined_persons


@pytest.mark.covers(
    "S-072", by="minzheng/business/assistance/relative", screen="/desk/registers/relative-studies/"
)
def test_who_lives_below_half_the_median_is_counted_by_township_and_the_unknown_apart(county, study):
    """24 known persons: the median is 4,000 (12 of 24 do not exceed it), so half is 2,000 and nobody is below;
    at 120 % the line is 4,800 and all twelve are. The seven of whom nothing is known are on neither side."""
    half = study()
    assert (half.state, half.inputs["median_fen"], half.low_fen) == ("done", 400_000, 200_000)
    assert counts(half, COUNTY) == (31, 0, 7)
    more = study(percent=120)
    assert counts(more, COUNTY) == (31, 12, 7)
    assert counts(more, VILLAGE[:9] + "000") == (19, 6, 7)
    assert counts(more, NEXT_TOWN[:9] + "000") == (12, 6, 0)
    assert more.whole.rate == 50.0
    assert (more.inputs["known"], more.inputs["households"]) == (24, 31)
    assert more.inputs["digest"] == half.inputs["digest"], "the same people and incomes"


def test_exactly_at_the_line_is_not_below_it(county, study):
    assert counts(study(percent=100), COUNTY)[1] == 0
    assert counts(study(percent=101), COUNTY)[1] == 12


def test_the_line_may_rest_on_a_standard_and_the_share_is_the_standards_unless_the_officer_says_so(
    county, study
):
    """DEMO: 30,000 a head last year, so 40 % are 12,000: the 18 with 4,000 or 10,000; dibao 550 × 12 × 150 %: 9,900."""
    by_income = study(method=Method.DISPOSABLE, percent=None)
    assert (by_income.percent, by_income.low_fen, counts(by_income, COUNTY)[1]) == (40, 1_200_000, 18)
    by_dibao = study(method=Method.DIBAO, percent=None)
    assert (by_dibao.percent, by_dibao.low_fen, counts(by_dibao, COUNTY)[1]) == (150, 990_000, 12)


def test_fewer_than_five_are_not_told_nor_what_would_give_them_away(county, study):
    for number in range(3):
        home(NEXT_TOWN, 100, 200 + number)
    few = study(percent=50)
    told = dict(few.places.values_list("region", "poor_persons"))
    assert told == {COUNTY: None, NEXT_TOWN[:9] + "000": None, VILLAGE[:9] + "000": 0}
    assert few.whole.rate is None


def test_what_was_found_stays_and_another_line_is_another_study(county, study, access):
    one = study()
    with pytest.raises(Refused, match="另外新建"):
        start(access("reviewer", TODAY), one)
    run_study.call(one.pk)
    assert one.places.count() == 3
    one.title = "改名"
    with pytest.raises(Exception, match="不能修改"):
        one.full_clean()


def test_a_village_helper_draws_up_no_study_and_an_empty_county_says_what_is_missing(cast, study, access):
    Household.objects.all().delete()
    failed = study()
    assert failed.state == "failed" and "没有一户的收入" in failed.note
    with pytest.raises(PermissionDenied):
        start(access("helper", TODAY), failed)
