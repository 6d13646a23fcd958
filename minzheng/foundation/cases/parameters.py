"""Local parameters of procedure (standards/*.yaml): dated and cited, like the amounts that rules read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from minzheng.foundation.items import ServiceItem, Track
from minzheng.foundation.rules import default_counter


def usual_track(item: ServiceItem, region: str, on: dt.date) -> Track:
    """Whether confirmation is delegated to the township there and then (民发〔2022〕83号)."""
    is_delegated = bool(item.delegation) and parameter(item.delegation, region, on)
    return Track.DELEGATED if is_delegated else Track.ORDINARY


def parameter(name: str, region: str, on: dt.date) -> Any:
    """The value in force for a region (12-digit code) on a day: fen, whole number, yes/no, or text.

    LookupError when the installation's standards do not give one: a missing parameter is a fault of set-up, which
    must be mended and not be guessed round.
    """
    standards = default_counter().standards(settings.STANDARDS_SET)
    row = standards.row(region, on.year * 10000 + on.month * 100 + on.day)
    if name not in row:
        raise LookupError(
            f"标准集“{standards.title}”没有 {region} 在 {on} 的参数 {name}。请在 standards/ 中补上并注明依据。"
        )
    return standards.declared[name].kind.plain(row[name].value)
