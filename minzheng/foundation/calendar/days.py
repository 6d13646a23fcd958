"""Which days are worked: the yearly State Council notice, from the chinesecalendar package and our own table.

The table (standards/calendar.yaml) wins, so that a late change of a holiday needs no new package.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

import chinese_calendar
import yaml

TABLE = Path(__file__).parents[3] / "standards" / "calendar.yaml"
DAY = dt.timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class UnpublishedYears:
    """A warning: these years' holidays are not announced, so the date may still move."""

    years: tuple[int, ...]

    def __str__(self) -> str:
        named = "、".join(str(year) for year in self.years)
        return f"{named} 年放假安排尚未公布，暂按周一至周五为工作日计算，公布后日期可能变化。"


class Calendar:
    """Working days of mainland China, year by year."""

    def __init__(self, table: dict[int, dict[str, Any]]) -> None:
        self._rest: dict[int, set[dt.date]] = {}
        self._work: dict[int, set[dt.date]] = {}
        for year, entry in table.items():
            self._rest[year] = set(_dates(entry.get("rest", [])))
            self._work[year] = set(_dates(entry.get("work", [])))
        own = ",".join(str(year) for year in sorted(table))
        self.version = f"chinesecalendar {package_version('chinesecalendar')}" + (
            f" + 覆盖表 {own}" if own else ""
        )

    def is_published(self, year: int) -> bool:
        """Whether the year's holidays are known, from the table or the package."""
        return year in self._rest or year in _packaged_years()

    def is_workday(self, day: dt.date) -> bool:
        """Worked or not. A year that is not published counts Monday to Friday; see `unpublished`."""
        if day.year in self._rest:
            if day in self._rest[day.year]:
                return False
            return day in self._work[day.year] or day.weekday() < SATURDAY
        if day.year in _packaged_years():
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < SATURDAY

    def unpublished(self, first: dt.date, last: dt.date) -> UnpublishedYears | None:
        """The warning to show beside a date computed over these years, or None when all are published."""
        years = tuple(year for year in range(first.year, last.year + 1) if not self.is_published(year))
        return UnpublishedYears(years) if years else None

    def add_workdays(self, start: dt.date, count: int) -> dt.date:
        """The count-th working day after `start`, which itself is not counted (DC1; 民法典 第二百零一条)."""
        day = start
        while count > 0:
            day += DAY
            count -= self.is_workday(day)
        return day

    def workdays_between(self, start: dt.date, end: dt.date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` is earlier."""
        if end < start:
            return -self.workdays_between(end, start)
        days = (end - start).days
        return sum(self.is_workday(start + DAY * offset) for offset in range(1, days + 1))

    def roll(self, day: dt.date) -> dt.date:
        """The day itself when worked, else the next working day (民法典 第二百零三条; DC2)."""
        while not self.is_workday(day):
            day += DAY
        return day


@lru_cache
def default_calendar() -> Calendar:
    """The calendar in force in this installation."""
    return Calendar(yaml.safe_load(TABLE.read_text(encoding="utf-8"))["years"])


@lru_cache
def _packaged_years() -> frozenset[int]:
    return frozenset(day.year for day in chinese_calendar.constants.holidays)


def _dates(written: list[dt.date | str]) -> Iterator[dt.date]:
    for entry in written:
        first, _, last = str(entry).partition("..")
        day, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
        while day <= end:
            yield day
            day += DAY
