"""The word Bookable (可预约的事): what one can book a time for, in a line's bookings.py (docs/booking.md).

WEDDING = Bookable(
    code="marriage", title="结婚登记", persons=2, permission="marriage.read",
    peaks=("marriage_peak_520", "marriage_peak_qixi"), cite="婚姻登记工作规范",
)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from minzheng.foundation.accounts.permissions import PERMISSIONS
from minzheng.foundation.registry.words import Word


@dataclass(frozen=True, kw_only=True)
class Bookable(Word):
    """One thing that a time can be booked for.

    `persons`: how many come together (2: a couple). `permission` opens the day list at the desk and the keeping of
    hours. `peaks` are dated standards of type date (5月20日, 七夕): on these days `peak_percent` of the quota is open,
    also when the day is a rest day. `ahead` is the standard that says how many days ahead one may book.
    """

    file: ClassVar[str] = "bookings"

    permission: str
    cite: str
    icon: str = "calendar-event"
    summary: str = ""
    bring: tuple[str, ...] = ()  # what to bring along, in the citizen's words
    persons: int = 1
    peaks: tuple[str, ...] = ()
    peak_percent: str = ""
    ahead: str = "booking_ahead_days"
    is_online: bool = True  # False: only the desk books

    def problems(self) -> Iterable[str]:
        if self.permission not in PERMISSIONS:
            yield f"permission 写的 {self.permission} 不存在，请在 accounts/permissions.py 中登记。"
        if not self.cite:
            yield "cite 没有填写，请写明开展预约的依据。"
        if self.persons not in {1, 2}:
            yield "persons 只能是 1（一人）或 2（一对）。"
        if self.peaks and not self.peak_percent:
            yield "写了 peaks 却没有 peak_percent，请写明高峰日放号比例的标准名。"
