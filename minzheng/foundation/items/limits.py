"""Every legal limit of an item from known dates: what `minzheng clocks` prints and the receipt shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minzheng.foundation.calendar import Period, default_calendar, period_end
from minzheng.foundation.items.clocks import Clock
from minzheng.foundation.items.figures import NATIONWIDE, figures
from minzheng.foundation.items.item import ServiceItem, Track
from minzheng.foundation.items.marks import MARKS


@dataclass(frozen=True)
class Limit:
    """One clock with its dates; `due` is None while its starting day is not known.

    For a period that must run out first (公示), `next_day` is the first day on which the case may go on and
    `next_workday` the first on which an office is open.
    """

    clock: Clock
    period: Period
    started: dt.date | None
    due: dt.date | None
    next_day: dt.date | None
    next_workday: dt.date | None

    def as_json(self) -> dict[str, object]:
        def iso(day: dt.date | None) -> str | None:
            return day.isoformat() if day else None

        return {
            "key": self.clock.key,
            "title": self.clock.title,
            "track": self.clock.track,
            "starts": self.clock.starts,
            "started": iso(self.started),
            "limit": str(self.period),
            "due": iso(self.due),
            "next_day": iso(self.next_day),
            "next_workday": iso(self.next_workday),
            "cite": self.clock.cite,
        }

    def __str__(self) -> str:
        track = f"（{Track(self.clock.track).label}）" if self.clock.track else ""
        head = f"{self.clock.title}{track}：{MARKS[self.clock.starts]}之日起 {self.period}"
        if self.due is None:
            return head
        if self.clock.after and self.started:
            first = self.started + dt.timedelta(days=1)
            return f"{self.clock.title}{track}：{first}（{weekday(first)}）起 {self.period}，至 {self.due}（{weekday(self.due)}）止"
        if self.next_day is None:
            return f"{head}，不迟于 {self.due}（{weekday(self.due)}）"
        return (
            f"{head}，至 {self.due}（{weekday(self.due)}）止；"
            f"最早 {self.next_day}（{weekday(self.next_day)}）进入下一步，"
            f"实际为 {self.next_workday}（{weekday(self.next_workday)}）"
        )


def limits(
    item: ServiceItem, dates: Mapping[str, dt.date], region: str = NATIONWIDE, standards: str = ""
) -> Iterator[Limit]:
    """The item's clocks in order; `dates` gives the days of the marks that are known, e.g. {"accepted": …}.

    A limit is as long as the law and the place say on the day it starts (a day not known: the first known one).
    """
    calendar, first = default_calendar(), min(dates.values())
    ends: dict[str, dt.date | None] = {}
    for clock in item.clocks:
        started = ends.get(clock.after) if clock.after else dates.get(clock.starts)
        period = clock.period(figures(started or first, region, standards))
        due = period_end(started, period, calendar) if started else None
        ends[clock.key] = due
        after = due + dt.timedelta(days=1) if due and clock.earliest else None
        yield Limit(clock, period, started, due, after, calendar.roll(after) if after else None)


def weekday(day: dt.date | None) -> str:
    return f"周{'一二三四五六日'[day.weekday()]}" if day else ""
