"""Time limits and counts of log-in, sessions and exports: dated and cited (standards/national/security.yaml)."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.conf import settings


def limit(name: str) -> int:
    """The figure in force today, in the unit that its name says; LookupError when nobody has set it."""
    return _limit(name, dt.date.today(), settings.STANDARDS_SET)


@lru_cache(maxsize=128)
def _limit(name: str, on: dt.date, standards: str) -> int:
    from minzheng.foundation.items.figures import figures  # items are built upon accounts

    return int(figures(on, standards=standards)(name))
