"""What was ordered for me and those I live with; confirming, rating, complaining, calling off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.people.models import Membership
from minzheng.foundation.services.models import Order
from minzheng.foundation.services.registers import TONES
from minzheng.foundation.services.representatives import running
from minzheng.online.desk.services.deeds import FAMILY
from minzheng.online.ui.deeds import DeedForms


def _orders(request: HttpRequest):  # type: ignore[no-untyped-def]
    me = request.user.person_id  # type: ignore[union-attr]
    homes = Membership.objects.filter(person=me, until=None).values("household")
    family = Membership.objects.filter(household__in=homes, until=None).values("person")
    represented = running(request.access.today).filter(agent=me).values("elder")  # type: ignore[attr-defined]
    own = (
        Order.objects.filter(person=me)
        | Order.objects.filter(person__in=family)
        | Order.objects.filter(person__in=represented)
    )
    return own.select_related("person", "provider", "worker").order_by("-asked_at")


@citizen
def mine(request: HttpRequest) -> HttpResponse:
    rows = [(one, one.declared, TONES[one.state]) for one in _orders(request)[:100]]
    return render(request, "portal/services/mine.html", {"rows": rows, "back_url": reverse("portal:home")})


@citizen
def order(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_orders(request), pk=pk)
    deeds = DeedForms(request, [one for one in FAMILY if one.is_open(found)], found, found.region_id)
    if deeds.done():
        return redirect("portal:service", pk)
    context = {
        "order": found, "kind": found.declared, "tone": TONES[found.state], "deeds": deeds,
        "complaints": found.complaints.order_by("-id"), "back_url": reverse("portal:services"),
    }  # fmt: skip
    return render(request, "portal/services/order.html", context, status=422 if deeds.posted else 200)
