"""The demo's station is at work: three unknown, one match and one longer stay wait for a second person."""

import datetime as dt

import pytest

from minzheng.business.children.models import Intake
from minzheng.business.rescue.models import Extension, Match, Patrol, PublicNotice, Stay
from minzheng.demo.story.calendar import Days
from minzheng.demo.story.officers import Officers
from minzheng.demo.story.rescued import KNOWN, UNKNOWN, run_station

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("today", ["2026-11-22", "2026-12-01"])
def test_it_fills_the_pages_of_rescue(cast, today):
    run_station(Officers(), Days(dt.date.fromisoformat(today)))
    assert Stay.objects.count() == len(KNOWN) + len(UNKNOWN) + 1  # and a lost boy
    assert Intake.objects.get().state == "expected"
    assert Stay.objects.exclude(state="left").filter(source="police", person=None).count() == 4
    assert Match.objects.get().state == "proposed"
    assert Extension.objects.filter(granted=None).count() == 1  # those of earlier months were granted
    assert set(PublicNotice.objects.values_list("state", flat=True)) == {"draft", "published"}
    assert Patrol.objects.filter(season="winter").count() >= 3
