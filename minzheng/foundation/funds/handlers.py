"""Nightly work on funds."""

from __future__ import annotations

import datetime as dt

from minzheng.foundation.events.bus import on
from minzheng.foundation.funds.jobs import open_advances, warn_of_shortage


@on("night.came")
def look_after_funds(day: str) -> None:
    today = dt.date.fromisoformat(day)
    open_advances(today)
    warn_of_shortage(today)
