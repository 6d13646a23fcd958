"""Whoever comes to a station again and again has nothing to go home to: the home place looks (源头治理)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Max

from minzheng.business.rescue.models import Stay
from minzheng.datacenter.signals.words import Hit, Signal, Unit
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.calendar import add_months
from minzheng.foundation.items.figures import figures
from minzheng.foundation.regions.models import within


def came_again(month: dt.date, county: str) -> Iterator[Hit]:
    """People of the county with as many stays in the months before as the standard says, wherever the station is."""
    until = last_day(month)
    figure = figures(until, county.ljust(12, "0"), settings.STANDARDS_SET)
    since = add_months(until, -int(figure("rescue_again_months")))
    stays = (
        Stay.objects.filter(within(county, "person__region_id"), arrived_on__gt=since, arrived_on__lte=until)
        .exclude(person__died_on__lte=until)
        .values("person", "person__region_id")
        .annotate(times=Count("pk"), last=Max("arrived_on"))
        .filter(times__gte=int(figure("rescue_again_times")))
        .order_by("person")
    )
    for one in stays:
        yield Hit(
            region=one["person__region_id"],
            household=None,
            person=one["person"],
            digest=f"{one['times']}:{one['last']}",
            detail={"times": one["times"], "last": one["last"].isoformat()},
        )


AGAIN = Signal(
    code="rescue_again",
    covers=("S-161",),
    title="反复流浪",
    cite="社会救助法 第三十一条；国令381号",
    unit=Unit.PERSON,
    query=came_again,
    task="signals.visit",
    look_for="一年里多次进救助站。请看家里有没有人照料、有没有住处和收入，符合特困、低保的帮助申请。",
)
