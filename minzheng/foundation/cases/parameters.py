"""Local parameters of procedure: dated and cited, like the amounts that rules read (items/figures.py)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.items import ServiceItem, Track
from minzheng.foundation.items.figures import Figures, figures


def figures_of(region: str, on: dt.date) -> Figures:
    """This installation's figures for a region (12-digit code) on a day."""
    return figures(on, region, settings.STANDARDS_SET)


def usual_track(item: ServiceItem, region: str, on: dt.date) -> Track:
    """Whether confirmation is delegated to the township there and then (民发〔2022〕83号)."""
    is_delegated = bool(item.delegation) and parameter(item.delegation, region, on)
    return Track.DELEGATED if is_delegated else Track.ORDINARY


def parameter(name: str, region: str, on: dt.date) -> Any:
    """One of them; LookupError when nobody has set it."""
    return figures_of(region, on)(name)


def check_valid_through(case: Case, checked: CaseMove) -> dt.date:
    """The last day on which a recorded check counts: the report's own, never later than the local rule allows."""
    last = checked.on + dt.timedelta(days=parameter("check_valid_days", case.region_id, checked.on))
    stated = checked.record.get("valid_until")
    return min(last, dt.date.fromisoformat(stated)) if stated else last
