"""Every night this month's and last month's indicators are computed: facts of last month still come in."""

from __future__ import annotations

import datetime as dt

from minzheng.datacenter.indicators.compute import compute
from minzheng.foundation.benefits.months import add_months, month_of
from minzheng.foundation.events.bus import on


@on("night.came")
def compute_indicators(*, day: str) -> None:
    month = month_of(dt.date.fromisoformat(day))
    compute(add_months(month, -1))
    compute(month)
