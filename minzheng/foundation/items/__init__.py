"""Service items (事项): what can be applied for, declared in a line's items.py (docs/cases.md)."""

from minzheng.foundation.items.clocks import Clock
from minzheng.foundation.items.item import APPLICANT, SYSTEM, Material, NoticeKind, ServiceItem, Track
from minzheng.foundation.items.marks import MARKS
from minzheng.foundation.items.steps import Move, Office, Status, Step

__all__ = [
    "APPLICANT",
    "MARKS",
    "SYSTEM",
    "Clock",
    "Material",
    "Move",
    "NoticeKind",
    "Office",
    "ServiceItem",
    "Status",
    "Step",
    "Track",
]
