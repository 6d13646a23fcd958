"""The old-age allowance: by application for those who were missed, bands by birthday, moves, the month's list (DC3, DC6)."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.elderly.benefits import ALLOWANCE, age_reached
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.ages import turn_ages
from minzheng.foundation.benefits.due import first_month_of
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.timeline import Why, owed_in
from minzheng.foundation.cases.api import do_move, open_case, save_draft, submit
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEventKind, Person
from minzheng.foundation.regions.models import Region

OPINION = {"opinion": "符合规定。"}
NOW = dt.date(2026, 11, 10)


def month(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text}-01")


@pytest.fixture
def old(cast):
    """杨秀英, made as old as a test needs."""

    def of(born: str) -> Person:
        person = cast["xiuying"].person
        person.birth_date = dt.date.fromisoformat(born)
        person.save()
        return person

    return of


def applied(access, person: Person, on: dt.date, decided: dt.date) -> Entitlement:
    """Handed in by herself, through all offices."""
    citizen = access("xiuying", on)
    citizen.user.person.refresh_from_db()
    case = open_case(citizen, "E1", citizen.user.person, person.region)
    answers = {"address": "3组", "phone": "14400001234", "bank_name": "农商行", "promise": True}
    save_draft(citizen, case, answers | {"bank_account": "6217000000000000003"})
    submit(citizen, case)
    do_move(access("clerk", on), case, "accept")
    do_move(access("township", on), case, "propose_grant", OPINION)
    do_move(access("approver", decided), case, "grant", OPINION)
    return Entitlement.objects.get(benefit="elder_allowance", person=person)


@pytest.mark.django_db
def test_it_pays_from_the_month_in_which_eighty_is_reached(access, old):
    right = applied(access, old("1946-09-30"), NOW, NOW)
    assert [owed_in(right, month(m)) for m in ("2026-08", "2026-09", "2026-11")] == [0, 5000, 5000]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("born", "first"), [("1946-05-01", "2026-05"), ("1946-04-30", "2026-05"), ("1940-01-01", "2026-05")]
)
def test_it_pays_at_most_six_months_back(old, born, first):
    """Applied in November: May is the sixth month before it."""
    assert first_month_of(ALLOWANCE, old(born), NOW, NOW) == month(first)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("born", "reached"),
    [("1946-02-28", "2026-02-28"), ("1948-02-29", "2028-02-29"), ("1946-12-31", "2026-12-31")],
)
def test_it_counts_from_the_birthday(old, born, reached):
    assert age_reached(old(born), NOW) == dt.date.fromisoformat(reached)


@pytest.mark.django_db
def test_back_pay_over_a_ninetieth_birthday_has_both_amounts(access, old):
    right = applied(access, old("1936-08-20"), NOW, NOW)
    assert [owed_in(right, month(m)) for m in ("2026-07", "2026-08", "2026-11")] == [5000, 10_000, 10_000]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("born", "night", "owed"),
    [
        ("1936-11-30", "2026-11-01", 10_000),
        ("1936-12-01", "2026-11-30", 5000),
        ("1926-11-10", "2026-11-10", 30_000),
        ("1936-02-29", "2026-02-01", 10_000),
    ],
)
def test_the_ninetieth_and_hundredth_birthday_change_the_amount_by_themselves(access, old, born, night, owed):
    """Born on 29 February 1936: ninety on 28 February 2026 (DC3)."""
    person, day = old(born), dt.date.fromisoformat(night)
    since = dt.date(2025, 12, 1)
    right = grant(
        access("approver", since), person, code="elder_allowance", amount_fen=5000, reached_on=since,
        why=Why("granted", "测试", since),
    )  # fmt: skip
    turn_ages(day)
    assert owed_in(right, day.replace(day=1)) == owed
    assert turn_ages(day) == 0, "a second run finds nothing to do"


@pytest.mark.django_db
def test_the_old_place_pays_the_month_of_the_move_and_the_new_one_the_next(access, old):
    person = old("1940-01-01")
    right = applied(access, person, NOW, NOW)
    new_home = Region.objects.create(
        code="431228001001", name="测试村", full_name="湖南省怀化市芷江侗族自治县测试村", level=5,
        parent_id="431228000000", since=dt.date(2000, 1, 1), source="测试",
    )  # fmt: skip
    moved = dt.date(2026, 11, 12)
    record_life_event(
        access("clerk", moved), person, LifeEventKind.MOVE, moved, "公安户籍", to_region=new_home
    )
    right.refresh_from_db()
    assert (right.state, right.until_month) == (State.ENDED, month("2026-11"))
    new = Entitlement.objects.get(benefit="elder_allowance", region=new_home)
    assert new.since_month == month("2026-12") and owed_in(new, month("2026-12")) == 5000
