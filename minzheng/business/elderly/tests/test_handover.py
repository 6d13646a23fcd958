"""A move from one county to another: the old one pays the month of the move, the new one the next; no gap, no month twice."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.foundation.accounts.models import Assignment, Role
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.ledger.books import receive
from minzheng.foundation.payments.models import Arrear, PaymentLine, Recovery
from minzheng.foundation.payments.tests.office import Office, assert_proven
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEventKind
from minzheng.foundation.regions.models import Region, within

CODE = "elder_allowance"
SINCE, TOLD = dt.date(2026, 10, 10), dt.date(2027, 1, 20)


@pytest.fixture
def offices(cast, access, settings, tmp_path):
    """The finance offices of 新晃 and of 芷江, here held by the same two people."""
    settings.PAYMENT_OUTBOX = tmp_path
    for name in ("finance", "finance2"):
        Assignment.objects.create(
            user=cast[name], role=Role.FINANCE, region_id="431228000000", since=dt.date(2020, 1, 1)
        )
    old, new = Office(access), Office(access)
    new.county = Region.objects.get(pk="431228000000")
    for office in (old, new):
        receive("county", CODE, office.county.pk, 10**7, f"到账{office.county.pk}")
    return old, new


@pytest.fixture
def moved(cast, access, offices):
    """Paid in 新晃 from October to January; the move became known on 20 January."""
    person = cast["xiuying"].person
    person.birth_date, person.bank_account = dt.date(1940, 1, 1), "6217000000000000003"
    person.save()
    grant(
        access("approver", SINCE), person, code=CODE, amount_fen=5000, reached_on=SINCE,
        why=Why("granted", "测试", SINCE),
    )  # fmt: skip
    home = Region.objects.create(
        code="431228001001", name="测试村", full_name="湖南省怀化市芷江侗族自治县测试村", level=5,
        parent_id="431228000000", since=dt.date(2000, 1, 1), source="测试",
    )  # fmt: skip
    for month in ("2026-10", "2026-11", "2026-12", "2027-01"):
        offices[0].pay(month, code=CODE)

    def moved(on):
        record_life_event(access("clerk", TOLD), person, LifeEventKind.MOVE, on, "公安户籍", to_region=home)

    return moved


def borne(county, month):
    """Fen that a county has paid for a month, less what it asks back of it."""
    rights = Entitlement.objects.filter(within(county), benefit=CODE)
    lines = PaymentLine.objects.filter(entitlement__in=rights, month=month, kind="regular", state="paid")
    arrears = Arrear.objects.filter(entitlement__in=rights, month=month, line__state="paid")
    asked = Recovery.objects.filter(entitlement__in=rights, month=month, state="open")
    sums = [sum(rows.values_list("amount_fen", flat=True)) for rows in (lines, arrears, asked)]
    return sums[0] + sums[1] - sums[2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "last_of_old"),
    [
        ("2026-11-01", "2026-11"),
        ("2026-11-30", "2026-11"),
        ("2026-12-01", "2026-12"),
        ("2027-01-20", "2027-01"),
    ],
)
def test_every_month_is_borne_by_one_county_alone(offices, moved, day, last_of_old):
    moved(dt.date.fromisoformat(day))
    assert not offices[0].make("2027-02", code=CODE).lines.exists()
    offices[1].pay("2027-02", code=CODE)
    month = dt.date(2026, 10, 1)
    while month <= dt.date(2027, 2, 1):
        is_old = f"{month:%Y-%m}" <= last_of_old
        assert (borne("431227", month), borne("431228", month)) == ((5000, 0) if is_old else (0, 5000)), month
        month = add_months(month, 1)
    assert_proven("2026-10", "2026-11", "2026-12", "2027-01", "2027-02")
