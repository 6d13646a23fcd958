"""What the department watches of its reserve funds: low, late, not reconciled, how much was used (S-046)."""

import datetime as dt
from decimal import Decimal

import pytest

from minzheng.business.assistance.tests.emergency_journey import COUNTY, DAY, TOWNSHIP, Emergency, fund_of
from minzheng.datacenter.indicators.compute import compute
from minzheng.datacenter.indicators.models import IndicatorValue
from minzheng.foundation.cases.models import CaseClock
from minzheng.foundation.reserves.actions import set_limits
from minzheng.foundation.reserves.reconcile import confirm, reconcile

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = dt.date(2026, 11, 1), dt.date(2026, 12, 1)


def value(code, region=COUNTY):
    found = IndicatorValue.objects.filter(
        indicator=f"reserve.{code}", region_id=region, month=NOVEMBER
    ).first()
    return None if found is None else found.value


@pytest.mark.covers("S-046", by="minzheng/business/assistance/indicators.py", screen="/desk/indicators/")
def test_it_tells_a_low_fund_a_late_paper_and_an_open_month_from_good_ones(access):
    fund = fund_of(access)  # 500,000 of 1,000,000; floor 300,000
    case = Emergency(access).seen().paid().case  # 55,000
    compute(NOVEMBER)
    assert value("below_floor") == 0
    assert value("unreconciled") == value("unreconciled", TOWNSHIP) == 1
    assert value("used", TOWNSHIP) == Decimal("5.5")
    assert value("late_papers") == 100

    clock = CaseClock.objects.get(case=case, key="papers")
    CaseClock.objects.filter(pk=clock.pk).update(stopped_on=clock.due_on)  # on the last day
    made = reconcile(access("clerk", DECEMBER), fund, month=NOVEMBER, counted_fen=445_000, note="")
    compute(NOVEMBER)
    assert value("late_papers") == 0
    assert value("unreconciled") == 1, "counted, but not yet confirmed by another"
    confirm(access("approver", DECEMBER), made)
    CaseClock.objects.filter(pk=clock.pk).update(stopped_on=clock.due_on + dt.timedelta(days=1))
    compute(NOVEMBER)
    assert (value("late_papers"), value("unreconciled")) == (100, 0)


@pytest.mark.parametrize(("floor", "low"), [(445_000, 0), (445_001, 1)])
def test_a_fund_is_low_from_the_first_fen_below_its_floor(access, floor, low):
    fund = fund_of(access)
    Emergency(access).seen().paid()
    set_limits(
        access("approver", DAY), fund, ceiling_fen=1_000_000, floor_fen=floor, document="晃民发〔2026〕2号"
    )
    compute(NOVEMBER)
    assert value("below_floor") == low


def test_it_has_no_value_where_there_is_no_fund(access):
    compute(NOVEMBER)
    assert value("below_floor") is None and value("used") is None
