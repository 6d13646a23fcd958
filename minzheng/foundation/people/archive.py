"""The archive of a person or a family: all chapters that the reader may open, put into one order of time."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.utils import timezone

from minzheng.foundation.calendar import add_months
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Person
from minzheng.foundation.people.words import Chapter, Said, Strand, Whose
from minzheng.foundation.registry.words import shelf

SIZE = 20


@dataclass(frozen=True)
class Point:
    """What happened, or is to happen, on a day (None: it is going on). `person` is the key of whom it is about."""

    on: dt.date | None
    said: Said
    chapter: Chapter
    person: int | None


@dataclass(frozen=True)
class Told:
    """One page of the past, the newest first; `more`: an older page follows."""

    points: list[Point]
    page: int
    more: bool
    chapters: list[Chapter]  # those with anything to tell


class Reader:
    """Which chapters are open, and which of their rows. `access` is the officer's; `own`: the person concerned."""

    def __init__(self, access: Any, *, own: bool = False) -> None:
        self.access, self.own = access, own

    def chapters(self) -> list[Chapter]:
        return [one for one in shelf(Chapter) if self._opens(one)]

    def _opens(self, chapter: Chapter) -> bool:
        if self.own:
            return any(strand.own for strand in (*chapter.past, *chapter.ahead)) or bool(chapter.ages)
        return bool(self.access.may(chapter.permission))

    def past(self, whose: Whose, *, only: str = "", page: int = 1, size: int = SIZE) -> Told:
        """One page, of all chapters or of the one with code `only`. One query a strand, however much there is."""
        wanted = page * size + 1
        told = [
            (chapter, list(self._points(chapter, strand, whose, f"-{strand.on}", wanted)))
            for chapter in self.chapters()
            if only in ("", chapter.code)
            for strand in chapter.past
        ]
        newest = heapq.merge(
            *(points for _, points in told), key=lambda one: one.on or dt.date.min, reverse=True
        )
        points = list(islice(newest, (page - 1) * size, wanted))
        speaking = list(dict.fromkeys(chapter for chapter, found in told if found))
        return Told(points[:size], page, len(points) > size, speaking)

    def ahead(self, whose: Whose, people: Sequence[Person], *, at_most: int = SIZE) -> list[Point]:
        """Open clocks, reviews, terms and birthdays, the nearest first; what is overdue or going on before it."""
        found: list[Point] = []
        for chapter in self.chapters():
            for strand in chapter.ahead:
                found += self._points(chapter, strand, whose, strand.on, at_most)
        found += self._birthdays(people, whose.today)
        return sorted(found, key=lambda one: one.on or dt.date.min)[:at_most]

    def _points(
        self, chapter: Chapter, strand: Strand, whose: Whose, order: str, at_most: int
    ) -> Iterator[Point]:
        if self.own and not strand.own:
            return
        rows = strand.rows(whose)
        if not self.own:
            scope = chapter.scope
            rows = (
                scope(self.access, rows)
                if scope
                else self.access.scope(chapter.permission, rows, strand.region)
            )
        if order.startswith("-"):
            rows = rows.filter(**{f"{strand.on}__isnull": False})
        for row in rows.order_by(order, "-pk")[:at_most]:
            about = attrgetter(strand.about)(row) if strand.about else None
            yield Point(_day(getattr(row, strand.on)), strand.say(row), chapter, about)

    def _birthdays(self, people: Sequence[Person], today: dt.date) -> Iterator[Point]:
        """The next birthday of each living person that moves something."""
        ages = [(chapter, age) for chapter in self.chapters() for age in chapter.ages]
        running = Person.objects.filter(pk__in=[one.pk for one in people], entitlements__until_month=None)
        held = set(running.values_list("pk", "entitlements__benefit"))
        for person in people:
            if person.birth_date is None or person.died_on is not None:
                continue
            figure = figures(today, person.region_id, settings.STANDARDS_SET)
            coming = []
            for chapter, age in ages:
                if age.holding and not any((person.pk, code) in held for code in age.holding):
                    continue
                try:
                    years = int(figure(age.standard))
                except LookupError:
                    continue  # nobody has set this age where the person lives
                on = add_months(person.birth_date, 12 * years)
                if on >= today:
                    coming.append((on, years, age.then, chapter))
            if coming:
                on, years, _, chapter = min(coming, key=lambda one: one[0])
                then = "；".join(dict.fromkeys(one[2] for one in coming if one[0] == on))
                yield Point(on, Said(f"满{years}周岁", then, "info"), chapter, person.pk)


def _day(value: dt.date | dt.datetime | None) -> dt.date | None:
    return timezone.localtime(value).date() if isinstance(value, dt.datetime) else value
