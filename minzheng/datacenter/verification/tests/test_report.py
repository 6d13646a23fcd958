"""The merged report: stamps, sums, what differs from the declaration; unknown is never none; and the A1 step around it."""

import datetime as dt

import pytest

from minzheng.business.assistance.tests.families import CHILD, FATHER
from minzheng.datacenter.verification.actions import go_on
from minzheng.datacenter.verification.asking import ask_due
from minzheng.datacenter.verification.consents import sources_to_check
from minzheng.datacenter.verification.models import Check
from minzheng.datacenter.verification.report import report_of
from minzheng.datacenter.verification.tests.conftest import MOTHER, normal
from minzheng.datacenter.verification.tests.test_asking import NOW, later
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.api import facts_document_of
from minzheng.foundation.cases.models import CaseClock
from minzheng.foundation.people.models import FactSheet

BANK, LAND, INSURANCE = "bank.deposits", "land.property", "hr.insurance"


@pytest.fixture
def asked(journey, departments):
    """`asked()`: 舒丽 presses 发起核对 and the departments answer; returns the check."""

    def ask(now=NOW):
        journey.move("reviewer", "ask_check")
        check = journey.case.checks.order_by("id").last()
        ask_due(check, now)
        check.refresh_from_db()
        return check

    return ask


def lines(check):
    return {(line.fact, line.who): line for line in report_of(check, sources_to_check()).lines}


def test_it_sums_the_family_counts_a_house_of_two_once_and_marks_what_was_not_declared(asked, departments):
    report = report_of(asked(), sources_to_check())
    found = {(line.fact, line.who): line for line in report.lines}
    deposits = found["deposits", ""]
    assert (deposits.checked, deposits.declared, deposits.differs) == ("3,200.50元", "2,000.00元", True)
    assert (found["houses", ""].checked, found["houses", ""].differs) == ("1项", False)
    assert report.household == {"deposits": 320_050, "securities": 0, "internet_finance": 0, "cars": 0}
    assert report.conclusion == "与申报不一致" and report.unknown == ()
    stamp = next(one.request for one in report.sources if one.source.code == BANK)
    assert (stamp.asked_at, stamp.answered_at, stamp.period_until) == (NOW, NOW, dt.date(2026, 3, 3))


def test_it_lets_no_incomplete_register_make_less_of_what_was_declared(asked, departments):
    departments.facts[INSURANCE][MOTHER] = normal(
        wage=600_000, resident_pension=0, resident_pension_central=0, transfer_received=0
    )
    departments.facts[LAND] = {}
    report = report_of(asked(), sources_to_check())
    assert "wage" not in report.members[MOTHER] and "houses" not in report.household
    houses = next(line for line in report.lines if line.fact == "houses")
    assert (houses.checked, houses.is_unknown, houses.differs) == ("查无登记", False, False)


def test_it_says_unknown_for_a_source_that_is_down_and_for_a_sum_that_lacks_one_member(asked, departments):
    departments.behaviour[INSURANCE] = "down"
    departments.facts[BANK][FATHER] = {"state": "unknown"}
    check = asked()
    found = lines(check)
    assert check.state == Check.State.ASKING  # the insurance is tried again
    assert found["deposits", ""].checked == found["wage", "杨秀英"].checked == "未知"
    report = report_of(check, sources_to_check())
    assert "deposits" not in report.household and report.conclusion == "有项目未反馈"
    assert set(report.unknown) == {"社会保险和就业", "银行存款"}


def test_it_starts_the_check_in_the_officers_own_move_and_stops_the_three_day_clock(journey, asked):
    journey.today = dt.date(2026, 3, 3)
    running = CaseClock.objects.get(case=journey.case, key="check")
    assert (running.due_on, running.stopped_on) == (dt.date(2026, 3, 5), None)
    check = asked()
    running.refresh_from_db()
    assert running.stopped_on == dt.date(2026, 3, 3)
    assert check.number.startswith("HD4312272026") and check.started_by.username == "reviewer"


