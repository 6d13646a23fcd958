"""What the system does by itself (lapse of a draft, end of a gradual exit) has an author too: the system."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from minzheng.foundation.accounts.access import Access


@dataclass
class SystemAccess(Access):
    """The right of a scheduled job to make the moves that items give to the role `system`, and no others.

    It is made only by jobs; a visitor of the site is a plain `Access(None)` and has no rights at all.
    """

    @classmethod
    def on(cls, today: dt.date) -> SystemAccess:
        return cls(None, today)
