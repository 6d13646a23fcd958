"""Changes of standards that nobody has recalculated yet: a new standard must not be forgotten (handbook 0.7)."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.months import add_months, month_of
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.regions.models import within
from minzheng.foundation.uprating.changes import Change, changes, months_of_change, uprated
from minzheng.foundation.uprating.models import State, Uprating

LOOKED_BACK = 24  # months


def waiting_changes(county: str) -> list[tuple[Benefit, dt.date, list[Change]]]:
    """Of the last two years, per benefit that somebody in the county (12-digit code) has held since before."""
    this_month = month_of(timezone.localdate())
    found: list[tuple[Benefit, dt.date, list[Change]]] = []
    for declared in uprated():
        held = Entitlement.objects.filter(within(county[:6]), benefit=declared.code)
        done = set(
            Uprating.objects.filter(benefit=declared.code, region=county)
            .exclude(state=State.DROPPED)
            .values_list("from_month", flat=True)
        )
        turned = months_of_change(declared, county, add_months(this_month, -LOOKED_BACK), this_month)
        found += [
            (declared, month, changes(declared, county, month))
            for month in turned
            if month not in done and held.filter(since_month__lt=month).exists()
        ]
    return found
