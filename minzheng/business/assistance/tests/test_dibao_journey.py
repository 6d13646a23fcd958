"""A1 from application to decision: EX01 is granted 630.00, EX02 is refused with its reason."""

import datetime as dt

import pytest

from minzheng.business.assistance.tests.families import ex01, ex02
from minzheng.business.assistance.tests.journey import Journey
from minzheng.foundation.benefits.models import Entitlement


@pytest.fixture
def journey(access, cast):
    return lambda data: Journey(access, data(cast["xiuying"].person.id_no))


def test_it_grants_630_yuan_to_the_family_of_ex01(journey):
    case = journey(ex01).granted().case
    assert (case.step, case.outcome, case.amount_fen) == ("active", "granted", 63_000)
    entitlement = Entitlement.objects.get(case_id=case.pk)
    assert entitlement.since_month == dt.date(2026, 4, 1)
    assert entitlement.amounts.get().amount_fen == 63_000


def test_it_refuses_the_family_of_ex02_and_says_why(journey):
    way = journey(ex02).submit().accept().survey().conclude().propose("propose_refuse").decide("refuse")
    assert way.case.outcome == "refused"
    assert any("人均收入不低于" in reason for reason in way.case.reasons)
    notice = way.case.notices.get(kind="refused")
    assert notice.body["reasons"] == way.case.reasons
