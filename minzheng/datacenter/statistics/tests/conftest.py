"""A county with two townships whose October has been paid."""

import datetime as dt

import pytest

from minzheng.business.assistance.reports import DIBAO_MONTHLY
from minzheng.datacenter.indicators.tests.conftest import OTHER, VILLAGE, family
from minzheng.datacenter.statistics import actions
from minzheng.foundation.payments.tests.office import Office
from minzheng.foundation.people.models import Category

__all__ = ["family"]
OCTOBER, NOVEMBER_5 = dt.date(2026, 10, 1), dt.date(2026, 11, 5)
COUNTY = "431227000000"


@pytest.fixture
def county(family, access, settings, tmp_path):
    """Seven rural and six urban families; all paid for October but for what a test adds later."""
    settings.PAYMENT_OUTBOX = tmp_path / "outbox"
    for _ in range(7):
        family(VILLAGE, members=2, fen=40_001, since=OCTOBER)
    for _ in range(6):
        family(OTHER, members=1, fen=60_000, since=OCTOBER, category=Category.URBAN)
    office = Office(access)
    office.fund(code="dibao")
    office.pay("2026-10", code="dibao")
    return family


@pytest.fixture
def maker(access):
    return access("reviewer", NOVEMBER_5)


@pytest.fixture
def checker(access):
    return access("approver", NOVEMBER_5)


@pytest.fixture
def draft(county, maker, regions):
    return actions.start_report(maker, DIBAO_MONTHLY, regions[COUNTY], OCTOBER)


@pytest.fixture
def frozen(draft, maker, checker):
    actions.submit(maker, draft, {one["key"]: "新接入" for one in draft.findings})
    return actions.freeze(checker, draft)
