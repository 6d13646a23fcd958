"""Service gaps: found by visits and by the registers, planned, given, confirmed by another who asked the child (S-128)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.business.children.gaps.actions import (
    confirm_gap,
    drop_gap,
    plan_gap,
    provide,
    record_gap,
    return_gap,
)
from minzheng.business.children.gaps.looking import look_for_gaps
from minzheng.business.children.jobs import open_due
from minzheng.business.children.models import CareAgreement, ChildFile, ServiceGap
from minzheng.foundation.actions import Refused
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.visits import Position, VisitDraft, record_visit

pytestmark = pytest.mark.django_db
VILLAGE = "431227107203"
DAY = dt.date(2026, 3, 2)
PLAN = {"plan": "联系镇中心小学辅导老师", "provider": "晃洲镇中心小学", "due_on": "2026-03-20"}


@pytest.fixture
def file(cast):
    return ChildFile.objects.create(
        name="杨小宝", id_no="431227201603100012", region_id=VILLAGE, group="left_behind", carer_name="杨大年",
        carer_relation="祖父", risk="high", risk_reason="祖父年迈", interviewed_on=DAY, state="kept", approved_on=DAY,
    )  # fmt: skip


@pytest.fixture
def agreed(file):
    return CareAgreement.objects.create(
        file=file, region_id=VILLAGE, parent_name="杨建国", parent_phone="14400001234", carer_name="杨大年",
        carer_id_no="", carer_relation="祖父", signed_on=DAY, until=dt.date(2026, 9, 1), child_consents=True,
    )  # fmt: skip


def visited(access, file, **record):
    """The director's visit on the phone."""
    open_due(dt.date(2026, 3, 30))
    seen = VisitDraft(
        outcome="well",
        answers={"seen": True, "carer_able": True} | record,
        position=Position(missing="没有信号"),
    )
    task = Task.objects.get(kind="children.visit", state="open")
    record_visit(access("director", dt.date(2026, 3, 30)), task, seen)


@pytest.mark.covers("S-128", by="minzheng/business/children/gaps", screen="/desk/registers/child_gaps/")
def test_a_gap_is_planned_given_and_confirmed_by_another_person_who_asked_the_child(access, cast, file):
    supervisor, director = access("supervisor", DAY), access("director", DAY)
    gap = record_gap(director, file, kind="study", note="数学跟不上")
    with pytest.raises(Refused, match="已经登记"):
        record_gap(director, file, kind="study", note="又一次")
    with pytest.raises(Refused, match="早于今天"):
        plan_gap(director, gap, **PLAN | {"due_on": "2026-03-01"})
    with pytest.raises(Refused, match="待安排"):
        provide(director, gap, given="辅导")
    plan_gap(director, gap, **PLAN)
    plan_gap(supervisor, gap, **PLAN | {"due_on": "2026-03-25"})
    assert list(Task.objects.filter(kind="children.gap").order_by("pk").values_list("state", "due_on")) == [
        ("withdrawn", dt.date(2026, 3, 20)),
        ("open", dt.date(2026, 3, 25)),
    ]
    provide(director, gap, given="每周三辅导一次")
    with pytest.raises(PermissionDenied):
        confirm_gap(director, gap, heard=True)
    with pytest.raises(Refused, match="不能是同一个人"):
        confirm_gap(supervisor, gap, heard=True)
    with pytest.raises(Refused, match="先问过孩子"):
        confirm_gap(access("protection", DAY), gap, heard=False)
    confirm_gap(access("protection", DAY), gap, heard=True)
    gap.refresh_from_db()
    assert (gap.state, gap.closed_on) == ("filled", DAY)
    assert not Task.objects.filter(kind="children.gap").exclude(state="withdrawn").exists()
    assert record_gap(director, file, kind="study", note="下学期又需要").state == "found"


def test_what_did_not_help_is_planned_again_and_what_is_not_needed_is_dropped(access, cast, file):
    supervisor = access("supervisor", DAY)
    gap = record_gap(supervisor, file, kind="mind", note="不愿说话")
    plan_gap(supervisor, gap, **PLAN)
    provide(supervisor, gap, given="社工来了一次")
    return_gap(supervisor, gap, reason="孩子没有见到社工")
    gap.refresh_from_db()
    assert (gap.state, gap.note) == ("found", "不愿说话 退回：孩子没有见到社工")
    drop_gap(supervisor, gap, dropped_for="父母返乡")
    with pytest.raises(Refused, match="不再需要"):
        plan_gap(supervisor, gap, **PLAN)


def test_a_visit_opens_the_gaps_that_were_ticked(access, cast, file, agreed):
    visited(access, file, needs=["学习辅导", "与父母联系"], at_school=False, absent_why="厌学")
    look_for_gaps(dt.date(2026, 3, 31))
    assert list(
        ServiceGap.objects.exclude(kind="identity").order_by("kind").values_list("kind", "found_by")
    ) == [
        ("parents", "visit"), ("school", "visit"), ("study", "visit"),
    ]  # fmt: skip


def test_the_registers_show_gaps_by_night_and_take_them_back_when_they_are_filled(access, cast, file, agreed):
    """On the agreement's last day it still counts; the day after, nobody is entrusted."""
    assert look_for_gaps(dt.date(2026, 9, 1)) == 1, "no master record of the number"
    assert look_for_gaps(dt.date(2026, 9, 2)) == 1
    assert look_for_gaps(dt.date(2026, 9, 2)) == 0
    gap = ServiceGap.objects.get(kind="guardian")
    CareAgreement.objects.update(until=dt.date(2027, 9, 1))
    look_for_gaps(dt.date(2026, 9, 3))
    gap.refresh_from_db()
    assert (gap.state, gap.dropped_for) == ("dropped", "台账显示已经补齐")
    plan_gap(access("supervisor", DAY), ServiceGap.objects.get(kind="identity"), **PLAN)
    ChildFile.objects.update(group="orphan", person=cast["xiuying"].person)
    assert look_for_gaps(dt.date(2026, 9, 4)) == 1, "an orphan who is paid nothing"
    assert ServiceGap.objects.get(kind="identity").state == "planned", "somebody works on it"
