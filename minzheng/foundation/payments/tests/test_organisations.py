"""An organisation is paid by the same lists, on its own account, once a month and place; the month is proven like any other."""

import io

import pytest
from django.db import IntegrityError, transaction

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.organisations import Due, grant_month, reduce_month
from minzheng.foundation.benefits.tests.making import VILLAGE, day, month
from minzheng.foundation.benefits.words import Benefit, Start, Unit
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import with_checks
from minzheng.foundation.payments.instruction import write_text
from minzheng.foundation.payments.models import Recovery
from minzheng.foundation.payments.tests.office import assert_proven
from minzheng.foundation.registry.words import shelf

pytestmark = pytest.mark.django_db
SUBSIDY = Benefit(
    code="test_subsidy",
    title="机构补贴",
    item="",
    unit=Unit.ORGANISATION,
    amount="",
    start=Start.MONTH_OF_DECISION,
    cite="测试",
    programme="test_subsidy",
    once=True,
)
ACCOUNT = "6214001234567890123"


@pytest.fixture
def subsidised(office, monkeypatch):
    """An organisation with two homes in one village; the office has money for them."""
    monkeypatch.setitem(shelf(Benefit)._found, SUBSIDY.code, SUBSIDY)
    office.fund(code=SUBSIDY.code)
    owner = Organisation.objects.create(
        uscc=with_checks("52431227MJ000001"), name="福寿养老服务中心", kind="service_body", region_id=VILLAGE,
        bank_name="新晃农商行", bank_account=ACCOUNT,
    )  # fmt: skip
    return owner, [
        Facility.objects.create(
            kind="elder_home", name=name, region_id=VILLAGE, organisation=owner, opened_on=day("2020-01-01")
        )
        for name in ("一院", "二院")
    ]


def grant(owner, home, text, fen):
    due = Due(owner.pk, VILLAGE, fen, home.pk)
    return grant_month(SUBSIDY.code, month(text), [due], cite="测试", decided_on=day("2026-01-05"))[0]


def test_each_place_is_paid_once_on_the_organisations_account(office, subsidised):
    owner, (first, second) = subsidised
    grant(owner, first, "2026-01", 10_000)
    grant(owner, second, "2026-01", 20_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        grant(owner, first, "2026-01", 10_000)
    batch = office.make("2026-01", SUBSIDY.code)
    assert (batch.payable_count, batch.payable_fen) == (2, 30_000)
    batch = office.send(office.freeze(batch))
    write_text(batch, file := io.BytesIO())
    row = file.getvalue().decode().splitlines()[1].split("|")
    assert row[3:7] == ["福寿养老服务中心", owner.uscc, "新晃农商行", ACCOUNT]
    answer = [
        f"D|{batch.number}-0000001|100.00|00|",
        f"D|{batch.number}-0000002|200.00|03|",
    ]
    office.answer(batch, text="\n".join([f"R|MZ-YKT-R1|{batch.number}", *answer, "T|2|300.00"]))
    assert sorted(batch.lines.values_list("state", flat=True)) == ["failed", "paid"]
    assert_proven("2026-01")
    owner.bank_account = "6214009999999999999"  # the account was changed: the failed line is sent again
    owner.save()
    again = office.pay_organisation(office.make("2026-01", SUBSIDY.code, "reissue"))
    assert again.lines.get().amount_fen == 20_000
    assert_proven("2026-01")


def test_a_month_whose_list_has_gone_out_is_paid_with_the_next_one(office, subsidised):
    owner, (first, second) = subsidised
    grant(owner, first, "2026-01", 10_000)
    office.pay_organisation(office.make("2026-01", SUBSIDY.code))
    grant(owner, second, "2026-01", 5_000)
    grant(owner, first, "2026-02", 10_000)
    batch = office.pay_organisation(office.make("2026-02", SUBSIDY.code))
    assert sorted(batch.lines.values_list("kind", "amount_fen")) == [("arrears", 5_000), ("regular", 10_000)]
    assert_proven("2026-01", "2026-02")


def test_what_is_reduced_after_payment_is_recovered_from_the_organisation(office, subsidised):
    owner, (first, _) = subsidised
    right = grant(owner, first, "2026-01", 10_000)
    office.pay_organisation(office.make("2026-01", SUBSIDY.code))
    with pytest.raises(Refused, match="只能按规定核减"):
        reduce_month(right, 10_001, cite="测试", decided_on=day("2026-03-01"), why="downgrade")
    reduce_month(right, 4_000, cite="测试", decided_on=day("2026-03-01"), why="downgrade")
    owed = Recovery.objects.get()
    assert (owed.amount_fen, owed.holder, owed.persons) == (6_000, "福寿养老服务中心", [])
    assert_proven("2026-01")


def test_a_line_waits_while_the_organisation_has_no_account(office, subsidised):
    owner, (first, _) = subsidised
    owner.bank_account = ""
    owner.save()
    grant(owner, first, "2026-01", 10_000)
    assert office.make("2026-01", SUBSIDY.code).lines.get().held_reason == "no_account"
