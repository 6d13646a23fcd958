"""What a citizen and a desk look at: free days, free times, own bookings, the list of a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Sum, Value, When

from minzheng.foundation.audit.record import record_read
from minzheng.foundation.booking.models import Booking, Counter, Slot
from minzheng.foundation.booking.words import Bookable
from minzheng.foundation.registry.words import shelf

FREE = Case(When(blocked_reason="", then=F("quota") - F("taken")), default=Value(0))


def counters_open(kind: str, today: dt.date) -> QuerySet[Counter]:
    """Where one can book this thing, by division."""
    return (
        Counter.objects.filter(Q(closed_on=None) | Q(closed_on__gt=today), kind=kind)
        .select_related("region")
        .order_by("region_id", "id")
    )


def days_of(counter: Counter, today: dt.date) -> list[dict[str, Any]]:
    """[{"day": …, "places": quota of the day, "left": free places}], by day, from today on."""
    slots = Slot.objects.filter(counter=counter, day__gte=today)
    days = slots.values("day").annotate(places=Sum("quota"), free=Sum(FREE)).order_by("day")
    return [{"day": one["day"], "places": one["places"], "left": one["free"]} for one in days]


def slots_of(counter: Counter, day: dt.date) -> list[Slot]:
    return list(Slot.objects.filter(counter=counter, day=day).order_by("starts"))


def own_bookings(access: Any) -> QuerySet[Booking]:
    """Made by oneself, or with oneself as the other party; the next first."""
    user = access.user
    if user is None:
        return Booking.objects.none()
    mine = Q(made_by=user)
    if user.person_id is not None:
        mine |= Q(person=user.person_id) | Q(partner=user.person_id)
    return (
        Booking.objects.filter(mine).select_related("slot__counter").order_by("-slot__day", "-slot__starts")
    )


def counters_kept(access: Any) -> list[Counter]:
    """The counters whose day lists this officer may open."""
    found: list[Counter] = []
    for word in shelf(Bookable):
        counters = Counter.objects.filter(kind=word.code).select_related("region")
        found += access.scope(word.permission, counters).order_by("region_id", "id")
    return found


def day_list(access: Any, counter: Counter, day: dt.date) -> list[Booking]:
    """Everybody booked at a counter on a day, by time; the look is recorded."""
    found = list(
        Booking.objects.filter(slot__counter=counter, slot__day=day)
        .select_related("slot", "person")
        .prefetch_related("parties")
        .order_by("slot__starts", "id")
    )
    people = [party.person_id for one in found for party in one.parties.all() if party.person_id]
    record_read("查看预约名单", actor=access.user, subject=counter, persons=people, region=counter.region_id)
    return found
