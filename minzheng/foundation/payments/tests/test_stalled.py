"""Two failures in a row, or three months that reached no account: suspended, the township told, resumed when mended."""

import datetime as dt

import pytest

from minzheng.foundation.benefits.models import State
from minzheng.foundation.benefits.tests.making import grant_nursing, make_person
from minzheng.foundation.payments.stalled import review_accounts
from minzheng.foundation.payments.tests.office import assert_proven, lines_of
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db
TONIGHT = dt.date(2026, 4, 20)


@pytest.fixture
def right(office, approver):
    return grant_nursing(approver, person=make_person("甲"))


def night(right):
    told = review_accounts(TONIGHT)
    right.refresh_from_db()
    return told


def suspended(told):
    return told["账户问题，暂缓发放"]


def test_it_suspends_after_two_failures_in_a_row_and_tells_the_township(office, right):
    office.pay("2026-01", 甲="01")
    assert suspended(night(right)) == 0
    office.pay("2026-02", 甲="02")
    assert suspended(night(right)) == 1
    assert right.state == State.SUSPENDED
    task = Task.objects.get(kind="payment.account")
    assert (task.office_id, task.due_on) == ("431227107000", TONIGHT + dt.timedelta(days=7))
    assert suspended(night(right)) == 0
    assert lines_of(office.pay("2026-03")) == [("甲", "regular", "70.00", "held")]
    assert_proven("2026-01", "2026-02", "2026-03")


@pytest.mark.parametrize("results", [("01", "04"), ("04", "04"), ("01", "00")])
def test_the_banks_own_fault_and_a_success_between_count_for_nothing(office, right, results):
    for number, result in enumerate(results, 1):
        office.pay(f"2026-0{number}", 甲=result)
    assert suspended(night(right)) == 0


def test_a_reissue_that_arrived_ends_the_row(office, right):
    office.pay("2026-01", 甲="01")
    right.payee.bank_account = "6230909999999999999"
    right.payee.save()
    office.pay("2026-01", kind="reissue")
    office.pay("2026-02", 甲="01")
    assert suspended(night(right)) == 0


def test_it_suspends_after_three_months_without_an_account(office, right):
    right.payee.bank_account = ""
    right.payee.save()
    for number, expected in ((1, 0), (2, 0), (3, 1)):
        office.pay(f"2026-0{number}")
        assert suspended(night(right)) == expected


def test_it_resumes_when_the_account_is_corrected_and_pays_every_month_once(office, right):
    office.pay("2026-01", 甲="01")
    office.pay("2026-02", 甲="01")
    night(right)
    office.pay("2026-03")
    assert night(right) == {"账户已更正，恢复发放": 0, "账户问题，暂缓发放": 0}
    right.payee.bank_account = "6230909999999999999"
    right.payee.save()
    assert night(right)["账户已更正，恢复发放"] == 1
    assert (right.state, Task.objects.get().state) == (State.ACTIVE, "withdrawn")
    office.pay("2026-04")
    office.pay("2026-04", kind="reissue")
    paid = [line for line in right.payment_lines.all() if line.state == "paid"]
    assert sum(line.amount_fen for line in paid) == 4 * 7000
    assert not office.make("2026-04", kind="reissue").lines.exists()
    assert night(right) == {"账户已更正，恢复发放": 0, "账户问题，暂缓发放": 0}
    assert_proven("2026-01", "2026-02", "2026-03", "2026-04")
