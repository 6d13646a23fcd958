"""The first page of the day, and who I am here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from minzheng.foundation.accounts.permissions import PERMISSIONS
from minzheng.foundation.accounts.permits import permit
from minzheng.online.desk.home.panels import first_places, region_tiles, work_tiles
from minzheng.online.desk.worklists.views import nearest_lines

SHOWN = 8


@permit("desk.open")
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me and how my region stands. Who only reads figures goes straight to them."""
    access = request.access
    if access.may("statistics.read") and not access.may("case.read"):
        return redirect("cockpit:overview")
    handles = access.may("case.handle")
    context = {
        "handles": handles,
        "work": work_tiles(request),
        "region": region_tiles(access),
        "lines": nearest_lines(access, SHOWN) if handles else [],
        "places": [] if handles else first_places(request),
    }
    return render(request, "desk/home/home.html", context)


@permit("desk.open")
def identity(request: HttpRequest) -> HttpResponse:
    """In which roles and regions the account acts today, and what each role may do."""
    held = [
        (assignment, [title for title, roles in PERMISSIONS.values() if assignment.role in roles])
        for assignment in request.access.assignments
    ]
    return render(request, "desk/home/identity.html", {"held": held})