def test_it_fills_in_the_record_leaves_the_unknown_empty_and_the_rules_read_what_was_recorded(
    journey, asked, departments
):
    departments.behaviour[LAND] = "down"
    check = asked()
    with pytest.raises(Refused, match="还在等反馈：不动产登记"):
        journey.data_check()
    go_on(journey.as_("reviewer"), check, "不动产系统停机，住房已入户核实")
    record = journey.prefilled("data_check")
    assert record["report_no"] == check.number and record["conclusion"] == "有项目未反馈"
    assert record["remark"] == "没有反馈：不动产登记。不再等待的理由：不动产系统停机，住房已入户核实"
    assert (record["deposits"], record.get("houses")) == (320_050, None)
    assert record["valid_until"] == "2026-08-30"
    rows = {row["id_no"]: row for row in record["members"]}
    assert rows[MOTHER]["wage"] is None  # as declared; only more than that would be stated
    assert rows[FATHER]["resident_pension"] == {"fen": 0, "period": "year"}
    journey.move("reviewer", "data_check", record)
    facts = facts_document_of(journey.case, journey.today)["household"]
    assert (facts["deposits"], facts["houses"]) == (320_050, 1)  # the house: as the family declared
    sheet = FactSheet.objects.get(household=journey.case.household, source="核对")
    assert (sheet.since, sheet.until) == (dt.date(2026, 3, 3), dt.date(2026, 8, 31))
    check.refresh_from_db()
    assert check.state == Check.State.RECORDED


@pytest.mark.parametrize(("days", "expired"), [(180, False), (181, True)])
def test_it_confirms_on_the_last_day_of_the_report_and_not_on_the_day_after(journey, days, expired):
    journey.survey().conclude().propose().publicise()
    journey.today = dt.date(2026, 3, 4) + dt.timedelta(days=days)
    if expired:
        with pytest.raises(
            Refused, match="核对报告有效期至 2026-08-31，已经过期。请县级审核人在本步骤重新发起核对"
        ):
            journey.move("approver", "grant", {"opinion": "同意。"})
    else:
        journey.move("approver", "grant", {"opinion": "同意。"})
        assert journey.case.status == "active"


def test_it_is_checked_anew_at_confirmation_and_confirmed_when_nothing_changed_else_posted_again(
    journey, asked, departments
):
    journey.survey().conclude().propose().publicise()
    journey.today = dt.date(2026, 9, 7)
    now = later(days=188)
    departments.facts[BANK][FATHER] = normal(deposits=200_000, securities=0, internet_finance=0)
    asked(now)
    journey.move("reviewer", "data_check", journey.prefilled("data_check"))
    departments.facts[INSURANCE][MOTHER] = normal(
        wage=1_284_000, resident_pension=0, resident_pension_central=0, transfer_received=0
    )
    asked(now)
    journey.move("reviewer", "data_check", journey.prefilled("data_check"))
    with pytest.raises(Refused, match=r"每月 580.00元，与公示的630.00元不同。请退回重新调查、重新公示"):
        journey.move("approver", "grant", {"opinion": "同意。"})
    departments.facts[INSURANCE][MOTHER] = normal(
        wage=1_224_000, resident_pension=0, resident_pension_central=0, transfer_received=0
    )
    asked(now)
    record = journey.prefilled("data_check")
    record["members"][0]["wage"] = {"fen": 1_224_000, "period": "year"}
    journey.move("reviewer", "data_check", record)
    journey.move("approver", "grant", {"opinion": "同意。"})
    assert (journey.case.status, journey.case.amount_fen) == ("active", 63_000)


def test_it_can_still_be_typed_by_hand_where_no_department_is_connected(journey, settings, tmp_path):
    settings.SOURCES = tmp_path / "none.json"
    with pytest.raises(Refused, match="请通过其他途径核对，在“登记核对结果”里手工登记"):
        journey.move("reviewer", "ask_check")
    journey.data_check()
    assert CHILD in {row["id_no"] for row in journey.case.moves.last().record["members"]}
