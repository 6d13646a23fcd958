"""The first page of finance says what of the money waits: for whom it waits, and nothing of another county."""

import datetime as dt

import pytest

from minzheng.demo.cast import SIBLING_COUNTY
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import Assignment
from minzheng.foundation.benefits.tests.making import grant_nursing
from minzheng.foundation.payments.actions import close
from minzheng.foundation.payments.models import Batch
from minzheng.foundation.tasks.waiting import waiting

pytestmark = pytest.mark.django_db
MONTH = dt.date(2026, 3, 16)


@pytest.fixture
def seen(cast, office, approver):
    """What an officer's tiles of payments say on 16 March 2026."""
    office.fund()
    grant_nursing(approver, applied_on="2026-03-02", decided_on="2026-03-10")

    def tiles(username):
        found = waiting(Access(cast[username], MONTH))
        return {
            one.code.removeprefix("payments."): number for one, number in found if one.code.startswith("pay")
        }

    return tiles


def test_it_leads_the_month_through_maker_and_checker(seen, office):
    assert seen("finance")["make"] == 1
    batch = office.make("2026-03")
    assert seen("finance")["make"] == 0
    office.freeze(batch)
    assert (seen("finance")["check"], seen("finance2")["check"], seen("approver")["check"]) == (0, 1, 1)
    assert "make" not in seen("approver")
    office.send(batch)
    assert (seen("finance2")["check"], seen("finance")["answer"]) == (0, 1)


def test_what_the_bank_could_not_pay_waits_to_be_paid_again(seen, office):
    batch = office.send(office.freeze(office.make("2026-03")))
    (line,) = batch.lines.all()
    office.answer(batch, **{line.payee.name: "04"})
    assert (seen("finance")["answer"], seen("finance")["again"]) == (0, 1)
    batch.refresh_from_db()
    close(office.maker, batch)
    office.pay("2026-03", kind="reissue")
    assert seen("finance")["again"] == 0


def test_a_list_of_another_county_waits_for_nobody_here(seen, cast, office):
    office.freeze(office.make("2026-03"))
    Assignment.objects.filter(user=cast["finance2"]).update(region=SIBLING_COUNTY)
    assert Batch.objects.count() == 1
    assert set(seen("finance2").values()) == {0}
