"""The demo's funeral home is at work, and its figures are those that its pages show."""

import datetime as dt

import pytest

from minzheng.business.funeral.models import Bill, BillState, Reception, Spot, SpotState, Use
from minzheng.business.funeral.tests.making import home
from minzheng.demo.story.burials import ask_for_burials
from minzheng.demo.story.calendar import Days
from minzheng.demo.story.funerals import CREMATED, PLACES, run_funerals
from minzheng.demo.story.officers import Officers
from minzheng.foundation.booking.models import Slot
from minzheng.foundation.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("today", ["2026-11-22", "2026-12-01"])
def test_it_fills_the_pages_of_funerals(cast, settings, tmp_path, today):
    settings.MEDIA_ROOT = tmp_path
    home()  # an issuer stands behind the county
    days = Days(dt.date.fromisoformat(today))
    run_funerals(Officers(), days)
    cremated = Reception.objects.filter(state="cremated", cremated_on__range=(days.pay_month, days.today))
    assert cremated.count() == CREMATED and Reception.objects.filter(state="held").exists()
    assert set(Bill.objects.values_list("state", flat=True)) == {BillState.OPEN, BillState.PAID}
    planned = sum(rows * columns for _, _, _, rows, columns, _ in PLACES)
    assert Spot.objects.count() == planned and planned >= 200
    assert Spot.objects.filter(state=SpotState.USED).count() == Use.objects.count() == 30
    assert Slot.objects.filter(counter__kind="grave_visit").exists()
    ask_for_burials(Officers(), days)
    waits = sorted(Case.objects.values_list("item", "step"))
    county = [("F2", "checking"), ("F2", "deciding"), *((item, "checking") for item in ("F3", "F4", "F5"))]
    assert waits == [("F1", "waiting"), *county, ("F6", "waiting")]
