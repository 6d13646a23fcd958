"""Overpaid money: given back into the ledger, or written off by two persons."""

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits import actions as rights
from minzheng.foundation.benefits.tests.making import day, grant_nursing, why
from minzheng.foundation.ledger.books import balance
from minzheng.foundation.payments.models import Recovery
from minzheng.foundation.payments.recoveries import approve_write_off, propose_write_off, record_return
from minzheng.foundation.payments.tests.office import COUNTY, assert_proven

pytestmark = pytest.mark.django_db


@pytest.fixture
def recovery(office, approver):
    right = grant_nursing(approver)
    office.pay("2026-01")
    office.pay("2026-02")
    rights.on_death(approver, right, died_on=day("2026-01-20"), why=why("2026-03-08"))
    return Recovery.objects.get()


def test_it_makes_returned_money_available_again_once(office, recovery):
    before = balance("test_nursing", COUNTY)
    record_return(office.maker, recovery, receipt="收据-17")
    assert balance("test_nursing", COUNTY) == before + 7000
    with pytest.raises(Refused, match="已退回"):
        record_return(office.maker, recovery, receipt="收据-18")
    assert_proven("2026-01", "2026-02")


def test_it_writes_off_only_with_a_second_persons_approval(office, recovery, cast, access):
    with pytest.raises(Refused, match="还没有人提出"):
        approve_write_off(office.checker, recovery)
    propose_write_off(office.maker, recovery, reason="家庭无力退回，村委会证明")
    with pytest.raises(Refused, match="不能是同一个人"):
        approve_write_off(office.maker, recovery)
    approve_write_off(office.checker, recovery)
    recovery.refresh_from_db()
    assert (recovery.state, recovery.proposer, recovery.approver) == (
        "written_off",
        cast["finance"].person,
        cast["finance2"].person,
    )
    assert_proven("2026-01", "2026-02")


@pytest.mark.parametrize("who", ["clerk", "auditor", "province", "outsider"])
def test_it_lets_nobody_outside_the_finance_office_touch_a_recovery(recovery, access, who):
    with pytest.raises(PermissionDenied):
        record_return(access(who), recovery, receipt="收据-17")
