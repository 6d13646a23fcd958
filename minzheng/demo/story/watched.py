"""The signals look at everybody, and what they find is compared with what was planted."""

from __future__ import annotations

import json

from django.conf import settings

from minzheng.datacenter.signals.library import refresh_library
from minzheng.datacenter.signals.models import Alert, RunState
from minzheng.datacenter.signals.run import run_county
from minzheng.datacenter.signals.words import Signal, Unit
from minzheng.demo.cast import COUNTY
from minzheng.demo.story.calendar import Days
from minzheng.demo.story.officers import Officers
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf


def watch(officers: Officers, days: Days) -> str:
    """Run them for the month; in words, what they found of the planted trouble."""
    county = Region.objects.get(code=COUNTY)
    runs = run_county(days.screen_month, county, days.today, officers.users["reviewer"])
    library = refresh_library(days.screen_month, county, days.today, officers.users["reviewer"])
    right, false, missed = compared()
    broken = sum(run.state == RunState.BROKEN for run in runs)
    return f"预警 {right + false} 条（误报 {false}，漏报 {missed}，失灵 {broken} 项），入库 {library.households:,} 户"


def compared() -> tuple[int, int, int]:
    """(rightly found, false alarms, missed) against var/demo/planted.json."""
    planted = json.loads((settings.VAR / "demo" / "planted.json").read_text())
    right = false = missed = 0
    for signal in shelf(Signal):
        field, kind = (
            ("household_id", "households") if signal.unit is Unit.HOUSEHOLD else ("person_id", "people")
        )
        found = set(Alert.objects.filter(signal=signal.code).values_list(field, flat=True))
        truth = set(planted.get(f"signal:{signal.code}", {}).get(kind, ()))
        right, false, missed = (
            right + len(found & truth),
            false + len(found - truth),
            missed + len(truth - found),
        )
    return right, false, missed
