"""急难型: paid the same day from the township's reserve, papers afterwards (国发〔2014〕47号; handbook A6)."""

import datetime as dt

import pytest

from minzheng.business.assistance.temporary.actions import ask_for_late_papers
from minzheng.business.assistance.temporary.recall import whole_months
from minzheng.business.assistance.tests.emergency_journey import DAY, Emergency, fund_of
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.reserves.balance import balance_of
from minzheng.foundation.reserves.models import Voucher
from minzheng.foundation.reserves.prove import prove_reserves
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund(access):
    return fund_of(access)


@pytest.mark.covers("S-045", by="minzheng/business/assistance/items.py", screen="/desk/intake/")
def test_it_pays_550_yuan_the_same_day_on_two_signatures(access, fund):
    case = Emergency(access).seen().paid().case
    voucher = Voucher.objects.get(case_id=case.pk)
    assert (case.step, case.status, case.outcome, case.amount_fen) == (
        "papers",
        "completing",
        "granted",
        55_000,
    )
    assert (voucher.amount_fen, voucher.on) == (55_000, DAY)
    assert (voucher.first.name, voucher.second.name) == ("龙建军", "姚志强")
    assert balance_of(fund) == 500_000 - 55_000
    assert [proof.holds for proof in prove_reserves("431227")] == [True]


def test_it_does_not_let_one_person_sign_twice(access, fund):
    way = Emergency(access).seen()
    with pytest.raises(Refused, match="另一位"):
        way.paid("clerk")
    assert not Voucher.objects.filter(case_id=way.case.pk).exists() and balance_of(fund) == 500_000


def test_it_takes_a_photo_and_a_witness_for_the_second_signature(access, fund):
    voucher = Voucher.objects.get(case_id=Emergency(access).seen().photographed().case.pk)
    assert (voucher.second, voucher.witness, voucher.photo.name) == (None, "吴小芳", "photo.jpg")


@pytest.mark.parametrize("record", [{"photo": []}, {"witness": ""}])
def test_it_pays_nobody_with_one_signature_and_half_the_proof(access, fund, record):
    with pytest.raises(Refused):
        Emergency(access).seen().photographed(**record)
    assert balance_of(fund) == 500_000


def test_it_pays_before_anybody_looked_never(access, fund):
    with pytest.raises(Refused, match="请先完成"):
        Emergency(access).paid()


@pytest.mark.parametrize(("set_to", "may"), [(55_000, True), (54_999, False)])
def test_it_pays_on_the_spot_up_to_the_small_amount_and_not_a_fen_above(
    access, fund, set_to, may, monkeypatch
):
    from minzheng.foundation.reserves import advance, guards

    for module in (advance, guards):
        monkeypatch.setattr(module, "most_for_one_case", lambda *_: set_to)
    way = Emergency(access).seen()
    if may:
        way.paid()
        assert way.case.step == "papers"
        return
    with pytest.raises(Refused, match="小额标准"):
        way.paid()
    way.move("township", "report", {"opinion": "超过小额标准。"})
    assert way.case.step == "confirm"


def test_it_leaves_larger_help_to_the_county_and_the_bank(access, fund):
    way = Emergency(access).seen(emergency_persons=3, emergency_months=2)
    way.move("clerk", "report", {"opinion": "超过小额标准，请确认。"})
    way.move("approver", "grant", {"opinion": "同意。"})
    right = Entitlement.objects.get(case_id=way.case.pk)
    assert (way.case.step, way.case.amount_fen) == ("done", 330_000)
    assert (right.since_month, right.until_month, right.state) == (
        dt.date(2026, 11, 1),
        dt.date(2026, 11, 1),
        "ended",
    )
    assert right.amounts.get().amount_fen == 330_000 and balance_of(fund) == 500_000


def test_its_cap_gives_way_only_to_a_conference_of_the_county(access, fund):
    """11 persons' need of 6,050 is over the cap of 5,000; the conference may decide otherwise (一事一议)."""
    way = Emergency(access).seen(emergency_persons=11)
    assert way.case.assessment["amount_fen"] == 500_000
    way.move("clerk", "report", {"opinion": "特别困难，请一事一议。"})
    record = {"emergency_conference": True, "emergency_conference_amount": 800_000, "minutes": "纪要1号"}
    way.move("reviewer", "conference", record)
    assert way.case.assessment["amount_fen"] == 800_000


def test_it_helps_at_the_place_of_the_event_whatever_the_hukou(access, fund, regions):
    person = access("outsider").user.person
    person.hukou_region_id = person.region_id = "431228000000"
    person.save()
    assert Emergency(access, person=person).seen().paid().case.outcome == "granted"


def test_its_papers_are_due_after_ten_working_days_and_then_the_township_is_asked(access, fund):
    """Paid Monday 2 November: 16 November is the last day, the task comes on the 17th."""
    case = Emergency(access).seen().paid().case
    assert case.clocks.get(key="papers").due_on == dt.date(2026, 11, 16)
    assert ask_for_late_papers(dt.date(2026, 11, 16)) == 0
    assert ask_for_late_papers(dt.date(2026, 11, 17)) == 1
    assert ask_for_late_papers(dt.date(2026, 11, 18)) == 0  # told once
    task = Task.objects.get(kind="emergency.papers")
    assert task.office_id == "431227107000" and "杨秀英" not in task.title + task.reason


def test_it_closes_with_the_papers_and_takes_the_task_back(access, fund):
    way = Emergency(access).seen().paid().later(16)
    ask_for_late_papers(way.on)
    way.move("clerk", "complete", {"identity": "身份证"})
    assert (way.case.status, way.case.is_finished) == ("helped", True)
    assert Task.objects.get(kind="emergency.papers").state == "withdrawn"
    assert not way.case.clocks.filter(stopped_on=None).exists()


def test_it_takes_untrue_help_back_into_the_fund(access, fund):
    way = Emergency(access).seen().paid("clerk2")
    way.move("township", "take_back", {"receipt": "收1", "reason": "没有发生火灾。"})
    assert balance_of(fund) == 500_000 and way.case.step == "done"
    assert [proof.holds for proof in prove_reserves("431227")] == [True]


@pytest.mark.parametrize(
    ("again", "cause", "new", "helped"),
    [
        (dt.date(2027, 11, 1), "火灾", False, False),  # the day before a year is over
        (dt.date(2027, 11, 2), "火灾", False, True),
        (dt.date(2026, 12, 1), "火灾", True, True),  # new facts
        (dt.date(2026, 12, 1), "交通事故", False, True),  # another cause
    ],
)
def test_it_helps_for_the_same_cause_once_in_twelve_months(access, fund, again, cause, new, helped):
    first = Emergency(access).seen().paid()
    first.move("clerk", "complete", {"identity": "身份证"})
    way = Emergency(access, on=again, cause=cause).seen(emergency_new_facts=new)
    assert way.case.assessment["eligible"] is helped
    if not helped:
        way.move("township", "propose_refuse", {"opinion": "一年内已救助。"})
        assert way.case.outcome == "refused" and "同一事由" in way.case.reasons[0]


@pytest.mark.parametrize(
    ("end", "months"), [("2026-12-21", 0), ("2026-12-22", 1), ("2027-11-21", 11), ("2027-11-22", 12)]
)
def test_its_months_are_whole_ones(end, months):
    assert whole_months(dt.date(2026, 11, 22), dt.date.fromisoformat(end)) == months


def test_it_promises_24_hours(access, fund):
    assert Emergency(access).case.clocks.get(key="pay").due_on == DAY + dt.timedelta(days=1)
