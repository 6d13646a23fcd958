"""Takes one recalculation through two officers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.regions.models import Region
from minzheng.foundation.uprating.actions import ask, confirm, work_out
from minzheng.foundation.uprating.laying import lay_all
from minzheng.foundation.uprating.models import Uprating

COUNTY = "431227000000"
Enter = Callable[[str, dt.date], Access]


def previewed(access: Enter, benefit: str, month: str, today: str) -> Uprating:
    """舒丽 asks; the preview is there."""
    officer = access("reviewer", dt.date.fromisoformat(today))
    asked = ask(
        officer,
        Region.objects.get(code=COUNTY),
        benefit=benefit,
        from_month=dt.date.fromisoformat(f"{month}-01"),
        evidence="新民发〔2026〕9号",
    )
    return work_out(officer, asked)


def confirmed(access: Enter, made: Uprating, today: str, by: str = "approver") -> Uprating:
    officer = access(by, dt.date.fromisoformat(today))
    return confirm(officer, made, expected_fen=made.monthly_fen + made.arrears_fen)


def raised(access: Enter, benefit: str, month: str, today: str) -> Uprating:
    """All the way."""
    made = confirmed(access, previewed(access, benefit, month, today), today)
    lay_all(made)
    made.refresh_from_db()
    return made
