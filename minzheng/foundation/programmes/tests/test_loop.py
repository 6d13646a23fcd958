"""What keeps a problem from being closed on paper, and a programme from being declared wrongly."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError

from minzheng.cli import main
from minzheng.foundation.actions import Refused
from minzheng.foundation.programmes.loop import (
    ProblemDraft,
    assign_problem,
    find_problem,
    fix_problem,
    verify_problem,
)
from minzheng.foundation.programmes.models import Problem, ProblemState
from minzheng.foundation.programmes.planning import drawn_families, plan_units, region_units
from minzheng.foundation.programmes.progress import pass_step, report_progress, stop
from minzheng.foundation.programmes.reading import read_file
from minzheng.foundation.programmes.tests.helpers import one_unit, photo
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.tasks.escalation import escalate_due
from minzheng.foundation.tasks.models import Escalated, Task
from minzheng.foundation.tasks.visits import Position, VisitDraft, record_visit

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 2)


@pytest.fixture
def unit(access):
    return one_unit(access("reviewer", TODAY), "fire_control", 2026)


def found(access, unit, level="general", by="clerk", **more):
    return find_problem(access(by, TODAY), unit, ProblemDraft("通道堵塞", level, **more))


def test_it_keeps_a_report_that_a_phone_sends_twice_once(access, unit):
    key = uuid.uuid4()
    assert found(access, unit, key=key).pk == found(access, unit, key=key).pk
    with pytest.raises(Refused, match="编号已被使用"):
        found(access, unit, key=key, by="reviewer")


def test_it_reports_a_major_problem_to_the_county_the_same_day(access, unit):
    problem = found(access, unit, "major")
    task = Task.objects.get(kind="programme.fix_major")
    assert (problem.state, problem.due_on) == (ProblemState.ASSIGNED, TODAY + dt.timedelta(days=7))
    assert (task.office_id, task.opened_on, task.due_on) == ("431227000000", TODAY, problem.due_on)


def test_it_escalates_what_is_not_mended_on_the_day_after_its_last(access, unit):
    problem = found(access, unit)
    assign_problem(access("township", TODAY), problem, days=3)
    with pytest.raises(Refused, match="不用再交办"):
        assign_problem(access("township", TODAY), problem)
    fix = Task.objects.filter(kind="programme.fix")
    escalate_due(TODAY + dt.timedelta(days=3))
    assert fix.get().escalated_to == Escalated.NO
    escalate_due(TODAY + dt.timedelta(days=4))
    assert fix.get().escalated_to == Escalated.COUNTY


def test_it_lets_nobody_allow_more_days_than_the_standard(access, unit):
    problem = found(access, unit)
    with pytest.raises(ValidationError, match="最多 15 天"):
        assign_problem(access("township", TODAY), problem, days=16)
    assign_problem(access("township", TODAY), problem, days=15)
    assert problem.due_on == dt.date(2026, 11, 17)


def test_it_takes_the_fix_from_the_phone_and_refuses_the_same_person_as_verifier(access, unit):
    problem = found(access, unit)
    assign_problem(access("township", TODAY), problem)
    clerk = access("clerk", TODAY)
    there = Position(missing="没有信号")
    fix = VisitDraft("fixed", answers={"how": "杂物已搬走"}, photos=[photo(clerk.user)], position=there)
    record_visit(clerk, Task.objects.get(kind="programme.fix"), fix)
    problem.refresh_from_db()
    assert (problem.state, problem.fix_note, problem.fixed_photos.count()) == (
        ProblemState.FIXED,
        "杂物已搬走",
        1,
    )
    task = Task.objects.get(kind="programme.verify")
    with pytest.raises(Refused, match="不能是同一个人"):
        record_visit(clerk, task, VisitDraft("passed", position=there))
    failed = VisitDraft("failed", answers={"said": "又堆上了"}, position=there)
    record_visit(access("clerk2", TODAY), task, failed)
    problem.refresh_from_db()
    assert (problem.state, problem.round, problem.fixed_by) == (ProblemState.ASSIGNED, 2, None)


def test_it_wants_a_photo_of_a_fix_and_closes_the_task_when_it_is_told_at_the_desk(access, unit):
    problem = found(access, unit)
    assign_problem(access("township", TODAY), problem)
    with pytest.raises(ValidationError, match="改好以后的照片"):
        fix_problem(access("clerk", TODAY), problem, note="已改", photos=[])
    fix_problem(access("clerk", TODAY), problem, note="已改", photos=[photo(access("clerk").user)])
    verify_problem(access("township", TODAY), problem, passed=True)
    assert not Task.objects.filter(kind__startswith="programme.", state__in=["open", "taken"]).exists()
    assert Problem.objects.get().published_on == TODAY


def test_it_passes_the_four_gates_in_their_order_and_pays_no_more_than_planned(access):
    unit = one_unit(access("reviewer", TODAY), "four_together", 2026)
    clerk = access("clerk", TODAY)
    with pytest.raises(Refused, match="“同步规划”还没有过关"):
        pass_step(clerk, unit, step="build", done_on=TODAY)
    with pytest.raises(ValidationError, match="日期还没有到"):
        pass_step(clerk, unit, step="plan", done_on=TODAY + dt.timedelta(days=1), proofs=[photo(clerk.user)])
    money = one_unit(access("reviewer", TODAY), "fire_upgrade", 2026, funds_fen=100)
    report_progress(clerk, money, progress=10, paid_fen=100)
    with pytest.raises(ValidationError, match="不能超过计划资金"):
        report_progress(clerk, money, progress=10, paid_fen=101)
    stop(access("approver", TODAY), money, reason="土地没有落实")
    with pytest.raises(Refused, match="已中止"):
        report_progress(clerk, money, progress=20)


def test_it_plans_divisions_and_lots_once_and_nothing_elsewhere(access):
    county, reviewer = Region.objects.get(code="431227000000"), access("reviewer", TODAY)
    units = region_units(county, Level.TOWNSHIP, TODAY, TODAY)
    for expected in (2, 0):
        made = plan_units(reviewer, county, programme="festival_visits", year=2026, units=units)
        assert len(made) == expected
    with pytest.raises(Refused, match="只能安排"):
        plan_units(reviewer, county, programme="festival_visits", year=2026,
                   units=region_units(Region.objects.get(code="431228000000"), Level.COUNTY, TODAY, TODAY))  # fmt: skip
    assert drawn_families(county, ("dibao",), 5, "lot", TODAY) == []


def test_it_names_the_field_that_is_wrong_and_what_to_write(tmp_path):
    file = tmp_path / "programmes.yaml"
    file.write_text(
        "x:\n  title: 甲\n  kind: war\n  asks: 乙\n  period: 21\n  colour: red\n  unit: {of: item}\n"
        "  targets: [{code: a, title: 丙, unit: 元, counts: done_share, at_least: 3}]\n",
        encoding="utf-8",
    )
    (wrong,) = read_file(file, "测试")
    said = "\n".join(wrong.problems())
    for text in ("kind：“war”不认识", "period：“21”读不懂", "colour：不认识这个字段", "document.title：没有填写",
                 "unit.name：没有填写", "金额请写成 3000元", "占比写 %"):  # fmt: skip
        assert text in said, text


def test_it_lists_programmes_and_their_progress_at_the_command_line(access, unit, capsys):
    found(access, unit)
    assert main(["programmes", "list"]) == 0
    assert "fire_control\t养老机构消防安全专项整治" in capsys.readouterr().out
    assert main(["programmes", "progress", "--region", "431227"]) == 0
    assert "隐患整改销号率：0%" in capsys.readouterr().out
    assert main(["programmes", "progress", "--region", "999999"]) == 2
