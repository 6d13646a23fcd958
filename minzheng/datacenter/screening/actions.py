"""Screening as an officer's act: with a right, and audited."""

import datetime as dt
from typing import Any

from minzheng.datacenter.screening.screen import Screened, screen
from minzheng.foundation.actions import Refused
from minzheng.foundation.regions.models import Region


def run_screening(access: Any, region: Region, month: dt.date) -> Screened:
    """Screen the officer's own region; `month` is its first day and not in the future. Audited by `screen`."""
    access.require("screening.run", region.code)
    if month > access.today:
        raise Refused("这个月还没有开始，不能筛查。请选择本月或以前的月份。")
    return screen(month, region, access.user)
