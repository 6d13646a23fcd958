"""Both parents have died: somebody is sent who helps to apply; nothing is applied for or granted by itself (handbook 0.7)."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.children.tests.journey import FATHER_DEAD, VILLAGE, Journey, a_child
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.cases.models import Case
from minzheng.foundation.life_events.actions import undo_life_event
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import Household, LifeEventKind, Membership, Person
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


def a_person(name, sex, born, id_no=None):
    return Person.objects.create(
        name=name, sex=sex, birth_date=born, id_no=id_no, region_id=VILLAGE, hukou_region_id=VILLAGE
    )


@pytest.fixture
def couple(cast):
    return a_person("杨建军", "1", "1985-01-01"), a_person("田桂花", "2", "1988-10-02", "431227198810020029")


def live_together(*members):
    home = Household.objects.create(
        region_id=VILLAGE, category="rural", head=members[0][0], since=dt.date(2015, 1, 1)
    )
    for order, (person, relation) in enumerate(members):
        Membership.objects.create(
            household=home, person=person, relation=relation, order=order, since=home.since
        )


def dies(access, person, day=DAY):
    return record_life_event(access("clerk", day), person, LifeEventKind.DEATH, day, "死亡证明")


def sent():
    tasks = Task.objects.filter(kind="children.orphaned").order_by("pk")
    return list(tasks.values_list("person__name", "office_id", "state"))


def test_the_village_is_sent_when_the_second_parent_dies_and_nothing_more_happens(access, couple):
    father, mother = couple
    boy, grown = a_child(), a_child("2008-03-02", "杨大宝")  # of age on that very day
    live_together(
        (father, "户主"), (mother, "妻"), (boy, "子"), (grown, "长子"), (a_child(name="田小妹"), "继女")
    )
    dies(access, father, DAY - dt.timedelta(days=30))
    assert sent() == []
    event = dies(access, mother)
    assert sent() == [("杨小宝", VILLAGE, "open")]
    assert not Case.objects.exists() and not Entitlement.objects.exists()
    undo_life_event(access("township", DAY), event, "登记错了人")
    assert sent() == [("杨小宝", VILLAGE, "withdrawn")]
    mother.refresh_from_db()
    dies(access, mother, DAY + dt.timedelta(days=1))
    assert sent()[1:] == [("杨小宝", VILLAGE, "open")], "it was true after all"


def test_nothing_is_concluded_where_the_other_parent_is_not_known(access, couple):
    father, mother = couple
    live_together((father, "户主"), (a_child(), "子"))
    dies(access, father)
    dies(access, mother)
    assert sent() == []


@pytest.mark.parametrize(("mother_of_file", "known"), [("死亡", True), ("失踪", True), ("失联", False)])
def test_the_register_of_parents_goes_before_the_household(access, couple, mother_of_file, known):
    """The father of the file dies; what is known of its mother decides, whoever else lives in the house."""
    father, mother = couple
    father.id_no = "431227198501010011"
    father.save()
    child = a_child()
    live_together((father, "户主"), (mother, "妻"), (child, "子"))
    of_file = {"father_state": "正常", "father_name": father.name, "father_id_no": father.id_no}
    of_file |= {"mother_state": mother_of_file, "mother_since": "2025-01-01"}
    Journey(access, "C2", child, DAY, **of_file).move("clerk", "accept")
    dies(access, mother)
    dies(access, father)
    assert sent() == ([("杨小宝", VILLAGE, "open")] if known else [])


def test_nobody_is_sent_to_whose_application_is_under_way(access, couple):
    _, mother = couple
    child = a_child()
    of_mother = {"mother_state": "正常", "mother_name": mother.name, "mother_id_no": mother.id_no}
    stated = FATHER_DEAD | of_mother | {"in_institution": False, "parents_not_found": False}
    Journey(access, "C1", child, DAY, **stated).move("clerk", "accept")
    dies(access, mother)
    assert sent() == []
