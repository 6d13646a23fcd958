"""Held money stays on the list with its reason, and is paid once when the obstacle is gone."""

import pytest

from minzheng.foundation.benefits import actions as rights
from minzheng.foundation.benefits.tests.making import (
    FAMILY,
    day,
    grant_family,
    grant_nursing,
    make_household,
    make_person,
    month,
    why,
)
from minzheng.foundation.payments.models import PaymentLine, Recovery
from minzheng.foundation.payments.tests.office import assert_proven, lines_of

pytestmark = pytest.mark.django_db


def reasons(batch):
    return dict(batch.lines.values_list("payee__name", "held_reason"))


def test_it_holds_with_the_reason_and_drops_nobody(office, approver):
    grant_nursing(approver, person=make_person("好"))
    grant_nursing(approver, person=make_person("无账号", bank_account=""))
    grant_nursing(approver, person=make_person("户名不符"), account_name="别人")
    grant_nursing(approver, person=make_person("已故", died_on="2026-02-28"))
    suspended = grant_nursing(approver, person=make_person("暂缓"))
    rights.suspend(approver, suspended, from_month=month("2026-03"), reason="两次联系不上")
    batch = office.freeze(office.make("2026-03"))
    assert reasons(batch) == {
        "好": "",
        "无账号": "no_account",
        "户名不符": "name_mismatch",
        "已故": "dead",
        "暂缓": "suspended",
    }


@pytest.mark.parametrize(
    ("died_on", "reason"), [("2026-02-28", "dead"), ("2026-03-01", ""), ("2026-03-31", "")]
)
def test_it_still_pays_the_month_of_death(office, approver, died_on, reason):
    grant_nursing(approver, applied_on="2026-03-01", person=make_person("老人", died_on=died_on))
    batch = office.freeze(office.make("2026-03"))
    assert reasons(batch) == {"老人": reason}


def test_it_pays_a_family_again_when_someone_else_receives_for_the_dead_head(office, approver):
    office.fund(code=FAMILY.code)
    household = make_household("吴老三", "杨妹")
    right = grant_family(approver, household=household)
    household.head.died_on = "2026-02-20"
    household.head.save()
    assert office.pay("2026-03", FAMILY.code).held_fen == 63000
    rights.change_payee(approver, right, payee=household.memberships.last().person)
    assert lines_of(office.pay("2026-04", FAMILY.code)) == [("杨妹", "regular", "630.00", "paid")]
    assert lines_of(office.pay("2026-04", FAMILY.code, "reissue")) == [("杨妹", "reissue", "630.00", "paid")]
    assert_proven("2026-03", "2026-04")


def test_it_pays_held_money_once_the_account_is_there(office, approver):
    person = make_person(bank_account="")
    grant_nursing(approver, person=person)
    assert lines_of(office.pay("2026-01")) == [("吴老三", "regular", "70.00", "held")]
    person.bank_account = "6230901234567890123"
    person.save()
    assert lines_of(office.pay("2026-01", kind="reissue")) == [("吴老三", "reissue", "70.00", "paid")]
    assert office.make("2026-02", kind="reissue").lines.count() == 0
    assert_proven("2026-01")


@pytest.mark.covers("S-017", by="minzheng/foundation/payments/calculate.py")
def test_it_reissues_a_failed_payment_once_after_the_account_changed(office, approver):
    person = make_person()
    grant_nursing(approver, person=person)
    office.pay("2026-01", 吴老三="01")
    assert office.make("2026-01", kind="reissue").lines.count() == 0, "the account is still the wrong one"
    person.bank_account = "6230909999999999999"
    person.save()
    batch = office.pay("2026-01", kind="reissue")
    assert lines_of(batch) == [("吴老三", "reissue", "70.00", "paid")]
    assert PaymentLine.objects.get(kind="regular").carried_by == batch.lines.get()
    assert_proven("2026-01")


