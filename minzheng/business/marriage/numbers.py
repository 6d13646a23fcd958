"""Numbers of the register: letters, 6-digit division, year, six digits that start anew each year (婚姻登记工作规范)."""

from __future__ import annotations

from minzheng.business.marriage.models import Registry
from minzheng.foundation.cases.models import NumberSeries


def next_number(kind: str, registry: Registry, year: int) -> str:
    """J431227-2026-000001. The series' row stays locked until the registration is committed or undone: no gap, no double.

    One series a division: two registries of one county never meet.
    """
    serial = NumberSeries.next(f"marriage-{kind}{registry.code}-{year}")
    return f"{kind}{registry.code}-{year}-{serial:06d}"


def next_receipt(registry: Registry, year: int) -> str:
    """Of the receipt of a divorce application: 431227-2026-L000001."""
    return f"{registry.code}-{year}-L{NumberSeries.next(f'marriage-R{registry.code}-{year}'):06d}"


def next_declined(registry: Registry, year: int) -> str:
    """Of a decision not to register: 431227-2026-N000001."""
    return f"{registry.code}-{year}-N{NumberSeries.next(f'marriage-N{registry.code}-{year}'):06d}"
