"""A township's reserve fund: ceiling, floor, vouchers, the month's end; nobody can take out what is not there."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from minzheng.business.assistance.tests.emergency_journey import DAY, TOWNSHIP, Emergency, fund_of
from minzheng.business.assistance.tests.test_at_once import at_once
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.api import do_move
from minzheng.foundation.cases.models import Case
from minzheng.foundation.ledger.books import balance
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.reserves.actions import (
    give_back,
    open_fund,
    replenish,
    set_limits,
    take_back,
    top_up,
)
from minzheng.foundation.reserves.balance import balance_of, uncovered
from minzheng.foundation.reserves.models import Reconciliation, Voucher
from minzheng.foundation.reserves.prove import prove_reserves
from minzheng.foundation.reserves.reconcile import confirm, reconcile
from minzheng.foundation.reserves.watch import ask_for_reconciliation
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db
COUNTY = "431227000000"
NOVEMBER, DECEMBER = dt.date(2026, 11, 1), dt.date(2026, 12, 1)


def proven():
    return all(proof.holds for proof in prove_reserves("431227"))


@pytest.mark.covers("S-046", by="minzheng/business/assistance/benefits.py", screen="/desk/reserves/")
def test_it_fills_from_the_county_up_to_its_ceiling_and_not_a_fen_more(access):
    fund = fund_of(access, fen=999_999)
    finance = access("finance", DAY)
    with pytest.raises(Refused, match="超过上限"):
        top_up(finance, fund, amount_fen=2, reference="拨2")
    voucher = top_up(finance, fund, amount_fen=1, reference="拨2")
    assert balance_of(fund) == 1_000_000
    assert balance("temporary", COUNTY) == 100_000_000 - 1_000_000
    assert [one.kind for one in fund.vouchers.order_by("id")] == ["opening", "top_up"]
    assert voucher.entry.key == f"reserve:{voucher.number}" and proven()


def test_it_enters_the_same_paper_once(access):
    fund, finance = fund_of(access), access("finance", DAY)
    first = top_up(finance, fund, amount_fen=10_000, reference="拨2")
    assert top_up(finance, fund, amount_fen=10_000, reference="拨2") == first
    with pytest.raises(Refused, match="金额不同"):
        top_up(finance, fund, amount_fen=10_001, reference="拨2")
    assert balance_of(fund) == 510_000


def test_it_pays_its_last_fen_and_then_nothing(access):
    fund = fund_of(access, fen=55_000)
    Emergency(access).seen().paid()
    assert balance_of(fund) == 0
    person = access("helper").user.person
    with pytest.raises(Refused, match=r"只有 0\.00 元"):
        Emergency(access, person=person).seen().paid()
    assert Voucher.objects.filter(kind="advance").count() == 1 and proven()


@pytest.mark.django_db(transaction=True)
def test_it_lets_two_clerks_who_pay_at_once_not_overdraw_it(access):
    """550 + 550 from 600, both signed in the same moment: one is helped, the other hears how much is left."""
    fund = fund_of(access, fen=60_000)
    ways = [
        Emergency(access).seen(),
        Emergency(access, person=access("outsider").user.person).seen(),
    ]
    seen = [Case.objects.get(pk=way.case.pk) for way in ways]
    officer = access("township", DAY)
    answers = at_once(
        *[lambda case=case: do_move(officer, case, "pay_two", {"received": True}) for case in seen]
    )
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert len(refused) == 1 and "只有 50.00 元" in refused[0].messages[0]
    assert balance_of(fund) == 5_000 and Voucher.objects.filter(kind="advance").count() == 1 and proven()


@pytest.mark.parametrize(("floor", "asked"), [(445_000, 0), (445_001, 1)])
def test_it_tells_the_county_when_it_is_below_its_floor_not_at_it(access, floor, asked):
    fund_of(access, floor=floor)
    Emergency(access).seen().paid()
    tasks = Task.objects.filter(kind="reserve.low")
    assert tasks.count() == asked
    if asked:
        assert tasks.get().office_id == COUNTY


def test_it_is_made_good_against_its_vouchers_once_and_the_task_goes(access):
    fund = fund_of(access, floor=450_000)
    first = Emergency(access).seen().paid()
    waiting = uncovered(fund)
    finance = access("finance", DAY)
    with pytest.raises(Refused, match="重新核对"):
        replenish(finance, fund, expected_fen=55_001, reference="补1")
    voucher = replenish(finance, fund, expected_fen=55_000, reference="补1")
    assert [one.case_number for one in voucher.covers.all()] == [first.case.number]
    assert waiting and uncovered(fund) == [] and balance_of(fund) == 500_000
    assert Task.objects.get(kind="reserve.low").state == "withdrawn"
    with pytest.raises(Refused, match="没有待补足"):
        replenish(finance, fund, expected_fen=55_000, reference="补2")


def test_it_returns_what_is_not_needed_and_no_more(access):
    fund, finance = fund_of(access), access("finance", DAY)
    with pytest.raises(Refused, match=r"只有 5000\.00 元"):
        give_back(finance, fund, amount_fen=500_001, reference="退1")
    give_back(finance, fund, amount_fen=500_000, reference="退1")
    assert balance_of(fund) == 0 and balance("temporary", COUNTY) == 100_000_000 and proven()


def test_it_takes_help_back_once(access):
    fund_of(access)
    case = Emergency(access).seen().paid().case
    voucher, clerk = Voucher.objects.get(case_id=case.pk), access("clerk", DAY)
    take_back(clerk, voucher, receipt="收1", reason="冒领")
    with pytest.raises(Refused, match="不用再登记"):
        take_back(clerk, voucher, receipt="收2", reason="冒领")
    assert proven()


def test_its_limits_are_the_counties_decision(access):
    fund = fund_of(access)
    with pytest.raises(Refused, match="退回县级"):
        set_limits(access("approver"), fund, ceiling_fen=499_999, floor_fen=0, document="晃民发〔2026〕2号")
    with pytest.raises(Refused, match="已经设立"):
        open_fund(
            access("approver"), fund.region, code="temporary", ceiling_fen=10, floor_fen=1, document="文"
        )
    with pytest.raises(Refused, match="按乡镇"):
        open_fund(
            access("approver"),
            Region.objects.get(code=COUNTY),
            code="temporary",
            ceiling_fen=10,
            floor_fen=1,
            document="文",
        )


def test_its_month_is_counted_explained_and_confirmed_by_another(access):
    fund = fund_of(access)
    Emergency(access).seen().paid()
    township, county = access("township", dt.date(2026, 12, 2)), access("approver", dt.date(2026, 12, 3))
    with pytest.raises(Refused, match="还没有过完"):
        reconcile(access("township", DAY), fund, month=NOVEMBER, counted_fen=445_000)
    with pytest.raises(Refused, match=r"相差 -0\.01 元"):
        reconcile(township, fund, month=NOVEMBER, counted_fen=444_999)
    short = reconcile(township, fund, month=NOVEMBER, counted_fen=444_999, note="正在查找。")
    with pytest.raises(Refused, match="查清后再确认"):
        confirm(county, short)
    whole = reconcile(township, fund, month=NOVEMBER, counted_fen=445_000)
    assert (whole.pk, whole.opening_fen, whole.received_fen, whole.advanced_fen, whole.cases) == (
        short.pk, 0, 500_000, 55_000, 1,
    )  # fmt: skip
    assert confirm(county, whole).checker.name == "田文斌"
    with pytest.raises(Refused, match="不能再改"):
        reconcile(township, fund, month=NOVEMBER, counted_fen=1, note="改")


def test_its_months_follow_each_other_without_a_gap(access):
    fund = fund_of(access)
    late = access("township", dt.date(2027, 1, 4))
    with pytest.raises(Refused, match="按月份先后"):
        reconcile(late, fund, month=DECEMBER, counted_fen=500_000)


def test_it_asks_the_township_for_the_month_until_it_is_reconciled(access):
    fund = fund_of(access)
    assert ask_for_reconciliation(dt.date(2026, 11, 30)) == 0  # opened in November: October was not its own
    assert ask_for_reconciliation(DECEMBER) == 1 and ask_for_reconciliation(dt.date(2026, 12, 2)) == 0
    reconcile(access("township", DECEMBER), fund, month=NOVEMBER, counted_fen=500_000)
    assert Task.objects.get(kind="reserve.reconcile").state == "withdrawn"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reserves_voucher SET amount_fen = 1",
        "DELETE FROM reserves_voucher",
        "UPDATE reserves_voucher SET second_id = first_id WHERE kind = 'advance'",
        "DELETE FROM reserves_reservefund",
    ],
)
def test_the_database_itself_keeps_the_papers(access, sql):
    fund_of(access)
    Emergency(access).seen().paid()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_proof_finds_a_case_that_was_paid_without_a_voucher(access):
    fund_of(access)
    way = Emergency(access).seen().paid()
    Case.objects.filter(pk=way.case.pk).update(amount_fen=55_001)
    proof = prove_reserves("431227")[0]
    assert not proof.holds and proof.unmatched == 1 and proof.difference == 1


def test_another_countys_finance_cannot_touch_it(access, cast):
    from django.core.exceptions import PermissionDenied

    fund = fund_of(access)
    with pytest.raises(PermissionDenied):
        top_up(access("outsider", DAY), fund, amount_fen=1, reference="拨9")
    assert Person.objects.exists() and Reconciliation.objects.count() == 0 and fund.region_id == TOWNSHIP
