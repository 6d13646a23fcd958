"""The subsidies in the monthly list: back-pay from the application, a late death recovered (EX16, EX18)."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.disability.tests.journey import Journey, disabled
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.payments.models import Recovery
from minzheng.foundation.payments.tests.office import Office, assert_proven, lines_of
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEventKind


@pytest.fixture
def office(access, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.PAYMENT_OUTBOX = tmp_path / "outbox"
    office = Office(access)
    office.fund(code="nursing_subsidy")
    return office


@pytest.mark.django_db
@pytest.mark.covers(
    "S-134",
    by="minzheng/business/disability/benefits.py",
    screen="/desk/registers/nursing_subsidy/",
)
def test_the_first_list_pays_the_months_since_the_application(access, cast, office):
    """EX16: applied on 31 May, confirmed on 12 July: three months in July's list, proven to the fen."""
    disabled(cast["xiuying"].person)
    Journey(access, "D2", dt.date(2021, 5, 31), care_months=8).granted(on=dt.date(2021, 7, 12))
    batch = office.pay("2021-07", code="nursing_subsidy")
    assert lines_of(batch) == [
        ("杨秀英", "regular", "70.00", "paid"),
        ("杨秀英", "arrears", "140.00", "paid"),
    ]
    assert_proven("2021-07")


@pytest.mark.django_db
def test_what_was_paid_after_a_death_is_recovered(access, cast, office):
    """EX18: died on 2 March, found on 8 May; April and May were paid: 140 to be recovered, March stays."""
    person = cast["xiuying"].person
    person.bank_account, person.bank_name = "6217000000000000003", "农商行"
    person.save()
    since = dt.date(2026, 1, 20)
    grant(
        access("approver", since), person, code="nursing_subsidy", amount_fen=7000, applied_on=since,
        why=Why("granted", "测试", since),
    )  # fmt: skip
    for month in ("2026-03", "2026-04", "2026-05"):
        office.pay(month, code="nursing_subsidy")
    found = access("clerk", dt.date(2026, 5, 8))
    record_life_event(found, person, LifeEventKind.DEATH, dt.date(2026, 3, 2), "数据比对")
    assert sum(Recovery.objects.values_list("amount_fen", flat=True)) == 14_000
    assert_proven("2026-03", "2026-04", "2026-05")
