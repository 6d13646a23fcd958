"""Which checks a home owes today: for its own page, for the night that looks for missing ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Max, OuterRef, Q, Subquery

from minzheng.business.elderly.institutions.models import Check, CheckKind, Home, Resident
from minzheng.foundation.items.figures import Figures, figures


def open_homes(on: dt.date) -> Any:
    """Homes with residents: an empty house is no home yet."""
    living = Resident.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=on), admitted_on__lte=on)
    return Home.objects.filter(
        Q(facility__closed_on__isnull=True) | Q(facility__closed_on__gt=on), pk__in=living.values("home_id")
    ).select_related("facility")


def due_checks(homes: Any, on: dt.date) -> list[tuple[Home, str, dt.date]]:
    """(home, kind, the last day on which it was due) of every check that is due or overdue on that day; two queries.

    The first of a kind is counted from the first admission.
    """
    last = dict(
        ((home, kind), day)
        for home, kind, day in Check.objects.filter(home__in=homes, done_on__lte=on)
        .values_list("home_id", "kind")
        .annotate(day=Max("done_on"))
    )
    first = Resident.objects.filter(home=OuterRef("pk")).order_by("admitted_on").values("admitted_on")[:1]
    found: list[tuple[Home, str, dt.date]] = []
    known: dict[str, Figures] = {}
    for home in homes.annotate(begun=Subquery(first)):
        county = home.facility.region_id[:6]
        figure = known.setdefault(county, figures(on, home.facility.region_id, settings.STANDARDS_SET))
        for kind in CheckKind.values:
            since = last.get((home.pk, kind)) or home.begun
            due = since + dt.timedelta(days=int(figure(f"home_check_{kind}_days")))
            if due <= on:
                found.append((home, kind, due))
    return found
