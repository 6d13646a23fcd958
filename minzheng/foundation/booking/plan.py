"""From opening hours to bookable times: the week, the working-day calendar, special days, peak days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from minzheng.foundation.booking.models import Counter, Hours, Slot, SpecialDay
from minzheng.foundation.calendar import default_calendar
from minzheng.foundation.items.figures import figures

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """One time that the plan opens."""

    day: dt.date
    starts: dt.time
    ends: dt.time
    quota: int


def last_bookable_day(counter: Counter, today: dt.date) -> dt.date:
    return today + DAY * int(figures(today, counter.region_id)(counter.word.ahead))


def peak_days(counter: Counter, today: dt.date) -> set[dt.date]:
    """The festivals of this year that fall on the days ahead; a peak that the standards do not name is none."""
    found = set()
    for year in {today.year, last_bookable_day(counter, today).year}:
        here = figures(max(today, dt.date(year, 1, 1)), counter.region_id)
        for name in counter.word.peaks:
            try:
                found.add(dt.date.fromisoformat(str(here(name))))
            except LookupError:
                continue
    return found


def stretches(counter: Counter, first: dt.date, last: dt.date) -> Iterator[Stretch]:
    """All times that the counter is open from `first` to `last`, both included."""
    hours = list(
        Hours.objects.filter(Q(until=None) | Q(until__gt=first), counter=counter, since__lte=last).order_by(
            "starts"
        )
    )
    special = {one.day: one for one in SpecialDay.objects.filter(counter=counter, day__range=(first, last))}
    peaks, day = peak_days(counter, first), first
    while day <= last:
        yield from _of_day(counter, day, hours, special.get(day), day in peaks)
        day += DAY


def open_slots(counter: Counter, today: dt.date) -> int:
    """Make the times that are still missing up to the last bookable day. Twice makes no more; booked ones stay."""
    last = last_bookable_day(counter, today)
    if counter.closed_on is not None:
        last = min(last, counter.closed_on - DAY)
    planned = [
        Slot(counter=counter, day=one.day, starts=one.starts, ends=one.ends, quota=one.quota)
        for one in stretches(counter, today, last)
    ]
    before = Slot.objects.filter(counter=counter).count()
    Slot.objects.bulk_create(planned, ignore_conflicts=True, batch_size=1000)
    return Slot.objects.filter(counter=counter).count() - before


def _of_day(
    counter: Counter, day: dt.date, hours: list[Hours], special: SpecialDay | None, is_peak: bool
) -> Iterator[Stretch]:
    if special is not None:
        if not special.is_closed:
            yield from _cut(day, special.starts, special.ends, _minutes(hours), special.quota or 1)
        return
    for one in hours:
        if one.since <= day and (one.until is None or day < one.until) and (is_peak or _opens(one, day)):
            quota = one.quota
            if is_peak:
                quota = quota * int(figures(day, counter.region_id)(counter.word.peak_percent)) // 100
            yield from _cut(day, one.starts, one.ends, one.minutes, quota)


def _opens(hours: Hours, day: dt.date) -> bool:
    """A swapped working Sunday is open, a holiday on a Wednesday is not."""
    if not hours.follows_calendar:
        return day.weekday() in hours.weekdays
    is_worked = default_calendar().is_workday(day)
    is_usual = day.weekday() in hours.weekdays
    is_weekend = day.weekday() >= 5
    return is_worked and (is_usual or is_weekend)


def _minutes(hours: list[Hours]) -> int:
    return hours[-1].minutes if hours else 30


def _cut(
    day: dt.date, starts: dt.time | None, ends: dt.time | None, minutes: int, quota: int
) -> Iterator[Stretch]:
    """Whole stretches only: what is left over at the end is too short to serve anybody."""
    assert starts is not None and ends is not None, "special_day_closed_or_open"
    at, end = dt.datetime.combine(day, starts), dt.datetime.combine(day, ends)
    length = dt.timedelta(minutes=minutes)
    while at + length <= end:
        yield Stretch(day, at.time(), (at + length).time(), quota)
        at += length
