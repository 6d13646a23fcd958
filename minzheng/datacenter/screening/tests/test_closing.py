"""From a finding to its end: sent out once, looked at, closed with a result, back next month or not."""

import datetime as dt

import pytest

from minzheng.business.assistance.benefits import DIBAO
from minzheng.datacenter.screening.actions import dispatch_finding
from minzheng.datacenter.screening.models import Finding, Kind, Result, State
from minzheng.datacenter.screening.screen import screen
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import User
from minzheng.foundation.cases.models import Case, Channel
from minzheng.foundation.people.models import LifeEvent
from minzheng.foundation.regions.models import within
from minzheng.foundation.tasks.models import State as TaskState
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.visits import Position, VisitDraft, record_visit

MONTH, NEXT = dt.date(2026, 10, 1), dt.date(2026, 11, 1)
TODAY = dt.date(2026, 11, 2)


def as_user(username, today=TODAY):
    return Access(User.objects.get(username=username), today)


def visit(finding, outcome, note="入户看过", username="reviewer"):
    task = Task.objects.get(origin=finding.origin)
    draft = VisitDraft(outcome, answers={"note": note}, position=Position(missing="没有信号"))
    record_visit(as_user(username), task, draft)
    finding.refresh_from_db()
    return task


def in_township(kind, benefit=DIBAO.code):
    return Finding.objects.filter(within("431227107"), kind=kind, benefit=benefit).first()


@pytest.fixture
def screened(county, region):
    return screen(MONTH, region, today=TODAY)


def test_it_sends_out_by_itself_what_the_place_lets_go_out_and_each_once(screened, region):
    auto = {Kind.ENTITLED_NOT_RECEIVING, Kind.RECEIVING_NOT_ENTITLED, Kind.DEAD_PAID}
    sent = Finding.objects.filter(state=State.DISPATCHED)
    assert set(sent.values_list("kind", flat=True)) == auto
    assert screened.dispatched == sent.count() == Task.objects.count()
    death = sent.filter(kind=Kind.DEAD_PAID).first()
    assert (death.dispatched_on, death.due_on) == (TODAY, dt.date(2026, 11, 7))
    task = Task.objects.get(origin=death.origin)
    assert task.office_id == death.region_id[:9] + "000" and "登记死亡日期" in task.reason
    screen(MONTH, region, today=TODAY + dt.timedelta(1))
    assert Task.objects.count() == screened.dispatched


def test_it_lets_only_the_county_send_out_a_wrong_amount(screened, region):
    wrong = Finding.objects.filter(kind=Kind.WRONG_AMOUNT).first()
    Finding.objects.filter(pk=wrong.pk).update(region="431227107203")
    wrong.refresh_from_db()
    with pytest.raises(Exception, match="没有办理"):
        dispatch_finding(as_user("township"), wrong)
    dispatch_finding(as_user("reviewer"), wrong)
    assert Task.objects.get(origin=wrong.origin).kind == "screening.wrong_amount"
    assert wrong.state == State.DISPATCHED and wrong.due_on == dt.date(2026, 11, 12)


@pytest.mark.covers(
    "S-051", by="minzheng/datacenter/screening/outcomes.py", screen="/desk/registers/findings/"
)
def test_it_opens_an_application_for_a_family_that_was_missed(screened):
    finding = in_township(Kind.ENTITLED_NOT_RECEIVING)
    visit(finding, "confirmed", username="clerk")
    case = Case.objects.get(applicant=finding.household.head)
    assert (case.item, case.channel, case.opened_by.username) == ("A1", Channel.DISCOVERY, "clerk")
    assert (finding.state, finding.result) == (State.CLOSED, Result.CONFIRMED)
    assert case.number in finding.note and finding.closed_on == dt.date.today()


def test_it_closes_a_false_alarm_with_what_was_seen_and_opens_nothing(screened):
    finding = Finding.objects.filter(kind=Kind.RECEIVING_NOT_ENTITLED).first()
    before = Task.objects.count()
    visit(finding, "false_alarm", "车辆已报废，尚未注销")
    assert (finding.result, finding.note) == (Result.FALSE_ALARM, "车辆已报废，尚未注销")
    assert Task.objects.count() == before


