"""What happens by lapse of time, and clocks that stand still."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from minzheng.business.assistance.items import A1
from minzheng.business.assistance.tests.families import FATHER
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.api import open_case, submit
from minzheng.foundation.cases.clocks import run_clocks
from minzheng.foundation.cases.guards import GUARDS
from minzheng.foundation.cases.jobs import make_due_moves
from minzheng.foundation.cases.models import CasePerson, Lamp
from minzheng.foundation.people.models import Person


def test_it_lets_lapse_what_was_not_corrected_in_time_and_only_once(journey):
    way = journey()
    submit(way.as_("xiuying"), way.case)
    way.move("clerk", "ask_correction", {})
    assert not make_due_moves(dt.date(2026, 4, 1))
    assert make_due_moves(dt.date(2026, 4, 2)) == {"逾期未补正，办结": 1}
    assert not make_due_moves(dt.date(2026, 4, 2))
    way.case.refresh_from_db()
    assert way.case.outcome == "lapsed"
    assert way.case.moves.last().actor is None and way.case.moves.last().role == "system"


def test_it_stands_still_in_a_step_that_the_rule_excludes_and_then_goes_on(journey):
    """No clock of A1 pauses; the engine is shown one that would."""
    way = journey().submit().accept()
    pausing = replace(A1, clocks=tuple(replace(clock, pauses=("correction",)) for clock in A1.clocks))
    case, clock = way.case, way.case.clocks.get(key="total")
    case.step = "correction"
    run_clocks(case, pausing, (), dt.date(2026, 3, 6))
    clock.refresh_from_db()
    assert clock.lamp(dt.date(2026, 6, 1)) == Lamp.PAUSED
    assert clock.in_words(dt.date(2026, 6, 1)) == "已暂停，剩 26 个工作日"
    assert case.due_on is None
    case.step = "survey"
    run_clocks(case, pausing, (), dt.date(2026, 3, 13))
    clock.refresh_from_db()
    # five working days waited, five later: 2026-04-14 → 2026-04-21
    assert (clock.paused_on, clock.due_on) == (None, dt.date(2026, 4, 21))


def test_it_leaves_the_last_word_on_double_applications_to_the_database(journey, cast, monkeypatch):
    way = journey().submit()
    father = Person.objects.create(name="吴永贵", id_no=FATHER, region=way.case.region)
    second = open_case(way.as_("clerk"), "A1", father, way.case.region, "desk", way.case.data)
    monkeypatch.setitem(GUARDS, "nobody_applies_twice", lambda access, case: None)
    with pytest.raises(Refused, match="刚刚在另一份申请中提交"):
        submit(way.as_("clerk"), second)
    with pytest.raises(IntegrityError), transaction.atomic():
        CasePerson.objects.filter(case=second).update(is_live=True)


def test_it_keeps_apart_the_case_of_a_family_that_says_it_is_related(journey):
    way = journey()
    way.case.data["related_staff"] = True
    way.case.save()
    assert way.submit().accept().case.separate_record
