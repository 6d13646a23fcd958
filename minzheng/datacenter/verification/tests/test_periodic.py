"""The periodic check: recipients with a consent, in bulk; facts written in two statements; twice is once."""

import datetime as dt

import pytest
from django.utils import timezone

from minzheng.business.assistance.tests.families import CHILD, FATHER
from minzheng.datacenter.verification.asking import ask_due
from minzheng.datacenter.verification.consents import withdraw
from minzheng.datacenter.verification.models import Check
from minzheng.datacenter.verification.periodic import open_month, write_facts
from minzheng.datacenter.verification.tests.conftest import EVERYBODY, MOTHER, normal
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.people.models import FactSheet
from minzheng.foundation.registry.words import shelf

MONTH, TODAY = dt.date(2026, 5, 1), dt.date(2026, 5, 20)
NOW = dt.datetime(2026, 5, 20, 9, tzinfo=timezone.get_default_timezone())
COUNTY = "431227000000"


@pytest.fixture
def granted(journey, departments):
    return journey.survey().conclude().propose().publicise().decide()


def opened(regions, today=TODAY):
    return open_month(regions[COUNTY], shelf(Benefit).get("dibao"), MONTH, today)


def sheets(case):
    found = FactSheet.objects.filter(source="核对", since=TODAY)
    members = {one.person.id_no: one.values for one in found.exclude(person=None)}
    return members, found.filter(household=case.household).first()


def test_it_asks_in_bulk_writes_the_familys_facts_and_does_nothing_twice(granted, regions, departments):
    departments.facts["police.vehicles"] = {
        one: normal(cars=[{"id": "湘N00001", "title": "小型轿车"}]) for one in (MOTHER, FATHER)
    }
    found = opened(regions)
    assert (found.people, found.without) == (3, 0)
    ask_due(found.check, NOW)
    found.check.refresh_from_db()
    assert write_facts(found.check) == 4
    members, family = sheets(granted.case)
    assert set(members) == EVERYBODY
    assert members[MOTHER] == {
        "resident_pension": 0,
        "resident_pension_central": 0,
    }  # wages: an incomplete register
    assert family.values == {"deposits": 320_050, "securities": 0, "internet_finance": 0, "cars": 1}
    assert family.until == TODAY + dt.timedelta(days=181)
    asked = {source: len(ids) for source, ids in departments.asked.items()}
    again = opened(regions)
    ask_due(again.check, NOW)
    again.check.refresh_from_db()
    assert (again.is_new, write_facts(again.check)) == (False, 0)
    assert {source: len(ids) for source, ids in departments.asked.items()} == asked


def test_it_asks_nobody_without_a_consent_in_force_and_leaves_that_familys_sum_unknown(
    granted, regions, departments, access
):
    father = granted.case.authorisations.get(person__id_no=FATHER)
    withdraw(access("clerk", TODAY), father, "5月19日到窗口提出")
    found = opened(regions)
    assert (found.people, found.without) == (2, 1)
    ask_due(found.check, NOW)
    assert all(set(about[0]) == {MOTHER, CHILD} for about in departments.people.values())
    found.check.refresh_from_db()
    write_facts(found.check)
    members, family = sheets(granted.case)
    assert set(members) == {MOTHER, CHILD} and family is None


@pytest.mark.parametrize(("day", "people"), [(dt.date(2029, 2, 28), 3), (dt.date(2029, 3, 1), 0)])
def test_it_respects_the_last_day_of_a_consent(granted, regions, day, people):
    assert opened(regions, day).people == people


def test_it_refuses_a_month_that_has_not_begun_and_an_installation_without_departments(
    granted, regions, settings, tmp_path
):
    with pytest.raises(Refused, match="还没有开始"):
        open_month(regions[COUNTY], shelf(Benefit).get("dibao"), dt.date(2026, 6, 1), TODAY)
    settings.SOURCES = tmp_path / "none.json"
    with pytest.raises(Refused, match="还没有接入任何部门"):
        opened(regions)
    assert not Check.objects.exists()
