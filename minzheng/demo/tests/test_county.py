"""The invented county: repeatable, believable, valid in every number."""

import datetime as dt
from collections import Counter
from random import Random

import pytest

from minzheng.demo.county import numbers
from minzheng.demo.county.families import AS_OF
from minzheng.demo.county.load import make_county, write_county
from minzheng.demo.county.trouble import DUPLICATE, HOW_MANY
from minzheng.foundation.people.id_numbers import parse_id_number
from minzheng.foundation.people.models import Household, Membership, Person
from minzheng.foundation.regions.load import load


@pytest.fixture
def county(db):
    load("431227")
    return make_county(households=2000)


def test_it_makes_the_same_people_from_the_same_seed(county):
    again, _ = make_county(households=2000)
    assert [m.id_no for f in again for m in f.members] == [m.id_no for f in county[0] for m in f.members]


def test_it_gives_everyone_a_valid_and_unique_identity_number(county):
    members = [member for family in county[0] for member in family.members]
    for member in members:
        read = parse_id_number(member.id_no, dt.date(2026, 11, 1))
        assert (read.birth_date, read.sex) == (member.birth, member.sex)
    assert len({member.id_no for member in members}) == len(members)


def test_it_is_a_mountain_county_of_old_people_and_left_behind_children(county):
    members = [member for family in county[0] for member in family.members]
    ages = Counter("old" if m.age() >= 60 else "child" if m.age() < 16 else "able" for m in members)
    assert 0.22 < ages["old"] / len(members) < 0.35
    assert 0.12 < ages["child"] / len(members) < 0.28
    alone = [
        f
        for f in county[0]
        if any(m.age() < 16 for m in f.members) and all(m.age() < 16 or m.age() > 50 for m in f.members)
    ]
    assert len(alone) > 100


def test_it_has_nobody_born_in_the_future_and_no_mother_younger_than_fifteen(county):
    for family in county[0]:
        assert all(member.birth <= AS_OF for member in family.members)
        mothers = [m for m in family.members if m.sex == "2" and m.relation in ("户主", "配偶")]
        children = [m for m in family.members if m.relation in ("子", "女")]
        assert all(mother.age() - child.age() >= 15 for mother in mothers for child in children)


def test_it_has_accounts_that_a_bank_would_accept():
    for _ in range(50):
        _, account = numbers.bank_account(Random(7))
        doubled = [int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(account))]
        assert sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def test_it_plants_as_much_trouble_as_it_says(county):
    planted = county[1]
    assert {kind: len(families) for kind, families in planted.families.items()} == HOW_MANY
    first, twin = planted.people[DUPLICATE][:2]
    assert first.name == twin.name and first.birth == twin.birth and first.id_no != twin.id_no


def test_it_writes_everyone_and_keeps_the_next_key_free(county):
    families, planted = county
    write_county(families, planted)
    people = sum(len(family.members) for family in families)
    assert (Person.objects.count(), Household.objects.count()) == (people, len(families))
    assert Membership.objects.filter(until=None).count() == people
    head = families[0].head
    assert Household.objects.get(pk=families[0].key).head.name == head.name
    assert Person.objects.create(name="新人", region_id=families[0].region).pk > families[-1].members[-1].key
