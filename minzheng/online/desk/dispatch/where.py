"""The wall's map: where orders and alarms are open, by village, and where the providers have their places."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet

from minzheng.business.elderly.homecare.models import Alarm
from minzheng.foundation.facilities.models import Facility, Seat
from minzheng.foundation.facilities.words import serving
from minzheng.foundation.regions.models import Boundary, Level
from minzheng.foundation.services.matching import contracts_on
from minzheng.foundation.services.models import Order
from minzheng.online.ui.maps import Point, draw

OPEN_ORDERS, SITES, ALARMS = 1, 2, 4  # series of colours


def wall_map(access: Any, orders: QuerySet[Order], alarms: QuerySet[Alarm]) -> Any:
    """A village's number stands at its committee's office: never at somebody's home."""
    asked = dict(orders.values_list("region").annotate(count=Count("pk")))
    rang = dict(alarms.values_list("region").annotate(count=Count("pk")))
    points = []
    for seat in Seat.objects.filter(region__in={*asked, *rang}).select_related("region"):
        for counts, series, what in ((asked, OPEN_ORDERS, "张在办工单"), (rang, ALARMS, "次报警")):
            if count := counts.get(seat.region_id):
                words = f"{seat.region.name}{count}{what}"
                points.append(Point(seat.longitude, seat.latitude, words, "", series, 0, count))
    providers = contracts_on(access.today).values("provider")
    sites = access.scope("register.read", Facility.objects.on(access.today)).filter(
        organisation__in=providers, kind__in=serving("elder"), longitude__isnull=False
    )
    points += [
        Point(float(one.longitude or 0), float(one.latitude or 0), one.name, "", SITES, 0)
        for one in sites[:100]
    ]
    prefixes = {prefix[:6] for prefix in access.prefixes("service.order") if len(prefix) >= 6}
    counties = Boundary.objects.filter(
        region__in=[prefix.ljust(12, "0") for prefix in prefixes], region__level=Level.COUNTY
    ).select_related("region")
    return draw(points, [(one.region.name, one.geometry) for one in counties])
