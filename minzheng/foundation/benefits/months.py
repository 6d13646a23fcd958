"""Months. A month is the first day of it, everywhere: 2026-03-01 means March 2026."""

from __future__ import annotations

import datetime as dt


def month_of(day: dt.date) -> dt.date:
    """The month a day lies in."""
    return day.replace(day=1)


def add_months(month: dt.date, count: int) -> dt.date:
    """The month `count` months later (earlier when negative)."""
    index = month.year * 12 + month.month - 1 + count
    return dt.date(index // 12, index % 12 + 1, 1)


def next_month(day: dt.date) -> dt.date:
    """The month after the one a day lies in."""
    return add_months(month_of(day), 1)


def last_day(month: dt.date) -> dt.date:
    """The last day of the month a day lies in: a month is judged by what holds on it."""
    return next_month(month) - dt.timedelta(days=1)


def parse_month(text: str) -> dt.date:
    """`2026-10` → 1 October 2026. Raises ValueError with a Chinese message."""
    try:
        return dt.datetime.strptime(text.strip(), "%Y-%m").date()
    except ValueError:
        raise ValueError(f"“{text}”不是月份。请写成“年-月”，例如 2026-10。") from None
