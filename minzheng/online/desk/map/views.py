"""Where facilities stand: layers by kind, a number for each division from above, every place by its name from a township on."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from minzheng.business.elderly.institutions.circle import SERVED, radius
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.facilities.words import kinds
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, Boundary, Level, Region, within
from minzheng.online.ui.maps import Point, draw

LISTED = 200
CLUSTERED = 60  # more places than this are shown as numbers of their divisions


@permit("register.read")
def facility_map(request: HttpRequest) -> HttpResponse:
    """The picture and, beside it, the same places as a list: whoever sees no picture misses nothing."""
    access: Any = request.access  # type: ignore[attr-defined]
    layers = [kind for kind in kinds() if kind.layer and access.may(kind.read)]
    codes = {kind.code for kind in layers}
    chosen = [code for code in request.GET.getlist("kind") if code in codes]
    region = _region(request)
    found = Facility.objects.none()
    for kind in layers:
        if kind.code in (chosen or codes):
            found = found | access.scope(kind.read, Facility.objects.filter(kind=kind.code))
    found = found.on(access.today).filter(within(region.prefix))
    if text := request.GET.get("q", "").strip()[:60]:
        found = found.filter(name__contains=text)
    places = list(found.select_related("region", "organisation").order_by("region_id", "pk")[:5000])
    series = {kind.code: number % 6 + 1 for number, kind in enumerate(layers)}
    shows_circle = "circle" in request.GET
    located = [one for one in places if one.longitude is not None]
    below = list(Region.objects.on(access.today).filter(parent=region).order_by("code"))
    is_clustered = len(located) > CLUSTERED and region.level < Level.TOWNSHIP and not shows_circle
    points = (
        _clusters(request, located, below, region.level)
        if is_clustered
        else [_point(one, series[one.kind], _reach(one, shows_circle, access.today)) for one in located]
    )
    outlines = {
        one.region_id: (one.region.name, one.geometry)
        for one in Boundary.objects.filter(region__in=[region, *below]).select_related("region")
    }
    drawn = [outlines[one.code] for one in below if one.code in outlines] or list(outlines.values())
    approvals = sorted(
        {
            f"{one.source}，审图号：{one.approval}"
            for one in Boundary.objects.filter(region__in=[region, *below])
        }
    )
    counts: dict[str, int] = defaultdict(int)
    for one in places:
        counts[one.kind] += 1
    context = {
        "region": region,
        "above": region.parent if region.parent and access.may("register.read", region.parent_id) else None,
        "below": below,
        "layers": [(kind, series[kind.code], counts[kind.code], kind.code in chosen) for kind in layers],
        "picture": draw(points, drawn),
        "note": "；".join(approvals),
        "places": [(one, series[one.kind]) for one in places[:LISTED]],
        "total": len(places),
        "listed": LISTED,
        "unlocated": len(places) - len(located),
        "is_clustered": is_clustered,
        "shows_circle": shows_circle,
        "minutes_reach": round(radius(region.code, access.today)),
        "text": text,
    }
    return render(request, "desk/map/map.html", context)


def _region(request: HttpRequest) -> Region:
    """The asked division if it lies in the user's scope; else the user's own."""
    access: Any = request.access  # type: ignore[attr-defined]
    own = access.scope("register.read", Region.objects.select_related("parent"), "code").order_by(
        "level", "code"
    )
    asked = request.GET.get("region", "")
    return access.get("register.read", own, "code", code=asked) if asked else own.first()


def _point(one: Facility, series: int, metres: float) -> Point:
    return Point(
        float(one.longitude or 0),
        float(one.latitude or 0),
        f"{one.name}（{one.kind_title}）",
        reverse("registers:detail", args=["facilities", one.pk]) if one.word.is_common else "",
        series,
        metres,
    )


def _reach(one: Facility, shows_circle: bool, today: Any) -> float:
    return radius(one.region_id, today) if shows_circle and SERVED in one.word.serves else 0


def _clusters(request: HttpRequest, places: list[Facility], below: list[Region], level: int) -> list[Point]:
    """One number for each division below, in the middle of its places; it leads on into the division."""
    digits = SIGNIFICANT_DIGITS[level + 1]
    grouped: dict[str, list[Facility]] = defaultdict(list)
    for one in places:
        grouped[one.region_id[:digits]].append(one)
    names = {region.code[:digits]: region for region in below}
    parameters = request.GET.copy()
    points = []
    for prefix, group in grouped.items():
        region = names.get(prefix)
        parameters["region"] = region.code if region else prefix.ljust(12, "0")
        points.append(
            Point(
                sum(float(one.longitude or 0) for one in group) / len(group),
                sum(float(one.latitude or 0) for one in group) / len(group),
                f"{region.name if region else ''}{len(group)}处",
                f"?{parameters.urlencode()}",
                1,
                0,
                len(group),
            )
        )
    return points
