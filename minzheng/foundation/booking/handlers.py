"""A counter closes with its place. Every night: the next day opens, tomorrow's guests are reminded, yesterday's no-shows are closed."""

from __future__ import annotations

import datetime as dt

from minzheng.foundation.booking.actions import close_from, release_no_shows, remind
from minzheng.foundation.booking.models import Counter
from minzheng.foundation.booking.plan import open_slots
from minzheng.foundation.events.bus import on


@on("facility.closed")
def close_with_the_place(facility: int, on: str) -> None:
    for counter in Counter.objects.filter(facility=facility):
        close_from(counter, dt.date.fromisoformat(on))


@on("night.came")
def keep_the_book(day: str) -> None:
    today = dt.date.fromisoformat(day)
    release_no_shows(today)
    remind(today)
    for counter in Counter.objects.filter(closed_on=None):
        open_slots(counter, today)
