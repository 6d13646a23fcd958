"""A child's file when the child dies, comes of age or moves; and that no child drops out of the visits (handbook 0.7)."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.children.gaps.actions import plan_gap, record_gap
from minzheng.business.children.jobs import open_due
from minzheng.business.children.models import ChildFile, Officer, ServiceGap
from minzheng.demo.cast import SIBLING_COUNTY
from minzheng.foundation.life_events.actions import undo_life_event
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEventKind, Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.tasks.actions import close_task
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db
VILLAGE = "431227107203"
DAY = dt.date(2026, 3, 2)
VISIT_DUE = dt.date(2026, 3, 30)  # high risk: a month after the approval, sent out seven days before


def a_file(birth=dt.date(2016, 3, 10), number="431227201603100012"):
    child = Person.objects.create(
        name="杨小宝", id_no=number, birth_date=birth, region_id=VILLAGE, hukou_region_id=VILLAGE
    )
    officer = Officer.objects.create(
        name="杨春梅", id_no="431227199106060020", phone="14400001234", post="director", region_id=VILLAGE,
        since=dt.date(2024, 1, 1),
    )  # fmt: skip
    return ChildFile.objects.create(
        name="杨小宝", id_no=number, person=child, region_id=VILLAGE, group="left_behind", carer_name="杨大年",
        carer_relation="祖父", risk="high", risk_reason="祖父年迈", interviewed_on=DAY, state="kept", approved_on=DAY,
        officer=officer,
    )  # fmt: skip


def sent():
    """(where, state) of the visits to the child, in the order in which they were sent out."""
    return list(Task.objects.filter(kind="children.visit").order_by("pk").values_list("office_id", "state"))


def reminders():
    """The same of what was planned to fill a gap."""
    return list(Task.objects.filter(kind="children.gap").order_by("pk").values_list("office_id", "state"))


def test_nobody_is_sent_to_a_child_who_died_and_a_death_that_was_none_brings_all_back(access, cast):
    file = a_file()
    gap = record_gap(access("director", DAY), file, kind="study", note="没有人辅导作业")
    plan_gap(
        access("supervisor", DAY), gap, plan="志愿者辅导", provider="晃洲镇中心小学", due_on="2026-05-20"
    )
    open_due(VISIT_DUE)
    event = record_life_event(
        access("clerk", VISIT_DUE), file.person, LifeEventKind.DEATH, VISIT_DUE, "医院报告"
    )
    file.refresh_from_db()
    assert (file.state, file.close_reason, sent()) == ("closed", "已去世", [(VILLAGE, "withdrawn")])
    assert ServiceGap.objects.get(pk=gap.pk).dropped_for == "已去世"
    assert not Task.objects.filter(kind="children.gap", state="open").exists()
    assert open_due(VISIT_DUE + dt.timedelta(days=40)) == 0
    undo_life_event(access("township", VISIT_DUE), event, "登记错了人")
    file.refresh_from_db()
    assert (file.state, file.closed_on, ServiceGap.objects.get(pk=gap.pk).state) == ("kept", None, "planned")
    open_due(VISIT_DUE)
    assert sent() == [(VILLAGE, "withdrawn"), (VILLAGE, "open")]
    assert reminders() == [(VILLAGE, "withdrawn"), (VILLAGE, "open")], "what was planned is still to come"


@pytest.mark.parametrize(
    ("born", "of_age"),
    [
        (dt.date(2008, 3, 10), dt.date(2026, 3, 10)),
        (dt.date(2008, 2, 29), dt.date(2026, 2, 28)),  # DC3
    ],
)
def test_whoever_comes_of_age_is_a_child_until_the_day_before(cast, born, of_age):
    file = a_file(born)
    for day, state in ((of_age - dt.timedelta(days=1), "kept"), (of_age, "closed")):
        open_due(day)
        file.refresh_from_db()
        assert file.state == state
    assert (file.closed_on, file.close_reason) == (of_age, "已满18周岁")


def test_the_file_moves_with_the_child_and_is_visited_there(access, cast, regions):
    file, there = a_file(), Region.objects.get(code=SIBLING_COUNTY)
    officer = file.officer
    gap = record_gap(access("director", DAY), file, kind="study", note="没有人辅导作业")
    plan_gap(access("supervisor", DAY), gap, plan="志愿者辅导", provider="中心小学", due_on="2026-05-20")
    open_due(VISIT_DUE)
    event = record_life_event(
        access("clerk", VISIT_DUE), file.person, LifeEventKind.MOVE, VISIT_DUE, "公安户籍", to_region=there
    )
    file.refresh_from_db()
    assert (file.region_id, file.officer, sent()) == (SIBLING_COUNTY, None, [(VILLAGE, "withdrawn")])
    open_due(VISIT_DUE)
    assert sent()[-1] == (SIBLING_COUNTY, "open")
    undo_life_event(access("outsider", VISIT_DUE), event, "登记错了人")
    file.refresh_from_db()
    open_due(VISIT_DUE)
    assert (file.region_id, file.officer, sent()[-1]) == (VILLAGE, officer, (VILLAGE, "open"))
    assert [place for place, _ in reminders()] == [VILLAGE, SIBLING_COUNTY, VILLAGE]
    assert [state for _, state in reminders()] == ["withdrawn", "withdrawn", "open"]


def test_a_visit_that_was_closed_at_the_desk_comes_again_after_its_interval(access, cast):
    a_file()
    open_due(VISIT_DUE)
    close_task(
        access("supervisor", VISIT_DUE), Task.objects.get(kind="children.visit"), reason="孩子在省城住院"
    )
    noon = dt.datetime.combine(VISIT_DUE, dt.time(12), tzinfo=dt.UTC)
    Task.objects.filter(kind="children.visit").update(done_at=noon)
    sent_on = dt.date(2026, 4, 23)  # a month after it was closed, seven days before
    open_due(sent_on - dt.timedelta(days=1))
    assert len(sent()) == 1
    open_due(sent_on)
    assert sent() == [(VILLAGE, "done"), (VILLAGE, "open")]
