"""How money, dates and personal numbers are written on screen. Pure functions; the tags only wrap them."""

import datetime as dt
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def money(fen: int | None) -> str:
    """Whole fen → "1,234.50元"; None → "未知", because an unknown amount is not zero."""
    if fen is None:
        return "未知"
    sign, fen = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{fen // 100:,}.{fen % 100:02d}元"


def big_number(value: int | float | None) -> str:
    """A count for tiles: 12,345 up to 99,999, then "123.4万", then "1.2亿"."""
    if value is None:
        return "未知"
    if abs(value) >= 100_000_000:
        return f"{value / 100_000_000:,.1f}亿"
    if abs(value) >= 100_000:
        return f"{value / 10_000:,.1f}万"
    return f"{value:,}"


def cn_date(day: dt.date | None) -> str:
    """2026-07-01 → "2026年7月1日"; a moment is read in China's time zone."""
    if day is None:
        return ""
    day = _local(day)
    return f"{day.year}年{day.month}月{day.day}日"


def cn_datetime(moment: dt.datetime | None) -> str:
    """A moment → "2026年7月1日 09:05"."""
    return "" if moment is None else f"{cn_date(moment)} {_local(moment):%H:%M}"


def cn_month(day: dt.date | None) -> str:
    """2026-07-01 → "2026年7月"."""
    return "" if day is None else f"{_local(day).year}年{_local(day).month}月"


def _local(day: dt.date) -> dt.date:
    if isinstance(day, dt.datetime) and day.tzinfo is not None:
        return day.astimezone(CHINA)
    return day
