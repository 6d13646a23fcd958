"""A month of payment, from the list to the closed batch."""

import pytest

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits import actions as rights
from minzheng.foundation.benefits.tests.making import (
    FAMILY,
    day,
    grant_family,
    grant_nursing,
    make_person,
    month,
    why,
)
from minzheng.foundation.benefits.timeline import Span
from minzheng.foundation.ledger.books import balance
from minzheng.foundation.ledger.models import Kind
from minzheng.foundation.payments import actions
from minzheng.foundation.payments.models import Batch, PaymentLine, Recovery
from minzheng.foundation.payments.tests.office import COUNTY, assert_proven, lines_of

pytestmark = pytest.mark.django_db


def test_it_pays_the_family_of_the_first_example_630_yuan(office, approver):
    """EX01: confirmed in February, first paid in March."""
    office.fund(code=FAMILY.code)
    grant_family(approver, decided_on="2026-02-10")
    batch = office.pay("2026-03", FAMILY.code)
    assert lines_of(batch) == [("吴老三", "regular", "630.00", "paid")]
    assert balance(FAMILY.programme, COUNTY, Kind.PAID) == 63000
    assert_proven("2026-02", "2026-03")


def test_it_pays_back_to_the_month_of_application(office, approver):
    """EX16: applied 05-31, confirmed 07-12: May, June and July together 210.00."""
    grant_nursing(approver, applied_on="2021-05-31", decided_on="2021-07-12")
    batch = office.pay("2021-07")
    assert lines_of(batch) == [
        ("吴老三", "regular", "70.00", "paid"),
        ("吴老三", "arrears", "140.00", "paid"),
    ]
    assert lines_of(office.pay("2021-08")) == [("吴老三", "regular", "70.00", "paid")]
    assert_proven("2021-05", "2021-06", "2021-07", "2021-08")


def test_it_pays_back_where_earlier_months_were_already_run(office, approver):
    grant_nursing(approver, applied_on="2021-05-03", person=make_person("姚阿公"))
    office.pay("2021-05")
    office.pay("2021-06")
    grant_nursing(approver, applied_on="2021-05-31", decided_on="2021-07-12")
    batch = office.pay("2021-07")
    assert ("吴老三", "arrears", "140.00", "paid") in lines_of(batch)
    assert_proven("2021-05", "2021-06", "2021-07")


def test_it_pays_the_difference_of_a_new_standard_with_the_next_month(office, approver):
    """EX17: 110 from January, 90 paid January to March: April pays 110 + 60 = 170."""
    right = grant_nursing(approver, 9000, applied_on="2026-01-05")
    for text in ("2026-01", "2026-02", "2026-03"):
        office.pay(text)
    rights.restate(
        approver, right, spans=[Span(month("2026-01"), None, 11000)], why=why("2026-04-02", "standard")
    )
    batch = office.pay("2026-04")
    assert [row[1:3] for row in lines_of(batch)] == [("regular", "110.00"), ("arrears", "60.00")]
    assert batch.payable_fen == 17000
    assert_proven("2026-01", "2026-02", "2026-03", "2026-04")


def test_it_recovers_what_was_paid_after_a_death(office, approver):
    """EX18: died 03-02, found 05-08, April and May paid: recover 140.00; March stays paid."""
    right = grant_nursing(approver, applied_on="2026-03-01")
    for text in ("2026-03", "2026-04", "2026-05"):
        office.pay(text)
    rights.on_death(approver, right, died_on=day("2026-03-02"), why=why("2026-05-08"))
    found = Recovery.objects.order_by("month").values_list("month", "amount_fen", "state")
    assert list(found) == [(month("2026-04"), 7000, "open"), (month("2026-05"), 7000, "open")]
    assert_proven("2026-03", "2026-04", "2026-05")


def test_it_recovers_once_however_often_the_death_is_reported(office, approver):
    right = grant_nursing(approver, applied_on="2026-03-01")
    office.pay("2026-03")
    office.pay("2026-04")
    for _ in range(3):
        rights.on_death(approver, right, died_on=day("2026-03-02"), why=why("2026-05-08"))
    assert Recovery.objects.count() == 1


def test_it_pays_an_exiting_family_to_the_last_month_of_its_exit(office, approver):
    """EX34: 630.00 until September; October's list is empty."""
    office.fund(code=FAMILY.code)
    right = grant_family(approver, decided_on="2026-02-10")
    rights.gradual_exit(approver, right, verified_on=day("2026-03-15"), months=6)
    paid = [office.pay(f"2026-{number:02}", FAMILY.code).payable_fen for number in range(3, 10)]
    assert paid == [63000] * 7
    with pytest.raises(Refused, match="名单是空的"):
        office.freeze(office.make("2026-10", FAMILY.code))


