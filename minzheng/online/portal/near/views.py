"""身边的服务: what is near a village that the reader chooses. Nobody's place is asked of the phone, and nothing is kept."""

from __future__ import annotations

import datetime as dt
import math

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from minzheng.foundation.accounts.permits import public
from minzheng.foundation.accounts.rates import at_most
from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.facilities.models import Facility, Seat
from minzheng.foundation.facilities.words import FacilityKind, public_kinds
from minzheng.foundation.regions.models import Level, Region, within

SHOWN = 8  # of each kind: the nearest
METRES = 111_320  # of a degree of latitude


@public(
    "where public services are; the reader chooses the village, nothing about the reader is known or kept"
)
@at_most("public_per_minute", per="ip")
def near(request: HttpRequest) -> HttpResponse:
    """County → township → village by links, then the nearest of each kind with telephone and way."""
    today = dt.date.today()
    regions = Region.objects.on(today)
    asked = request.GET.get("at", "")
    chosen = get_object_or_404(regions.select_related("parent"), code=asked) if asked else None
    context = {"chosen": chosen, "level": Level}
    if chosen is None or chosen.level < Level.VILLAGE:
        context["places"] = _parts(chosen, today)
        return render(request, "portal/near/where.html", context)
    seat = Seat.objects.filter(region=chosen).first()
    kinds = public_kinds()
    with beyond_region("公开的服务设施，谁都可以看"):
        places = list(
            Facility.objects.on(today)
            .filter(within(chosen.code[:6]), kind__in=[kind.code for kind in kinds])
            .select_related("region")
        )
    context |= {"seat": seat, "kinds": [(kind, _nearest(kind, places, seat)) for kind in kinds]}
    return render(request, "portal/near/near.html", context)


def _parts(chosen: Region | None, today: dt.date) -> list[Region]:
    """Counties that have facilities, or what lies in the chosen division."""
    if chosen is not None:
        return list(Region.objects.on(today).filter(parent=chosen).order_by("code"))
    with beyond_region("公开的服务设施，谁都可以看"):
        codes = {code[:6] for code in Facility.objects.values_list("region_id", flat=True).distinct()}
    return list(
        Region.objects.on(today).filter(code__in=[code.ljust(12, "0") for code in codes]).order_by("code")
    )


def _nearest(kind: FacilityKind, places: list[Facility], seat: Seat | None) -> list[tuple[Facility, str]]:
    """(place, how far in words), the nearest first; those without coordinates come last."""
    of_kind = [one for one in places if one.kind == kind.code]
    measured = sorted(((_metres(one, seat), one.pk, one) for one in of_kind), key=lambda found: found[:2])
    return [(one, in_words(metres)) for metres, _, one in measured[:SHOWN]]


def _metres(one: Facility, seat: Seat | None) -> float:
    if seat is None or one.longitude is None or one.latitude is None:
        return math.inf
    north = one.latitude - seat.latitude
    east = (one.longitude - seat.longitude) * math.cos(math.radians(seat.latitude))
    return METRES * math.hypot(north, east)


def in_words(metres: float) -> str:
    """About, and as the crow flies: 约300米, 约2.5公里; "" where nobody knows."""
    if math.isinf(metres):
        return ""
    return f"约{max(100, round(metres, -2)):.0f}米" if metres < 1000 else f"约{metres / 1000:.1f}公里"
