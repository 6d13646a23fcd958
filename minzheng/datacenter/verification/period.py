"""The time that a check asks about: income counts over the months before the application (57号 第十三条)."""

from __future__ import annotations

import datetime as dt

from minzheng.foundation.cases.parameters import parameter


def period_until(day: dt.date, region: str) -> tuple[dt.date, dt.date]:
    """First and last day of the period that ends on `day`; its length is a dated standard."""
    return day - dt.timedelta(days=parameter("check_period_days", region, day)), day
