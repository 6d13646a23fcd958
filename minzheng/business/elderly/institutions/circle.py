"""15-minute circle (S-097): which villages lie within reach of a service for the old, and who lives there.

Set-based: villages' offices against facilities, in one statement; how far is a dated standard of each county. A village
whose office has no coordinates is unknown: it counts neither as reached nor as not reached.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.calendar import add_months
from minzheng.foundation.facilities.models import Seat
from minzheng.foundation.facilities.words import serving
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Person

SERVED = "elder"
# A degree of latitude is 111.32 km; one of longitude is shortened by the cosine of the latitude. Over a few kilometres
# the error against the sphere is below a metre, far below what a detour factor means.
_REACHED = """
    WITH reach (prefix, metres) AS (SELECT * FROM unnest(%(prefixes)s::text[], %(metres)s::float8[]))
    SELECT s.region_id FROM facilities_seat s JOIN reach r ON s.region_id ^@ r.prefix
    WHERE EXISTS (
        SELECT FROM facilities_facility f
        WHERE f.kind = ANY(%(kinds)s) AND f.state IN ('open', 'closed') AND f.opened_on <= %(on)s
          AND (f.closed_on IS NULL OR f.closed_on > %(on)s) AND f.longitude IS NOT NULL
          AND f.latitude BETWEEN s.latitude - r.metres / 111320 AND s.latitude + r.metres / 111320
          AND 111320 * sqrt(power(f.latitude - s.latitude, 2)
              + power((f.longitude - s.longitude) * cos(radians(s.latitude)), 2)) <= r.metres)
"""


def radius(region: str, on: dt.date) -> float:
    """How far, in metres as the crow flies, one comes within the minutes of the region's standard."""
    figure = figures(on, region, settings.STANDARDS_SET)
    metres = figure("circle_minutes") * figure("circle_metres_a_minute")
    return float(metres) * 100 / figure("circle_detour_percent")


def reached_villages(on: dt.date) -> list[str]:
    """Codes of the villages from whose office some service for the old is within reach on that day."""
    counties = sorted({code[:6] for code in Seat.objects.values_list("region_id", flat=True)})
    with connection.cursor() as cursor:
        cursor.execute(
            _REACHED,
            {
                "prefixes": counties,
                "metres": [radius(county.ljust(12, "0"), on) for county in counties],
                "kinds": serving(SERVED),
                "on": on,
            },
        )
        return [code for (code,) in cursor.fetchall()]


def elders(on: dt.date) -> QuerySet[Person]:
    """Old people living on that day in villages whose office is on the map."""
    age = int(figures(on, standards=settings.STANDARDS_SET)("circle_elder_age"))
    born = add_months(on, -12 * age)
    alive = Person.objects.filter(birth_date__lte=born, region_id__in=Seat.objects.values("region_id"))
    return alive.exclude(died_on__lte=on)


def reached_elders(on: dt.date) -> QuerySet[Person]:
    return elders(on).filter(region_id__in=reached_villages(on) or [""])  # "" is nowhere


def end_of(month: dt.date) -> dt.date:
    """The day a month is judged by: its last one, or today while it runs."""
    return min(last_day(month), dt.date.today())
