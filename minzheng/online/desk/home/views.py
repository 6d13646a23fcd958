"""The first page of the day, and who I am here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minzheng.foundation.accounts.permissions import PERMISSIONS
from minzheng.foundation.accounts.permits import permit
from minzheng.online.desk.home.panels import first_places


@permit("desk.open")
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, what is due, how my region stands. Who only reads figures goes straight to them."""
    return render(request, "desk/home/home.html", {"places": first_places(request)})


@permit("desk.open")
def identity(request: HttpRequest) -> HttpResponse:
    """In which roles and regions the account acts today, and what each role may do."""
    held = [
        (assignment, [title for title, roles in PERMISSIONS.values() if assignment.role in roles])
        for assignment in request.access.assignments
    ]
    return render(request, "desk/home/identity.html", {"held": held})
