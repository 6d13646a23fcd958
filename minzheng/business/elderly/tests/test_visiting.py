"""Visits to elders: who is listed, when a visit falls due, what moves the list."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.elderly.institutions.models import CarePlace
from minzheng.business.elderly.visiting import rounds
from minzheng.business.elderly.visiting.models import Visited
from minzheng.demo.cast import COUNTY, SIBLING_COUNTY
from minzheng.foundation.events.bus import emit
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import Household, LifeEventKind, Membership, Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.visits import Position, VisitDraft, record_visit

pytestmark = pytest.mark.django_db
NOW = dt.date(2026, 10, 12)
LATER = dt.date(2026, 11, 3)


@pytest.mark.covers("S-105", by="minzheng/business/elderly/visiting", screen="/desk/registers/visiting/")
def test_who_lives_alone_is_listed_visited_when_due_and_again_by_the_risk_that_was_seen(access, elder):
    assert [rounds.enrol(COUNTY, NOW), rounds.enrol(COUNTY, NOW)] == [1, 0]
    one = Visited.objects.get(person=elder)
    assert (one.groups, one.risk, one.next_due) == (
        ["alone", "disabled"],
        "high",
        NOW + dt.timedelta(days=30),
    )
    due = one.next_due
    assert [rounds.send(due - dt.timedelta(days=1)), rounds.send(due), rounds.send(due)] == [0, 1, 0]
    task = Task.objects.get(kind="elderly.visit")
    answers = {"way": "上门", "well": True, "risk": "medium"}
    record_visit(
        access("helper", due), task, VisitDraft("seen", answers=answers, position=Position(27.3, 109.2))
    )
    one.refresh_from_db()
    assert (one.risk, one.next_due - one.last_visit, one.well) == ("medium", dt.timedelta(days=15), True)
    november = dt.date(2026, 11, 1)
    Task.objects.update(done_at=dt.datetime(2026, 11, 11, 9, tzinfo=dt.UTC))
    Visited.objects.update(last_visit=dt.date(2026, 12, 3))  # seen again since: November stays what it was
    assert (rounds.on_time(november).count(), rounds.listed(november).count()) == (1, 1)
    Task.objects.update(outcome="")  # closed at the desk
    assert (rounds.on_time(november).count(), rounds.listed(november).count()) == (0, 1)
    Visited.objects.update(until=dt.date(2026, 11, 30))  # not the whole month
    assert rounds.listed(november).count() == 0


def test_the_list_follows_a_death_in_the_house_a_stay_in_a_home_and_a_move(access, cast, elder):
    wife = Person.objects.create(
        name="吴兰英", birth_date=dt.date(1948, 5, 1), region=elder.region, hukou_region=elder.region
    )
    Membership.objects.create(
        household=Household.objects.get(), person=wife, relation="妻", since=dt.date(2015, 1, 1)
    )
    assert [rounds.enrol(COUNTY, NOW), rounds.enrol(COUNTY, NOW)] == [2, 0]
    rounds.put_on(access("helper", NOW), wife, groups=["left_behind"], risk="low")
    record_life_event(access("clerk", NOW), elder, LifeEventKind.DEATH, NOW, "医院报告")
    rounds.enrol(COUNTY, NOW)
    one = Visited.objects.get(person=wife)
    assert (one.groups, Visited.objects.get(person=elder).until) == (["alone", "left_behind"], NOW)

    place = CarePlace.objects.create(person=wife, kind="institution", since=NOW)
    emit("home.admitted", person=wife.pk, on=NOW.isoformat(), facility=0)
    assert rounds.enrol(COUNTY, NOW) == 0  # looked after where she lives
    CarePlace.objects.filter(pk=place.pk).update(until=LATER)
    assert [rounds.enrol(COUNTY, LATER), rounds.enrol(COUNTY, LATER)] == [1, 0]
    one.refresh_from_db()
    assert (one.until, one.since, one.next_due) == (None, LATER, LATER + dt.timedelta(days=30))

    rounds.send(one.next_due)
    there = Region.objects.get(code=SIBLING_COUNTY)
    record_life_event(
        access("clerk", one.next_due), wife, LifeEventKind.MOVE, one.next_due, "公安户籍", to_region=there
    )
    rounds.send(one.next_due + dt.timedelta(days=1))
    sent = Task.objects.filter(kind="elderly.visit", person=wife).order_by("pk")
    assert list(sent.values_list("region_id", "state")) == [
        (elder.region_id, "withdrawn"), (SIBLING_COUNTY, "open"),
    ]  # fmt: skip
