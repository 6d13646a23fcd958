"""Temporary guardianship, case conferences, the study grant (S-115, S-117, S-119, S-121)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from minzheng.business.children.actions_protection import (
    assign_duty,
    check_health,
    close_conference,
    finish_duty,
    follow_up,
    leave_care,
    search_family,
    to_long_term,
)
from minzheng.business.children.jobs import open_due
from minzheng.business.children.models import Conference, Intake
from minzheng.business.children.registers import CONFERENCES, INTAKES
from minzheng.business.children.tests.journey import OPINION
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.timeline import owed_in
from minzheng.foundation.cases.api import do_move, open_case, save_draft, submit
from minzheng.foundation.people.models import FactSheet
from minzheng.foundation.registers.actions import save_row
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 4)
ARRIVED = {
    "name": "小星", "sex": "0", "features": "左手有旧伤，穿蓝色外套。", "reason": "lost", "region": "431227107203",
    "arrived_on": "2026-05-04", "brought_by": "晃洲派出所", "hand_over_no": "公移〔2026〕3号", "staff": "姚敏",
    "staff_two": "舒丽",
}  # fmt: skip


@pytest.fixture
def intake(access, cast):
    return save_row(access("protection", DAY), INTAKES, Intake(), ARRIVED)


@pytest.mark.covers(
    "S-121", by="minzheng/business/children/registers_protection.py", screen="/desk/registers/child_intakes/"
)
def test_a_minor_of_unknown_name_is_taken_in_by_two_and_leaves_after_a_health_check(access, cast, intake):
    centre = access("protection", DAY)
    assert intake.number == "431227JH20260001"
    with pytest.raises(Refused, match="健康检查"):
        leave_care(centre, intake, left_to="杨大山", left_relation="父亲")
    check_health(centre, intake, health_on="2026-05-04", health="体温正常，无外伤。")
    leave_care(centre, intake, left_to="杨大山", left_relation="父亲")
    task = Task.objects.get(kind="children.follow_up")
    assert task.due_on == dt.date(2026, 6, 3)
    later = access("protection", dt.date(2026, 6, 3))
    with pytest.raises(Refused, match="不能早于离站日期"):
        follow_up(later, intake, follow_up_on="2026-05-03", follow_up="孩子在家。")
    follow_up(later, intake, follow_up_on="2026-06-03", follow_up="孩子在家，已入学。")
    task.refresh_from_db()
    assert task.state == "withdrawn"


def test_one_person_alone_takes_nobody_in(access, cast):
    with pytest.raises(ValidationError, match="两名工作人员"):
        save_row(access("protection", DAY), INTAKES, Intake(), ARRIVED | {"staff_two": "姚敏"})


def test_after_three_months_unidentified_it_becomes_long_term(access, cast, intake):
    """Arrived on 4 May: three months are over on 4 August; the task comes the day after."""
    assert open_due(dt.date(2026, 8, 4)) == 0
    assert open_due(dt.date(2026, 8, 5)) == 1
    centre = access("protection", dt.date(2026, 8, 6))
    with pytest.raises(Refused, match="寻亲公告"):
        to_long_term(centre, intake, left_to="怀化市儿童福利院")
    search_family(centre, intake, police_on="2026-05-04", notice_on="2026-05-06")
    to_long_term(centre, intake, left_to="怀化市儿童福利院")
    assert Task.objects.get(kind="children.long_term").state == "withdrawn"


def test_only_the_centre_reads_an_intake(access, cast, intake):
    for name in ("director", "supervisor", "helper", "clerk", "reviewer", "approver", "auditor"):
        assert not access(name, DAY).scope(INTAKES.read, Intake.objects.all()).exists()
        with pytest.raises(PermissionDenied):
            check_health(access(name, DAY), intake, health_on="2026-05-04", health="正常")


@pytest.mark.covers(
    "S-119",
    by="minzheng/business/children/registers_conference.py",
    screen="/desk/registers/child_conferences/",
)
def test_a_conference_ends_when_every_office_has_done_its_part(access, cast):
    centre = access("protection", DAY)
    answers = {
        "title": "失学儿童复学", "region": "431227107203", "held_on": "2026-05-04", "minutes_no": "纪要〔2026〕2号",
        "decision": "教育局落实学位，卫健局体检。",
    }  # fmt: skip
    conference = save_row(centre, CONFERENCES, Conference(), answers)
    first = assign_duty(centre, conference, agency="教育局", work="落实学位", due_on="2026-05-20")
    second = assign_duty(centre, conference, agency="卫健局", work="体检", due_on="2026-06-20")
    assert open_due(dt.date(2026, 5, 14)) == 0
    assert open_due(dt.date(2026, 5, 15)) == 1
    finish_duty(centre, first, result="已入学")
    with pytest.raises(Refused, match="卫健局"):
        close_conference(centre, conference)
    finish_duty(centre, second, result="已体检")
    close_conference(centre, conference)
    conference.refresh_from_db()
    assert conference.closed_on == DAY


def study(access, cast, year, on):
    student = cast["xiuying"].person
    window = access("clerk", on)
    case = open_case(window, "C5", student, student.region, "desk")
    save_draft(
        window, case,
        {
            "school_year": year, "education": "本科", "school": "怀化学院", "phone": "14400001234",
            "bank_name": "农商行", "bank_account": "6217000000000000003", "promise": True,
        },
    )  # fmt: skip
    submit(window, case)
    do_move(access("clerk", on), case, "accept")
    do_move(access("reviewer", on), case, "check", {"enrolled": True, "finding": "学籍已核对。"})
    do_move(access("reviewer", on), case, "propose", OPINION)
    return case


@pytest.mark.covers("S-115", by="minzheng/business/children/study.py", screen="/desk/registers/study_grant/")
@pytest.mark.covers("S-117", by="minzheng/business/children/study.py", screen="/desk/registers/study_grant/")
def test_the_study_grant_is_paid_once_a_school_year(access, cast):
    student = cast["xiuying"].person
    student.birth_date = dt.date(2006, 1, 1)
    student.save()
    FactSheet.objects.create(
        person=student, values={"recognised_as": "孤儿"}, source="台账移交", since=dt.date(2020, 1, 1)
    )
    day = dt.date(2026, 9, 20)
    case = study(access, cast, 2026, day)
    do_move(access("approver", day), case, "grant", OPINION)
    right = Entitlement.objects.get(benefit="study_grant")
    assert (case.status, owed_in(right, dt.date(2026, 9, 1)), owed_in(right, dt.date(2026, 10, 1))) == (
        "helped", 1_000_000, 0,
    )  # fmt: skip
    again = study(access, cast, 2026, dt.date(2026, 11, 2))
    with pytest.raises(Refused):
        do_move(access("approver", dt.date(2026, 11, 2)), again, "grant", OPINION)
    assert again.assessment["reasons"][0].startswith("本学年已经发过助学金")
    do_move(access("approver", dt.date(2026, 11, 2)), again, "refuse", OPINION)
    do_move(
        access("clerk", dt.date(2026, 11, 3)), again, "deliver", {"way": "当面", "received_on": "2026-11-03"}
    )
    next_year = study(access, cast, 2027, dt.date(2027, 9, 20))
    assert next_year.assessment["amount_fen"] == 1_000_000
