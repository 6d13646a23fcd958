"""From the due day of the month on, last month's tables are drafted every night until they are handed in."""

from __future__ import annotations

import datetime as dt

from minzheng.datacenter.statistics.actions import make_reports
from minzheng.foundation.benefits.months import add_months, month_of
from minzheng.foundation.events.bus import on
from minzheng.foundation.items.figures import figures


@on("night.came")
def draft_reports(*, day: str) -> None:
    today = dt.date.fromisoformat(day)
    if today.day >= figures(today)("statistics_due_day"):
        make_reports(add_months(month_of(today), -1))
