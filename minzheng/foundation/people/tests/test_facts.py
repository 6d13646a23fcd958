"""Which of several sources is believed, and on which day."""

import datetime as dt

import pytest

from minzheng.foundation.people.facts import CHECKED, DECLARED, VISITED, facts_document
from minzheng.foundation.people.models import FactSheet, Household, Membership, Person

ON = dt.date(2026, 9, 1)
VILLAGE = "431227107203"


@pytest.fixture
def household(cast):
    head = cast["xiuying"].person
    household = Household.objects.create(
        region_id=VILLAGE, category="rural", head=head, since=dt.date(2010, 1, 1)
    )
    Membership.objects.create(household=household, person=head, relation="户主", since=household.since)
    return household


def say(subject, source, since="2026-01-01", until=None, **values):
    field = "household" if isinstance(subject, Household) else "person"
    FactSheet.objects.create(**{field: subject}, values=values, source=source, since=since, until=until)


def deposits(household, on=ON):
    return facts_document(household, on)["household"].get("deposits")


def test_it_answers_from_the_master_record(household):
    document = facts_document(household, ON)
    assert document["household"] == {"category": "农村"}
    assert document["members"] == [
        {"who": "户主", "relation": "本人", "birth_date": "1979-03-08", "sex": "女", "alive": True}
    ]
    assert (document["region"], document["on"], document["amounts"]) == (VILLAGE, "2026-09-01", "fen")


@pytest.mark.parametrize("better", [VISITED, CHECKED, "政务数据共享"])
def test_it_believes_anyone_more_than_the_declaration_even_a_later_one(household, better):
    say(household, better, since="2026-01-01", deposits=900)
    say(household, DECLARED, since="2026-08-01", deposits=100)
    assert deposits(household) == 900


def test_it_believes_the_data_check_more_than_the_visit(household):
    say(household, CHECKED, deposits=900)
    say(household, VISITED, since="2026-08-01", deposits=500)
    assert deposits(household) == 900


def test_it_believes_the_later_sheet_of_one_source(household):
    say(household, DECLARED, since="2026-02-01", deposits=200)
    say(household, DECLARED, since="2026-01-01", deposits=100)
    assert deposits(household) == 200


def test_it_forgets_a_check_on_the_day_it_expires(household):
    say(household, DECLARED, deposits=100)
    say(household, CHECKED, until="2026-09-01", deposits=900)
    assert deposits(household, dt.date(2026, 8, 31)) == 900
    assert deposits(household, dt.date(2026, 9, 1)) == 100


def test_it_does_not_know_a_fact_before_its_first_day(household):
    say(household, DECLARED, since="2026-09-02", deposits=100)
    assert deposits(household, dt.date(2026, 9, 1)) is None
    assert deposits(household, dt.date(2026, 9, 2)) == 100


def test_it_lets_an_empty_answer_hide_nothing(household):
    say(household, DECLARED, deposits=100)
    say(household, CHECKED, deposits=None, cars=1)
    assert facts_document(household, ON)["household"] == {"deposits": 100, "cars": 1, "category": "农村"}


def test_it_tells_two_children_apart_without_naming_them(household):
    for order, name in enumerate(("杨一", "杨二"), 1):
        child = Person.objects.create(name=name, region_id=VILLAGE, birth_date=dt.date(2010 + order, 1, 1))
        Membership.objects.create(
            household=household, person=child, relation="子", order=order, since=child.birth_date
        )
    members = facts_document(household, ON)["members"]
    assert [member["who"] for member in members] == ["户主", "子", "子2"]
    assert "杨一" not in str(members)
