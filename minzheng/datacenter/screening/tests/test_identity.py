"""Who is recorded twice, has moved away, holds what excludes each other, or already has the better right."""

import datetime as dt
from dataclasses import replace

import pytest

from minzheng.business.disability.benefits import NURSING
from minzheng.business.elderly.benefits import ALLOWANCE
from minzheng.datacenter.screening.models import Finding, Kind
from minzheng.datacenter.screening.screen import screen
from minzheng.datacenter.screening.wording import in_words
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.benefits.words import Benefit, Exclusion
from minzheng.foundation.people.models import Household, Membership, Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf

MONTH, TODAY = dt.date(2026, 10, 1), dt.date(2026, 11, 2)
VILLAGE = "431227107203"


@pytest.fixture
def county(cast, regions):
    return regions["431227000000"]


def elder(region=VILLAGE, **fields):
    given = {"name": "吴老", "sex": "1", "birth_date": dt.date(1940, 1, 1)} | fields
    person = Person.objects.create(region_id=region, **given)
    household = Household.objects.create(
        region_id=region, category="rural", head=person, since=dt.date(2020, 1, 1)
    )
    Membership.objects.create(household=household, person=person, relation="户主", since=dt.date(2020, 1, 1))
    return person


def give(cast, person, benefit, fen=5000):
    why = Why("test", "测试", dt.date(2026, 6, 1))
    days = {"applied_on": dt.date(2026, 6, 1), "reached_on": dt.date(2026, 6, 1)}
    return grant(Access(cast["approver"], TODAY), person, code=benefit.code, amount_fen=fen, why=why, **days)


def found(kind, benefit=ALLOWANCE.code):
    return Finding.objects.filter(kind=kind, benefit=benefit)


def declare(monkeypatch, benefit):
    monkeypatch.setitem(shelf(Benefit)._found, benefit.code, benefit)


def test_it_finds_persons_who_are_missed_and_paid_wrongly_as_it_finds_families(county, cast):
    missed, wrong, right, young = (elder() for _ in range(4))
    Person.objects.filter(pk=young.pk).update(birth_date=dt.date(1946, 11, 1))
    give(cast, wrong, ALLOWANCE, 4900)
    give(cast, right, ALLOWANCE)
    give(cast, young, ALLOWANCE)
    screen(MONTH, county, today=TODAY)
    assert found(Kind.ENTITLED_NOT_RECEIVING).get().person == missed
    assert found(Kind.WRONG_AMOUNT).get().person == wrong
    assert found(Kind.RECEIVING_NOT_ENTITLED).get().person == young


@pytest.mark.parametrize(("held_fen", "is_missed"), [(5000, False), (4999, True)])
def test_it_misses_nobody_who_has_the_better_of_two_that_exclude_each_other(
    county, cast, monkeypatch, held_fen, is_missed
):
    declare(monkeypatch, replace(ALLOWANCE, excludes=(Exclusion(NURSING.code, "测试第一条"),)))
    give(cast, elder(), NURSING, held_fen)
    screen(MONTH, county, today=TODAY)
    assert found(Kind.ENTITLED_NOT_RECEIVING).exists() is is_missed


def test_it_finds_whoever_holds_two_benefits_that_exclude_each_other(county, cast, monkeypatch):
    person = elder()
    give(cast, person, ALLOWANCE)
    give(cast, person, NURSING)
    declare(monkeypatch, replace(ALLOWANCE, excludes=(Exclusion(NURSING.code, "测试第一条"),)))
    screen(MONTH, county, today=TODAY)
    assert "重度残疾人护理补贴”，两项不能同时享受（测试第一条）" in in_words(found(Kind.OVERLAP).get())


@pytest.mark.parametrize(("moved_on", "is_found"), [("2026-09-30", True), ("2026-10-01", False)])
def test_it_finds_whoever_moved_to_another_county_before_the_month(county, cast, moved_on, is_found):
    person = elder()
    give(cast, person, ALLOWANCE)
    Person.objects.filter(pk=person.pk).update(hukou_region="431228000000")
    person.life_events.create(kind="move", happened_on=moved_on, source="公安")
    screen(MONTH, county, today=TODAY)
    assert found(Kind.MOVED_OUT).exists() is is_found


def test_it_finds_a_twin_in_the_next_county_without_telling_who_that_is(county, cast, regions):
    village = Region.objects.create(
        code="431228101200", name="某村", full_name="芷江某村", level=5, since="2000-01-01", source="测试",
        parent=regions["431228000000"],
    )  # fmt: skip
    twin = {"name": "同一人", "birth_date": dt.date(1950, 1, 1)}
    here = elder(id_no="431227195001010011", **twin)
    there = elder(region=village.code, id_no="431227195001010111", **twin)
    for region in (county, regions["431228000000"]):
        screen(MONTH, region, today=TODAY)
    own, other = (Finding.objects.get(kind=Kind.DUPLICATE, person=one) for one in (here, there))
    assert own.detail["elsewhere"] == "431228000000" and other.detail["elsewhere"] == "431227000000"
    assert own.detail["pair"] == other.detail["pair"]
    assert str(there.pk) not in str(own.detail.values()) and there.id_no not in str(own.detail)
    assert "芷江" in in_words(own)


def test_it_says_which_standard_is_missing_and_goes_on_with_the_rest(county, cast, settings, capsys):
    """Nobody has set the allowance in Henan: nothing is said about it there, and no old finding is closed."""
    from minzheng.cli import main

    elder()
    screen(MONTH, county, today=TODAY)
    before = found(Kind.ENTITLED_NOT_RECEIVING).count()
    settings.STANDARDS_SET = "henan"
    assert main(["screen", "--month", "2026-10", "--region", "431227"]) == 1
    assert "高龄津贴没有筛查：标准" in capsys.readouterr().err
    assert found(Kind.ENTITLED_NOT_RECEIVING).exclude(state="closed").count() == before == 1
