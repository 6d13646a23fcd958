"""支出型: checked and visited like dibao, posted, confirmed where the amount says, paid once (国发〔2014〕47号; handbook A7)."""

import datetime as dt

import pytest

from minzheng.business.assistance.tests.emergency_journey import fund_of
from minzheng.business.assistance.tests.families import CHILD, FATHER, application, member, monthly
from minzheng.business.assistance.tests.journey import Journey
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.cases.drafts import add_material
from minzheng.foundation.reserves.balance import balance_of
from minzheng.foundation.reserves.models import Voucher

pytestmark = pytest.mark.django_db
FOUND = {"spending_months": 2, "spending_severity": "一般"}


class Spending(Journey):
    item = "A7"


def family(applicant_id_no, size=3, medical=6_000_000, wage=4000):
    """EX38: one wage of 4,000 a month, 60,000 of medical bills in the year."""
    people = [
        member("杨秀英", applicant_id_no, "本人", income_kinds=["wage"], wage=monthly(wage), employed=True),
        member("吴永贵", FATHER, "配偶", labour_ability="无"),
        member("吴小宝", CHILD, "子女", education="义务教育", labour_ability="无"),
    ]
    asked = {
        "cause": "突发重病", "event_date": "2026-01-10", "story": "看病欠了债。", "spending_medical": medical,
        "spending_education": 0, "spending_other": 0, "spending_asked": True,
    }  # fmt: skip
    kept = application(people[:size])
    for key in ("reason", "has_obligors", "obligors", "buildings", "has_vehicles"):
        kept.pop(key)
    return kept | asked


@pytest.fixture
def spending(access, cast):
    return lambda **more: Spending(access, family(cast["xiuying"].person.id_no, **more))


def looked_at(way, **found):
    add_material(way.as_("xiuying"), way.case, "receipts", way.photo("xiuying"))
    return way.submit().accept().survey(visit=FOUND | found).conclude()


@pytest.mark.covers("S-045", by="minzheng/business/assistance/items.py", screen="/desk/intake/")
def test_it_pays_ex38_3300_yuan_by_the_bank_after_the_county_confirmed(spending):
    way = looked_at(spending()).propose().publicise()
    assert (way.case.step, way.case.assessment["amount_fen"]) == ("confirm_county", 330_000)
    with pytest.raises(Refused):
        way.decide("refuse")
    way.decide()
    right = Entitlement.objects.get(case_id=way.case.pk)
    assert (way.case.step, way.case.outcome, right.benefit, right.state) == (
        "done",
        "granted",
        "temporary",
        "ended",
    )
    month = dt.date(way.today.year, way.today.month, 1)
    assert (right.since_month, right.until_month, right.amounts.get().amount_fen) == (month, month, 330_000)


def test_it_lets_the_township_confirm_and_pay_a_small_amount_from_its_fund(spending, access):
    fund = fund_of(access)
    way = looked_at(spending(size=1, wage=2000), spending_months=1).later(1)
    way.move("clerk2", "propose_grant", {"opinion": "符合调查结果，拟按规定办理。"})
    way.publicise()
    assert (way.case.step, way.case.assessment["amount_fen"]) == ("confirm_township", 55_000)
    way.later(1).move("township", "grant", {"opinion": "同意。"})
    with pytest.raises(Refused, match="另一位"):
        way.move("township", "pay_two", {"received": True})
    way.move("clerk2", "pay_two", {"received": True})
    voucher = Voucher.objects.get(case_id=way.case.pk)
    assert (way.case.step, voucher.amount_fen, balance_of(fund)) == ("done", 55_000, 445_000)
    assert not Entitlement.objects.filter(case_id=way.case.pk).exists()


def test_it_refuses_who_can_bear_the_bills_and_says_why(spending):
    way = looked_at(spending(medical=2_399_999)).later(1)
    way.move("clerk2", "propose_refuse", {"opinion": "能够承受。"})
    way.later(1).move("township", "refuse", {"opinion": "同意。"})
    assert way.case.outcome == "refused" and any("承受能力" in reason for reason in way.case.reasons)
    assert not Entitlement.objects.filter(case_id=way.case.pk).exists()
