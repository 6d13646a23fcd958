"""What a centre is owed for a month: days on which somebody came, times the county's rate (各地日间照料补贴办法)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count

from minzheng.business.elderly.daycare.models import Attendance
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.items.figures import figures
from minzheng.foundation.regions.models import prefix_of, within
from minzheng.foundation.services.words import Charged


def due(county: str, month: dt.date) -> Iterator[Charged]:
    """For each operator: person-days of the month in all its centres of the county."""
    last = last_day(month)
    rate = int(figures(last, county)("day_care_subsidy_day"))
    days = Attendance.objects.filter(
        within(prefix_of(county)), on__range=(month, last), facility__organisation__isnull=False
    )
    for row in (
        days.values("facility__organisation").annotate(count=Count("id")).order_by("facility__organisation")
    ):
        yield Charged(row["facility__organisation"], row["count"], row["count"] * rate)
