"""Patrols and checks that are missing, money taken beyond what is allowed: told once, by the night."""

import datetime as dt

import pytest

from minzheng.business.elderly.institutions.actions.residents import return_prepaid, take_prepaid
from minzheng.business.elderly.institutions.actions.safety import mend, record_check
from minzheng.business.elderly.institutions.due import due_checks, open_homes
from minzheng.business.elderly.institutions.models import CheckKind
from minzheng.business.elderly.institutions.tests.making import elder, home, move_in
from minzheng.business.elderly.institutions.watch import warn
from minzheng.foundation.actions import Refused
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 16)


@pytest.fixture
def clerk(access):
    return access("reviewer", DAY)


@pytest.fixture
def lived_in(clerk):
    where = home()
    move_in(clerk, where, elder(), "1-1", on="2026-11-10")
    return where


def done(clerk, where, kind, day, **more):
    return record_check(clerk, where, kind=kind, done_on=day, done_by="吴小芳", **more)


def told(kind="homes.missing_check"):
    return sorted(Task.objects.filter(kind=kind).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("last", "missing"), [("2026-11-15", False), ("2026-11-14", False), ("2026-11-13", True)]
)
def test_a_daily_patrol_is_missed_after_the_day_of_grace(clerk, lived_in, last, missing):
    for kind in CheckKind.values:
        done(clerk, lived_in, kind, last if kind == "patrol" else "2026-11-15")
    warn(DAY)
    assert told() == ([f"{lived_in.facility.name}：每日防火巡查缺"] if missing else [])
    warn(DAY)
    assert len(told()) == missing  # the same gap is told once


def test_a_monthly_check_is_due_on_its_31st_day(clerk, lived_in):
    done(clerk, lived_in, "monthly", "2026-10-16")
    due = {(kind, day) for _, kind, day in due_checks(open_homes(DAY), DAY)}
    assert ("monthly", DAY) in due
    assert "monthly" not in {kind for _, kind, _ in due_checks(open_homes(DAY), DAY - dt.timedelta(days=1))}


def test_an_empty_house_owes_no_patrol(regions):
    home()
    assert warn(DAY) == {"核查养老机构消防巡查": 0, "核查养老机构预收费": 0, "复核养老机构等级": 0}


def test_a_hazard_stays_open_until_it_is_mended(clerk, lived_in):
    found = done(clerk, lived_in, "patrol", "2026-11-15", hazards="二楼通道堆物")
    with pytest.raises(Refused, match="检查之后"):
        mend(clerk, found, "2026-11-14")
    mend(clerk, found, "2026-11-16")
    with pytest.raises(Refused, match="没有未整改"):
        mend(clerk, found, "2026-11-16")
    with pytest.raises(Refused, match="已经登记过"):
        done(clerk, lived_in, "patrol", "2026-11-15")


@pytest.mark.covers(
    "S-110",
    by="minzheng/business/elderly/institutions/watch.py",
    screen="/desk/registers/elder-home-prepaid/",
)
@pytest.mark.parametrize(
    ("facts", "warned"),
    [
        ({"kind": "fee", "fen": 100, "months": 12}, False),
        ({"kind": "fee", "fen": 100, "months": 13}, True),
        ({"kind": "deposit", "fen": 1_200_000}, False),  # twelve times 1000.00
        ({"kind": "deposit", "fen": 1_200_001}, True),
        ({"kind": "card", "fen": 9_999_999}, False),
        ({"kind": "card", "fen": 10_000_000}, True),
    ],
)
def test_money_taken_in_advance_is_looked_at_from_the_limit_on(clerk, facts, warned):
    take_prepaid(clerk, home(monthly_bed_fee_fen=100_000), paid_on="2026-11-01", **facts)
    warn(DAY)
    assert len(told("homes.prepaid")) == warned


def test_what_was_given_back_no_longer_counts(clerk):
    card = take_prepaid(clerk, home(), kind="card", fen=10_000_000, paid_on="2026-11-01")
    with pytest.raises(Refused, match="超过了收款"):
        return_prepaid(clerk, card, 10_000_001, "2026-11-02")
    return_prepaid(clerk, card, 1, "2026-11-02")
    warn(DAY)
    assert told("homes.prepaid") == []
