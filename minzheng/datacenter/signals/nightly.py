"""Every night all signals look at everybody; a county that fails is told of and does not stop the others."""

from __future__ import annotations

import datetime as dt
import logging

from minzheng.datacenter.screening.screen import counties_with_people
from minzheng.datacenter.signals.library import refresh_library
from minzheng.datacenter.signals.models import RunState
from minzheng.datacenter.signals.run import run_county

log = logging.getLogger(__name__)


def run_tonight(today: dt.date) -> int:
    """Signals and library of the present month; how many signals are broken or counties failed."""
    month, trouble = today.replace(day=1), 0
    for county in counties_with_people():
        try:
            runs = run_county(month, county, today)
            refresh_library(month, county, today)
        except Exception:
            log.exception("监测预警没有运行：%s", county.code)
            trouble += 1
            continue
        for run in runs:
            if run.state == RunState.BROKEN:
                log.error("预警失灵：%s %s：%s", county.code, run.signal, run.trouble)
                trouble += 1
    return trouble
