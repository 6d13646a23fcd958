"""主动发放 (S-030): from the birthday to the money without an application; two officers, and the person may say no."""

import datetime as dt

import pytest

from minzheng.business.elderly.benefits import ALLOWANCE
from minzheng.cli import main
from minzheng.datacenter.proactive.actions import confirm, decline, dismiss, drop, object_to, publish
from minzheng.datacenter.proactive.listing import list_month
from minzheng.datacenter.proactive.models import Offer, State
from minzheng.datacenter.screening.models import Finding, Kind, Result
from minzheng.datacenter.screening.screen import screen
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.timeline import owed_in
from minzheng.foundation.people.models import Household, Membership, Person
from minzheng.foundation.tasks.models import Task

MONTH, TODAY = dt.date(2026, 10, 1), dt.date(2026, 10, 20)
VILLAGE = "431227107203"


@pytest.fixture
def county(cast, regions):
    return regions["431227000000"]


def elder(born, **fields):
    """An old person who lives alone in 新村."""
    person = Person.objects.create(name="吴老", sex="1", birth_date=born, region_id=VILLAGE, **fields)
    household = Household.objects.create(
        region_id=VILLAGE, category="rural", head=person, since=dt.date(2020, 1, 1)
    )
    Membership.objects.create(household=household, person=person, relation="户主", since=dt.date(2020, 1, 1))
    return person


def listed(county, month=MONTH, today=TODAY):
    list_month(month, county, today)
    return Offer.objects.filter(benefit=ALLOWANCE.code)


def officer(cast, name, day=TODAY):
    return Access(cast[name], day)


@pytest.fixture
def offer(county, cast):
    elder("1946-10-31")
    return listed(county).get()


@pytest.mark.parametrize(
    ("born", "is_listed"), [("1946-10-31", True), ("1946-11-01", False), ("1946-10-01", True)]
)
def test_it_lists_whoever_reaches_the_age_within_the_month(county, born, is_listed):
    elder(born)
    assert listed(county).exists() is is_listed


@pytest.mark.parametrize(
    ("born", "first"),
    [
        ("1946-10-31", "2026-10-01"),
        ("1946-05-20", "2026-05-01"),
        ("1946-04-30", "2026-04-01"),
        ("1946-03-31", "2026-04-01"),
    ],
)
def test_it_pays_back_from_the_birthday_and_six_months_at_the_most(county, born, first):
    elder(born)
    assert listed(county).get().first_month == dt.date.fromisoformat(first)


def test_it_pays_each_month_back_at_the_band_of_that_month(county, cast):
    """90 in August: 50 yuan until July, 100 from August (DEMO bands)."""
    person = elder("1936-08-15")
    offer = listed(county).get()
    assert offer.spans == [["2026-04-01", "2026-07-01", 5000], ["2026-08-01", None, 10000]]
    publish(officer(cast, "reviewer"), offer)
    confirm(officer(cast, "approver", dt.date(2026, 10, 28)), offer)
    right = Entitlement.objects.get(person=person)
    months = [dt.date(2026, month, 1) for month in (3, 4, 7, 8, 10)]
    assert [owed_in(right, month) for month in months] == [0, 5000, 5000, 10000, 10000]


def test_it_adds_nobody_twice_and_asks_nobody_again_who_said_no(county, cast):
    elder("1946-10-31")
    elder("1940-02-02")
    first, second = listed(county)
    decline(officer(cast, "clerk"), first, note="当面表示不要")
    for month in (MONTH, dt.date(2026, 11, 1)):
        list_month(month, county, dt.date(2026, 11, 20))
    assert set(Offer.objects.values_list("pk", "state")) == {
        (first.pk, State.DECLINED),
        (second.pk, State.LISTED),
    }


@pytest.mark.covers("S-030", by="minzheng/datacenter/proactive/actions.py", screen="/desk/registers/offers/")
def test_it_grants_after_the_publicity_by_another_person_and_closes_the_finding(county, cast, offer):
    screen(MONTH, county, today=TODAY)
    missed = Finding.objects.get(kind=Kind.ENTITLED_NOT_RECEIVING, benefit=ALLOWANCE.code)
    assert missed.state == "found"  # nobody is sent to visit whom the county pays anyway
    with pytest.raises(Refused, match="公示期满"):
        confirm(officer(cast, "approver"), offer)
    publish(officer(cast, "reviewer"), offer)
    with pytest.raises(Refused, match="2026年10月27日"):
        confirm(officer(cast, "approver", dt.date(2026, 10, 27)), offer)
    with pytest.raises(Refused, match="同一个人"):
        confirm(officer(cast, "reviewer", dt.date(2026, 10, 28)), offer)
    confirm(officer(cast, "approver", dt.date(2026, 10, 28)), offer)
    right = Entitlement.objects.get()
    assert (right.since_month, owed_in(right, MONTH), right.case_id) == (MONTH, 5000, None)
    assert (offer.state, offer.entitlement) == (State.GRANTED, right)
    missed.refresh_from_db()
    assert missed.result == Result.CONFIRMED


def test_it_pays_nothing_while_somebody_objects(cast, offer):
    county = officer(cast, "reviewer")
    publish(county, offer)
    object_to(officer(cast, "clerk"), offer, note="户籍已迁走")
    with pytest.raises(Refused, match="有异议"):
        confirm(officer(cast, "approver", dt.date(2026, 10, 28)), offer)
    dismiss(county, offer, note="查户籍仍在本村")
    confirm(officer(cast, "approver", dt.date(2026, 10, 28)), offer)
    with pytest.raises(Refused, match="已发放"):
        drop(county, offer, note="晚了")


def test_it_never_grants_on_unknown_facts_but_sends_somebody_to_ask(county):
    elder(None)
    assert not listed(county).exists()
    assert Task.objects.get().kind == "proactive.facts"
    list_month(MONTH, county, TODAY)
    assert Task.objects.count() == 1


def test_it_refuses_to_pay_the_dead_and_officers_elsewhere(cast, offer):
    publish(officer(cast, "reviewer"), offer)
    with pytest.raises(Exception, match="没有办理"):
        drop(officer(cast, "outsider"), offer, note="不是我的县")
    Person.objects.filter(pk=offer.person_id).update(died_on="2026-10-25")
    offer.person.refresh_from_db()
    with pytest.raises(Refused, match="已登记去世"):
        confirm(officer(cast, "approver", dt.date(2026, 10, 28)), offer)


def test_it_lists_by_command_and_refuses_a_month_that_has_not_begun(county, capsys):
    elder("1930-01-01")
    assert main(["proactive", "--month", "2026-10", "--region", "431227"]) == 0
    assert "新列入名单 1 人" in capsys.readouterr().out
    assert main(["proactive", "--month", "2999-01"]) == 2
    assert main(["proactive", "--month", "2026-10", "--region", "999999"]) == 1
