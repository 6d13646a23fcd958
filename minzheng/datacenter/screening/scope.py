"""What every query of the screening asks for: a region as a range of codes, and a month."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any


def last_day(month: dt.date) -> dt.date:
    """A month is judged by what is known on its last day."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def scope_of(prefix: str, month: dt.date) -> dict[str, Any]:
    return {"month": month, "first": prefix.ljust(12, "0"), "last": prefix.ljust(12, "9")}