def test_it_reissues_at_once_what_failed_by_the_banks_fault(office, approver):
    grant_nursing(approver)
    office.pay("2026-01", 吴老三="04")
    assert office.pay("2026-01", kind="reissue").payable_fen == 7000
    assert_proven("2026-01")


def test_it_can_reissue_again_what_fails_again(office, approver):
    grant_nursing(approver)
    office.pay("2026-01", 吴老三="04")
    office.pay("2026-01", kind="reissue", 吴老三="04")
    office.pay("2026-02")
    last = office.pay("2026-02", kind="reissue")
    assert lines_of(last) == [("吴老三", "reissue", "70.00", "paid")]
    assert set(PaymentLine.objects.filter(carried_by=last.lines.get()).values_list("kind", flat=True)) == {
        "regular",
        "reissue",
    }
    assert_proven("2026-01", "2026-02")


def test_it_asks_nothing_back_for_money_that_never_left(office, approver):
    right = grant_nursing(approver, person=make_person(bank_account=""))
    office.pay("2026-01")
    office.pay("2026-02")
    rights.on_death(approver, right, died_on=day("2026-01-20"), why=why("2026-03-08"))
    assert list(Recovery.objects.values_list("month", "state")) == [(month("2026-02"), "offset")]
    assert PaymentLine.objects.get(month=month("2026-02")).state == "cancelled"
    assert_proven("2026-01", "2026-02")


def test_it_reissues_only_what_is_still_owed(office, approver):
    person = make_person(bank_account="")
    right = grant_nursing(approver, person=person)
    office.pay("2026-01")
    office.pay("2026-02")
    rights.on_death(approver, right, died_on=day("2026-01-20"), why=why("2026-03-08"), recomputed_fen=4000)
    person.bank_account = "6230901234567890123"
    person.save()
    assert office.pay("2026-02", kind="reissue").payable_fen == 7000 + 4000
    assert_proven("2026-01", "2026-02")


def test_it_offsets_when_the_bank_refuses_after_the_death_was_known(office, approver):
    right = grant_nursing(approver)
    batch = office.send(office.freeze(office.make("2026-02")))
    rights.on_death(approver, right, died_on=day("2026-01-20"), why=why("2026-02-18"))
    office.answer(batch, 吴老三="03")
    assert Recovery.objects.get(month=month("2026-02")).state == "offset"
    assert_proven("2026-01", "2026-02")


def test_it_pays_suspended_months_after_they_are_released(office, approver):
    right = grant_nursing(approver)
    rights.suspend(approver, right, from_month=month("2026-01"), reason="两次联系不上")
    office.pay("2026-01")
    rights.resume(approver, right, from_month=month("2026-02"), pay_held=True, why=why("2026-02-03"))
    office.pay("2026-02")
    assert office.pay("2026-02", kind="reissue").payable_fen == 7000
    assert_proven("2026-01", "2026-02")


def test_it_cancels_suspended_months_that_are_forfeited(office, approver):
    right = grant_nursing(approver)
    rights.suspend(approver, right, from_month=month("2026-01"), reason="两次联系不上")
    office.pay("2026-01")
    rights.resume(approver, right, from_month=month("2026-02"), pay_held=False, why=why("2026-02-03"))
    assert PaymentLine.objects.get().state == "cancelled"
    assert_proven("2026-01")


def test_it_takes_back_a_recovery_when_the_death_was_an_error(office, approver):
    right = grant_nursing(approver)
    office.pay("2026-01")
    office.pay("2026-02")
    rights.on_death(approver, right, died_on=day("2026-01-20"), why=why("2026-03-08"))
    right.refresh_from_db()
    right.state, right.until_month = "active", None
    right.save()
    rights.change_amount(approver, right, amount_fen=7000, why=why("2026-03-09", "correction"))
    assert Recovery.objects.get().state == "void"
    assert_proven("2026-01", "2026-02")
