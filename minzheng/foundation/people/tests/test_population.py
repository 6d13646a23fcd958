"""The counter path and the column path read the same facts out of the same sheets."""

import datetime as dt

import pytest

from minzheng.foundation.people.facts import CHECKED, DECLARED, facts_documents
from minzheng.foundation.people.models import FactSheet, Household, Membership, Person
from minzheng.foundation.people.population import population_columns
from minzheng.foundation.rules import default_counter

ON = dt.date(2026, 9, 1)
PREFIX = "431227"


@pytest.fixture
def households(regions):
    """Three households: one of two people, one of one, and one in another county."""
    made = []
    for village, people in (("431227107203", 2), ("431227101200", 1), ("431228000000", 1)):
        persons = [
            Person.objects.create(name=f"人{n}", region_id=village, sex="2", birth_date=dt.date(1960, 2, 29))
            for n in range(people)
        ]
        household = Household.objects.create(
            region_id=village, category="rural", head=persons[0], since=dt.date(2010, 1, 1)
        )
        for order, person in enumerate(persons):
            relation = "配偶" if order else "户主"
            Membership.objects.create(
                household=household, person=person, relation=relation, order=order, since=household.since
            )
        made.append(household)
    return made


def say(subject, source=DECLARED, **values):
    field = "household" if isinstance(subject, Household) else "person"
    FactSheet.objects.create(**{field: subject}, values=values, source=source, since=dt.date(2026, 1, 1))


def columns(*names, prefix=PREFIX):
    return population_columns(prefix, ON, names, default_counter().book.catalogue)


def test_it_reads_the_region_it_was_asked_for(households):
    read = columns("birth_date")
    assert read.household_ids.tolist() == [households[0].pk, households[1].pk]
    assert read.member_count.tolist() == [2, 1]
    assert [read.regions[i] for i in read.region_index] == ["431227107203", "431227101200"]
    assert columns("birth_date", prefix="4312").member_count.tolist() == [2, 1, 1]


def test_it_gives_nothing_for_a_region_where_nobody_lives(regions):
    read = columns("birth_date", "deposits")
    assert (len(read.household_ids), len(read.members["birth_date"][0])) == (0, 0)


def test_it_tells_unknown_from_none_and_fills_in_what_law_lets_absence_mean(households):
    say(households[0], deposits=500)
    say(households[0].head, wage=0)
    read = columns("deposits", "wage", "serious_illness")
    assert read.households["deposits"][1].tolist() == [True, False]
    assert read.households["deposits"][0][0] == 500
    assert read.members["wage"][1].tolist() == [True, False, False]
    assert read.members["serious_illness"][1].all() and not read.members["serious_illness"][0].any()


def test_it_believes_the_same_source_as_the_counter(households):
    say(households[0], CHECKED, deposits=900)
    say(households[0], DECLARED, deposits=100)
    assert columns("deposits").households["deposits"][0][0] == 900


def test_it_reads_every_fact_exactly_as_the_counter_does(households):
    say(households[0].head, education="本科", full_time_study=True, wage=120, disability_type="精神")
    say(households[1], houses=2, exit_decided_on="2026-08-31", dibao_class="B类", receiving_dibao=True)
    Person.objects.filter(pk=households[1].head_id).update(died_on=ON)
    catalogue = default_counter().book.catalogue
    names = [fact.name for fact in catalogue]
    read = columns(*names)
    documents = [default_counter().facts(d, standards="demo") for d in facts_documents(households[:2], ON)]
    members = [member for document in documents for member in document.members]
    for fact in catalogue:
        values, known = (read.households if fact.entity == "household" else read.members)[fact.name]
        rows = [d.household for d in documents] if fact.entity == "household" else members
        column = [value.item() if is_known else None for value, is_known in zip(values, known, strict=True)]
        assert column == [row.get(fact.name) for row in rows], fact.name