def test_it_runs_months_in_order_without_a_gap(office, approver):
    grant_nursing(approver)
    office.pay("2026-01")
    with pytest.raises(Refused, match="月份不能跳过"):
        office.make("2026-03")
    with pytest.raises(Refused, match="已经编制过"):
        office.make("2026-01")


def test_it_does_not_pay_a_month_that_has_not_come(office, approver, access):
    finance = access("finance", day("2026-03-31"))
    with pytest.raises(Refused, match="还没有到"):
        actions.make_batch(finance, office.county, code="test_nursing", month=month("2026-04"))
    assert actions.make_batch(finance, office.county, code="test_nursing", month=month("2026-03"))


def test_it_refuses_to_freeze_another_list_than_the_one_that_was_seen(office, approver):
    grant_nursing(approver)
    seen = office.make("2026-01")
    grant_nursing(approver, person=make_person("姚阿公"))
    with pytest.raises(Refused, match="名单刚有变化"):
        office.freeze(seen)
    assert Batch.objects.get().state == "draft"


def test_it_refuses_a_checker_who_is_the_maker_under_another_account(office, approver, access, cast):
    grant_nursing(approver)
    batch = office.freeze(office.make("2026-01"))
    second_account = cast["finance2"]
    second_account.person = cast["finance"].person
    second_account.save()
    with pytest.raises(Refused, match="不能是同一个人"):
        actions.check(access("finance2"), batch)


def test_it_refuses_money_work_of_an_account_without_a_person(office, approver, access, cast):
    cast["finance"].person = None
    cast["finance"].save()
    with pytest.raises(Refused, match="没有绑定本人"):
        actions.make_batch(access("finance"), office.county, code="test_nursing", month=month("2026-01"))


def test_it_refuses_to_send_without_money_and_says_how_much_is_missing(office, approver):
    grant_nursing(approver, 20_000_000_001)
    batch = office.freeze(office.make("2026-01"))
    with pytest.raises(Refused, match=r"还差 100000000\.01 元"):
        office.send(batch)
    batch.refresh_from_db()
    assert batch.state == "checked"


def test_it_stops_a_list_that_a_death_has_overtaken(office, approver):
    right = grant_nursing(approver)
    batch = office.freeze(office.make("2026-02"))
    rights.on_death(approver, right, died_on=day("2026-01-20"), why=why("2026-02-08"))
    with pytest.raises(Refused, match="名单已经过时"):
        actions.check(office.checker, batch)


def test_it_pays_nothing_wrong_after_an_overtaken_list_went_back(office, approver):
    right = grant_nursing(approver)
    grant_nursing(approver, person=make_person("姚阿公"))
    batch = office.freeze(office.make("2026-02"))
    rights.on_death(approver, right, died_on=day("2026-01-20"), why=why("2026-02-08"))
    actions.send_back(office.checker, batch, reason="有人死亡")
    batch = office.pay("2026-02")
    assert [row[0] for row in lines_of(batch) if row[1] == "regular"] == ["姚阿公"]
    assert not Recovery.objects.exclude(state="void").exists()
    assert_proven("2026-01", "2026-02")


def test_it_freezes_checks_and_sends_once_however_often_it_is_asked(office, approver):
    grant_nursing(approver)
    batch = office.freeze(office.make("2026-01"))
    evidence = batch.evidence
    assert office.freeze(batch).evidence == evidence
    office.send(batch)
    again = actions.send(office.maker, batch)
    assert again.state == "sent"
    assert balance("test_nursing", COUNTY, Kind.TRANSIT) == 7000


def test_it_makes_up_for_a_person_who_could_not_get_a_line(office, approver):
    """An earlier right of the same person was charged for the month that now belongs to the new one."""
    person = make_person()
    old = grant_nursing(approver, applied_on="2026-01-05", person=person)
    office.pay("2026-01")
    office.pay("2026-02")
    rights.end(approver, old, on=day("2026-01-20"), reason="review")
    grant_nursing(approver, applied_on="2026-02-20", person=person)
    assert_proven("2026-01", "2026-02")
    office.pay("2026-03")
    assert_proven("2026-01", "2026-02", "2026-03")
    assert PaymentLine.objects.filter(person=person, kind="arrears").count() == 1


def test_it_discards_a_draft_but_nothing_frozen(office, approver):
    grant_nursing(approver)
    batch = office.make("2026-01")
    actions.discard(office.maker, batch)
    assert not Batch.objects.exists()
    batch = office.freeze(office.make("2026-01"))
    with pytest.raises(Refused, match="不能删除"):
        actions.discard(office.maker, batch)
