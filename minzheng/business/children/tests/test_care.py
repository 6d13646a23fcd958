"""Files, visits and those who make them: approval, grades of risk, the yearly check, harm (S-118, S-123, S-124)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from minzheng.business.children.actions import (
    approve_file,
    assign_officer,
    log_opening,
    record_check,
    set_risk,
    sign_agreement,
)
from minzheng.business.children.actions_protection import (
    close_report,
    object_to,
    record_credit,
    repair,
    settle_objection,
    told_police,
)
from minzheng.business.children.handlers import send_what_is_due
from minzheng.business.children.jobs import open_due
from minzheng.business.children.models import ChildFile, GuardianCredit, HarmReport, Officer, WomenActivity
from minzheng.business.children.registers import OFFICERS
from minzheng.business.children.registers_care import WOMEN
from minzheng.business.children.registers_files import FILES
from minzheng.foundation.accounts.models import Assignment, Role
from minzheng.foundation.actions import Refused
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.registers.actions import save_row
from minzheng.foundation.tasks.lists import find_task, to_do
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.visits import Position, VisitDraft, record_visit

pytestmark = pytest.mark.django_db
VILLAGE = "431227107203"
DAY = dt.date(2026, 3, 2)
ANSWERS = {
    "name": "杨小宝", "id_no": "431227201603100012", "region": VILLAGE, "group": "left_behind",
    "carer_name": "杨大年", "carer_relation": "祖父", "interviewed_on": "2026-03-01", "risk": "high",
    "risk_reason": "祖父年迈，孩子常独自在家。",
}  # fmt: skip


@pytest.fixture
def file(access, cast):
    return save_row(access("director", DAY), FILES, ChildFile(), ANSWERS)


@pytest.fixture
def officer(cast, regions):
    return Officer.objects.create(
        name="杨春梅", id_no="431227199106060020", phone="14400001234", post="director",
        region=regions[VILLAGE], since=dt.date(2024, 1, 1),
    )  # fmt: skip


def kept(access, file):
    approve_file(access("supervisor", DAY), file)
    file.refresh_from_db()
    return file


def a_visit(outcome, **answers):
    seen = {"seen": True, "at_school": True}
    return VisitDraft(outcome=outcome, answers=seen | answers, position=Position(missing="没有信号"))


def visits():
    return Task.objects.filter(kind="children.visit").order_by("pk")


@pytest.mark.covers(
    "S-118", by="minzheng/business/children/registers_files.py", screen="/desk/registers/child_files/"
)
def test_the_village_drafts_and_the_township_approves(access, cast, file):
    assert file.state == "draft"
    open_due(DAY)
    assert Task.objects.get(kind="children.file").state == "open"
    with pytest.raises(PermissionDenied):
        approve_file(access("director", DAY), file)
    kept(access, file)
    assert (file.state, file.approved_on) == ("kept", DAY)
    assert Task.objects.get(kind="children.file").state == "withdrawn"
    with pytest.raises(Refused, match="在册"):
        approve_file(access("supervisor", DAY), file)


def test_nobody_else_reads_a_file_or_sees_a_visit(access, cast, file):
    kept(access, file)
    open_due(dt.date(2026, 3, 30))
    task = visits().get()
    for name in ("helper", "clerk", "reviewer", "approver", "auditor", "finance", "outsider"):
        assert not access(name, DAY).scope(FILES.read, ChildFile.objects.all()).exists()
        assert task not in to_do(access(name, DAY))
        with pytest.raises(Http404):
            find_task(access(name, DAY), task.pk, "task.handle")
    assert task in to_do(access("director", DAY))


@pytest.mark.parametrize(
    ("risk", "before", "on"),
    [
        ("high", "2026-03-25", "2026-03-26"),
        ("medium", "2026-05-25", "2026-05-26"),
        ("low", "2026-08-25", "2026-08-26"),
    ],
)
def test_visits_come_due_by_the_grade_of_risk(access, cast, file, risk, before, on):
    """Approved on 2 March: monthly, quarterly, half-yearly; the task comes seven days ahead, once."""
    kept(access, file)
    set_risk(access("supervisor", DAY), file, risk=risk, risk_reason="评估")
    send_what_is_due(day=before)
    assert not visits().exists()
    for _ in range(2):
        send_what_is_due(day=on)
    assert visits().count() == 1


def test_a_visit_goes_into_the_file_and_the_next_one_counts_from_it(access, cast, file):
    kept(access, file)
    day = dt.date(2026, 3, 28)
    open_due(day)
    task = visits().get()
    record_visit(access("director", day), task, a_visit("well", carer_able=True))
    file.refresh_from_db()
    assert file.last_visit_on is not None
    assert open_due(file.last_visit_on + dt.timedelta(days=1)) == 0


def test_a_new_grade_calls_back_the_visit_of_the_old_one(access, cast, file):
    kept(access, file)
    open_due(dt.date(2026, 3, 28))
    set_risk(access("supervisor", DAY), file, risk="low", risk_reason="父亲已返乡。")
    assert visits().get().state == "withdrawn"


def test_signs_of_harm_reach_the_protection_centre_and_nobody_else(access, cast, file):
    kept(access, file)
    open_due(dt.date(2026, 3, 28))
    record_visit(access("director", DAY), visits().get(), a_visit("harm", carer_able=False))
    report, task = HarmReport.objects.get(), Task.objects.get(kind="children.harm")
    assert (report.file, task.due_on - task.opened_on) == (file, dt.timedelta(days=1))
    assert task in to_do(access("protection", DAY))
    for name in ("director", "supervisor", "approver"):
        assert task not in to_do(access(name, DAY))
        assert not access(name, DAY).may("protection.read")
    with pytest.raises(Refused, match="先报告公安"):
        close_report(access("protection", DAY), report, result="已处置。")
    told_police(access("protection", DAY), report, police_on="2026-03-28", police_no="JJ2026001")
    close_report(access("protection", DAY), report, result="已带离安置。")
    task.refresh_from_db()
    assert task.state == "withdrawn"


@pytest.mark.covers(
    "S-123", by="minzheng/business/children/actions.py", screen="/desk/registers/child_officers/"
)
@pytest.mark.covers(
    "S-124", by="minzheng/business/children/actions.py", screen="/desk/registers/child_officers/"
)
def test_an_officer_without_a_valid_check_cannot_be_assigned(access, cast, file, officer):
    """Checked on 2 March 2026: valid to 1 March 2027."""
    supervisor = access("supervisor", DAY)
    with pytest.raises(Refused, match="没有有效的违法犯罪记录查询结果"):
        assign_officer(supervisor, file, name="杨春梅")
    record_check(supervisor, officer, checked_on="2026-03-02", finding="clear", reply_no="公查1号")
    assign_officer(access("supervisor", dt.date(2027, 3, 1)), file, name="杨春梅")
    with pytest.raises(Refused, match="没有有效"):
        assign_officer(access("supervisor", dt.date(2027, 3, 2)), file, name="杨春梅")


def test_an_officer_with_a_record_leaves_the_post_and_the_files(access, cast, file, officer):
    supervisor = access("supervisor", DAY)
    record_check(supervisor, officer, checked_on="2026-02-02", finding="clear", reply_no="公查1号")
    assign_officer(supervisor, file, name="杨春梅")
    record_check(supervisor, officer, checked_on="2026-03-02", finding="record", reply_no="公查2号")
    officer.refresh_from_db()
    file.refresh_from_db()
    assert (officer.until, file.officer) == (DAY, None)
    with pytest.raises(Refused, match="没有在任的儿童主任"):
        assign_officer(supervisor, file, name="杨春梅")


def test_a_check_that_runs_out_is_asked_for_thirty_days_before(access, cast, officer):
    record_check(
        access("supervisor", DAY), officer, checked_on="2026-03-02", finding="clear", reply_no="公查1号"
    )
    assert open_due(dt.date(2027, 1, 29)) == 0
    assert open_due(dt.date(2027, 1, 30)) == 1
    (row,) = OFFICERS.query()
    assert row.cleared_until == dt.date(2027, 3, 1)


def test_an_agreement_needs_the_child_to_be_heard_and_only_one_runs(access, cast, file):
    stated = {
        "parent_name": "杨大山", "parent_phone": "14400001235", "carer_name": "杨大年",
        "carer_id_no": "43122719550101001X", "carer_relation": "祖父", "signed_on": "2026-03-01",
        "until": "2027-03-01", "child_consents": True,
    }  # fmt: skip
    sign_agreement(access("director", DAY), file, **stated)
    with pytest.raises(Refused, match="没到期的委托照护协议"):
        sign_agreement(access("director", DAY), file, **stated)
    with pytest.raises(Refused, match="到期日期应晚于签订日期"):
        sign_agreement(access("director", DAY), file, **(stated | {"until": "2026-03-01"}))


@pytest.mark.covers(
    "S-125", by="minzheng/business/children/actions.py", screen="/desk/registers/child_homes/"
)
def test_a_childrens_home_logs_each_day_once(access, cast, regions):
    home = Facility.objects.create(
        kind="child_home", name="新村儿童之家", region=regions[VILLAGE], opened_on=dt.date(2020, 6, 1)
    )
    log_opening(access("director", DAY), home, day="2026-02-28", hours=3, children=12, activity="作业辅导")
    with pytest.raises(Refused, match="已经登记过"):
        log_opening(
            access("director", DAY), home, day="2026-02-28", hours=3, children=12, activity="作业辅导"
        )


@pytest.mark.covers(
    "S-126", by="minzheng/business/children/actions_protection.py", screen="/desk/registers/guardian_credits/"
)
def test_a_guardians_record_is_settled_by_another_person(access, cast, file):
    Assignment.objects.create(
        user=cast["reviewer"], role=Role.PROTECTION, region_id="431227000000", since=dt.date(2020, 1, 1)
    )
    centre, other = access("protection", DAY), access("reviewer", DAY)
    record_credit(
        centre, file, name="杨大山", id_no="43122719850101001X", conduct="拒不履行监护职责", basis="告诫书1号"
    )
    credit = GuardianCredit.objects.get()
    with pytest.raises(Refused, match="不能是同一个人"):
        repair(centre, credit, settled_why="已改正")
    object_to(centre, credit, objection="当时在外务工，已委托照护。")
    with pytest.raises(Refused, match="不能是同一个人"):
        settle_objection(centre, credit, upheld=True, settled_why="属实")
    settle_objection(other, credit, upheld=False, settled_why="没有委托")
    repair(other, credit, settled_why="已返乡照料")
    credit.refresh_from_db()
    assert credit.state == "repaired"


@pytest.mark.covers(
    "S-129", by="minzheng/business/children/registers_care.py", screen="/desk/registers/women_activities/"
)
def test_the_ledger_of_five_activities_takes_each_once_a_day(access, cast):
    answers = {"kind": "visit", "region": VILLAGE, "held_on": "2026-03-01", "persons": 20, "content": "慰问"}
    save_row(access("helper", DAY), WOMEN, WomenActivity(), answers)
    with pytest.raises(ValidationError):
        save_row(access("helper", DAY), WOMEN, WomenActivity(), answers)
