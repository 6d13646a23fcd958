"""Birthdays that change an amount or end a right (handbook 0.7): whoever comes into the next band holds its amount from
that month; whoever outgrows a benefit holds it to the end of the month of that birthday (DC7).

The law decides, so nobody confirms it. Run every night: who was looked at already is left alone, and a night that
was missed is made up, up to a year back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db.models.functions import Left

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.actions import end, restate
from minzheng.foundation.benefits.due import spans_due
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.months import add_months, last_day, month_of
from minzheng.foundation.benefits.timeline import Why, owed_in
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.calendar import add_months as add_calendar_months
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.facts import person_document
from minzheng.foundation.regions.models import within
from minzheng.foundation.registry.words import shelf

LOOKED_BACK = 12  # months


def turn_ages(today: dt.date) -> int:
    """Restate every right whose holder has come into another band; returns how many changed."""
    return sum(
        _turn(right, declared, month, today)
        for declared in shelf(Benefit)
        for name in declared.bands
        for right, month in _came_of_age(declared, name, today)
    )


def end_at_age(today: dt.date) -> int:
    """End every right whose holder has outgrown it; returns how many. Running it again finds nothing."""
    return sum(
        _outgrow(right, month, today)
        for declared in shelf(Benefit)
        if declared.until_age
        for right, month in _came_of_age(declared, declared.until_age, today)
    )


def _outgrow(right: Entitlement, month: dt.date, today: dt.date) -> bool:
    birthday = _birthday(right)
    reached = add_calendar_months(birthday, 12 * (month.year - birthday.year))
    if reached > today:
        return False
    end(Access(None, today), right, on=reached, reason="of_age")
    return True


def _came_of_age(declared: Benefit, name: str, today: dt.date) -> Iterator[tuple[Entitlement, dt.date]]:
    """Rights whose holder reached the age in the last year, with the month in which it was reached."""
    running = Entitlement.objects.filter(benefit=declared.code, household=None, until_month=None)
    running = running.exclude(state=State.VOID).select_related("person")
    counties = running.annotate(paying=Left("region_id", 6)).values_list("paying", flat=True).distinct()
    for county in counties:
        age = figures(today, county.ljust(12, "0"), settings.STANDARDS_SET)(name)
        born = last_day(_years_before(month_of(today), age))  # of a leap day too (DC3)
        first = _years_before(add_months(month_of(today), -LOOKED_BACK), age)
        of_age = running.filter(within(county), person__birth_date__range=(first, born))
        for right in of_age.iterator():
            yield right, month_of(add_calendar_months(_birthday(right), 12 * age))


def _birthday(right: Entitlement) -> dt.date:
    person = right.person
    assert person is not None and person.birth_date is not None, "the query has asked for it"
    return person.birth_date


def _turn(right: Entitlement, declared: Benefit, month: dt.date, today: dt.date) -> bool:
    """Lay the new band's amount from its month on, unless it lies there already."""
    assert right.person is not None, "the query has asked for it"
    document = person_document(right.person, today) | {
        "standards": settings.STANDARDS_SET,
        "region": right.region_id,
    }
    spans = spans_due(declared, document, max(month, right.since_month), month_of(today))
    if all(owed_in(right, span.from_month) == span.amount_fen for span in spans):
        return False
    why = Why("age", declared.cite, today)
    restate(Access(None, today), right, spans=spans, why=why)
    return True


def _years_before(day: dt.date, years: int) -> dt.date:
    """The same month and day, years ago."""
    return add_calendar_months(day, -12 * years)