def test_it_reports_how_right_it_was_and_explains_each_false_alarm(screened, capsys):
    from minzheng.cli import main

    wrong, true = Finding.objects.filter(kind=Kind.RECEIVING_NOT_ENTITLED)[:2]
    visit(wrong, "false_alarm", "车辆已报废，尚未注销")
    visit(true, "confirmed")
    assert main(["screen", "--month", "2026-10", "--region", "431227", "--report"]) == 0
    said = capsys.readouterr().out
    assert "属实 1，误报 1，未办结 13，准确率 50.0%" in said
    assert f"误报　编号 {wrong.pk}" in said and "车辆已报废，尚未注销" in said


def test_it_hands_what_is_true_to_the_county_and_never_stops_a_payment_itself(screened):
    finding = Finding.objects.filter(kind=Kind.RECEIVING_NOT_ENTITLED).first()
    right = finding.household.entitlements.get()
    visit(finding, "confirmed")
    follow = Task.objects.get(origin=f"{finding.origin}:follow")
    right.refresh_from_db()
    assert follow.office_id == "431227000000" and finding.note.endswith("已转县级办理")
    assert right.state == "active" and right.until_month is None


def test_it_announces_a_death_that_nobody_had_announced(screened):
    finding = Finding.objects.filter(kind=Kind.DEAD_PAID, benefit=DIBAO.code).first()
    visit(finding, "confirmed")
    event = LifeEvent.objects.get(person=finding.person)
    assert (event.kind, event.happened_on) == ("death", finding.person.died_on)
    assert finding.result == Result.CONFIRMED


def test_it_takes_back_the_visit_when_the_trouble_is_gone(screened, region):
    finding = Finding.objects.filter(kind=Kind.DEAD_PAID, benefit=DIBAO.code).first()
    finding.household.entitlements.update(state="ended", until_month=dt.date(2026, 9, 1))
    screen(MONTH, region, today=TODAY)
    finding.refresh_from_db()
    assert finding.result == Result.GONE
    assert Task.objects.get(origin=finding.origin).state == TaskState.WITHDRAWN


@pytest.mark.covers("S-052", by="minzheng/datacenter/screening/keep.py", screen="/desk/clearing/")
def test_it_waits_for_the_visit_that_is_under_way_and_marks_what_came_back(screened, region):
    going_on, looked_at = Finding.objects.filter(kind=Kind.RECEIVING_NOT_ENTITLED)[:2]
    visit(looked_at, "false_alarm")
    tasks = Task.objects.filter(kind="screening.not_entitled").count()
    screen(NEXT, region, today=TODAY)
    same = Finding.objects.get(month=NEXT, kind=going_on.kind, household=going_on.household)
    back = Finding.objects.get(month=NEXT, kind=looked_at.kind, household=looked_at.household)
    assert (same.state, same.origin, same.is_back) == (State.DISPATCHED, going_on.origin, False)
    assert back.is_back and back.state == State.DISPATCHED and back.origin != looked_at.origin
    assert Task.objects.filter(kind="screening.not_entitled").count() == tasks + 1
    visit(same, "confirmed")
    going_on.refresh_from_db()
    assert (same.result, going_on.result) == (Result.CONFIRMED, Result.CONFIRMED)


def test_it_skips_a_county_that_did_not_change_and_looks_again_when_asked_or_changed(screened, region):
    assert screen(MONTH, region, again=False, today=TODAY).skipped
    assert not screen(MONTH, region, again=True, today=TODAY).skipped
    wrong = Finding.objects.filter(kind=Kind.WRONG_AMOUNT, benefit="dibao").order_by("pk").first()
    right = wrong.household.entitlements.get(benefit="dibao")
    right.state, right.until_month = "ended", dt.date(2026, 9, 1)
    right.save()
    known = set(Finding.objects.values_list("pk", flat=True))
    changed = screen(MONTH, region, again=False, today=TODAY)
    assert not changed.skipped and changed.closed == 2
    # Elder care is for the needy (国发〔2024〕44号): without dibao nobody waits for the ability grade any more.
    assert about(Finding.objects.filter(result=Result.GONE)) == {
        (Kind.WRONG_AMOUNT, "dibao", wrong.household_id, None),
        (Kind.UNDETERMINED, "elder_care", None, right.person_id),
    }
    # By the rule the family is still due dibao, and the living subsidy of the disabled rests on the right.
    assert about(Finding.objects.exclude(pk__in=known)) == {
        (Kind.ENTITLED_NOT_RECEIVING, "dibao", wrong.household_id, None),
        (Kind.RECEIVING_NOT_ENTITLED, "living_subsidy", None, right.person_id),
    }


def about(findings):
    return set(findings.values_list("kind", "benefit", "household", "person"))
