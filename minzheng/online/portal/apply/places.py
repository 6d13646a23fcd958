"""Villages and communities to choose from, grouped by township."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from minzheng.foundation.regions.models import Level, Region, within

COUNTY_DIGITS = 6


def places_near(region_id: str, today: dt.date) -> list[tuple[str, list[tuple[str, str]]]]:
    """[(township, [(code, village)])] of the county in which the region lies."""
    villages = (
        Region.objects.on(today)
        .filter(within(region_id[:COUNTY_DIGITS], "code"), level=Level.VILLAGE)
        .select_related("parent")
        .order_by("code")
    )
    return [
        (township, [(village.code, village.name) for village in listed])
        for township, listed in groupby(
            villages, key=lambda village: village.parent.name if village.parent else ""
        )
    ]
