"""Periods as the law states them: so many working days, days, months or hours from a day."""

from __future__ import annotations

import calendar as months
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from minzheng.foundation.calendar.days import Calendar, default_calendar


class Unit(StrEnum):
    WORKDAYS = "wd"
    DAYS = "d"
    MONTHS = "m"
    HOURS = "h"

    @property
    def label(self) -> str:
        return {"wd": "个工作日", "d": "日", "m": "个月", "h": "小时"}[self.value]


@dataclass(frozen=True)
class Period:
    """A length of time. `rolls`: a last day that is a rest day moves on to the next working day (DC2 only)."""

    length: int
    unit: Unit
    rolls: bool = False

    def __str__(self) -> str:
        return f"{self.length}{self.unit.label}"


def period_end(start: dt.date, period: Period, calendar: Calendar | None = None) -> dt.date:
    """The last day of the period; the start day is not counted (DC1).

    Hours are resolved to the day on which they can end at the latest: a case keeps no time of day of its steps.
    """
    calendar = calendar or default_calendar()
    match period.unit:
        case Unit.WORKDAYS:
            end = calendar.add_workdays(start, period.length)
        case Unit.DAYS:
            end = start + dt.timedelta(days=period.length)
        case Unit.MONTHS:
            end = add_months(start, period.length)
        case Unit.HOURS:
            end = start + dt.timedelta(days=-(-period.length // 24))
    return calendar.roll(end) if period.rolls else end


def still_left(today: dt.date, due: dt.date, unit: Unit, calendar: Calendar | None = None) -> int:
    """Units from today to the due day: 0 on the due day, negative when overdue. Months count in days."""
    if unit == Unit.WORKDAYS:
        return (calendar or default_calendar()).workdays_between(today, due)
    return (due - today).days


def add_months(start: dt.date, count: int) -> dt.date:
    """The same day `count` months on; the month's last day when there is none (民法典 第二百零二条)."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return dt.date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))
