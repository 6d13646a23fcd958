"""Appointments: kept, missed, and to come."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.urls import reverse

from minzheng.foundation.booking.models import Booking, State
from minzheng.foundation.people.words import Chapter, Said, Strand, Whose


def _bookings(whose: Whose) -> QuerySet[Booking]:
    found = Booking.objects.filter(whose.of()).select_related("slot__counter").defer("phone")
    return found.annotate(told_on=F("slot__day"))


def _say(one: Booking) -> Said:
    where = f"{one.slot.counter.name} {one.slot.starts:%H:%M}，{one.get_state_display()}"
    return Said(f"预约{one.word.title}", where, "info", "", reverse("portal:booking", args=[one.pk]))


BOOKINGS = Chapter(
    code="bookings",
    title="预约",
    permission="booking.handle",
    past=(Strand(lambda whose: _bookings(whose).filter(slot__day__lt=whose.today), "told_on", _say, own=True),),
    ahead=(
        Strand(
            lambda whose: _bookings(whose).filter(slot__day__gte=whose.today, state=State.BOOKED),
            "told_on",
            _say,
            own=True,
        ),
    ),
)  # fmt: skip
