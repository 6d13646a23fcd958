"""预约: where, which day, what time, and the code to show at the counter. Every step is a plain page."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.actions import Refused
from minzheng.foundation.booking.actions import book, cancel
from minzheng.foundation.booking.lists import counters_open, days_of, own_bookings, slots_of
from minzheng.foundation.booking.models import Booking, Counter, State
from minzheng.foundation.booking.plan import peak_days
from minzheng.foundation.booking.words import Bookable
from minzheng.foundation.registry.words import shelf
from minzheng.online.portal.booking.forms import TimeForm

WEEK = "一二三四五六日"
TONES = {State.BOOKED: "info", State.CAME: "ok", State.MISSED: "warn", State.CANCELLED: "neutral"}


@citizen
def mine(request: HttpRequest) -> HttpResponse:
    bookings = own_bookings(request.access)[:30]  # type: ignore[attr-defined]
    context = {
        "bookings": [(one, TONES[State(one.state)]) for one in bookings],
        "words": [word for word in shelf(Bookable) if word.is_online],
        "back_url": reverse("portal:home"),
    }
    return render(request, "portal/booking/mine.html", context)


@citizen
def counters(request: HttpRequest, kind: str) -> HttpResponse:
    """Where: every place that opens times for it; with a single one there is nothing to choose."""
    word = _word(kind)
    found = list(counters_open(kind, request.access.today))  # type: ignore[attr-defined]
    if len(found) == 1:
        return redirect("portal:booking_days", found[0].pk)
    context = {"word": word, "counters": found, "back_url": reverse("portal:bookings")}
    return render(request, "portal/booking/counters.html", context)


@citizen
def days(request: HttpRequest, pk: int) -> HttpResponse:
    counter, today = _counter(request, pk), request.access.today  # type: ignore[attr-defined]
    peaks = peak_days(counter, today)
    listed = [
        {
            "day": one["day"],
            "week": WEEK[one["day"].weekday()],
            "left": one["left"],
            "peak": one["day"] in peaks,
        }
        for one in days_of(counter, today)
    ]
    context = {
        "counter": counter,
        "word": counter.word,
        "days": listed,
        "back_url": reverse("portal:bookings"),
    }
    return render(request, "portal/booking/days.html", context)


@never_cache
@citizen
def times(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """The times of a day and who comes; a refusal keeps what was typed."""
    access = request.access  # type: ignore[attr-defined]
    counter, on = _counter(request, pk), _day(day)
    me = access.user.person
    slots = slots_of(counter, on)
    form = TimeForm(counter.word, slots, request.POST or None, initial={"phone": me.phone})
    if request.method == "POST" and form.is_valid():
        slot = next(one for one in slots if str(one.pk) == form.cleaned_data["slot"])
        try:
            made = book(access, Booking(slot=slot, phone=form.cleaned_data["phone"]), form.guests(me))
        except ValidationError as refusal:
            form.add_error(None, Refused(refusal.messages))
        else:
            messages.success(request, "已约好。请按时到场。")
            return redirect("portal:booking", made.pk)
    context = {
        "counter": counter,
        "word": counter.word,
        "day": on,
        "week": WEEK[on.weekday()],
        "form": form,
        "is_full": not any(slot.left > 0 for slot in slots),
        "back_url": reverse("portal:booking_days", args=[counter.pk]),
    }
    return render(request, "portal/booking/times.html", context)


@never_cache
@citizen
def show(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    context = {
        "booking": found,
        "word": found.word,
        "parties": found.parties.all(),
        "week": WEEK[found.slot.day.weekday()],
        "tone": TONES[State(found.state)],
        "may_cancel": found.may_still_cancel(request.access.today),  # type: ignore[attr-defined]
        "back_url": reverse("portal:bookings"),
    }
    return render(request, "portal/booking/show.html", context)


@citizen
@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    try:
        cancel(request.access, found)  # type: ignore[attr-defined]
        messages.success(request, "已取消，名额已让给别人。想来的时候可以再约。")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("portal:booking", found.pk)


def _own(request: HttpRequest, pk: int) -> Booking:
    found = own_bookings(request.access).filter(pk=pk).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404("没有找到这个预约。请从“我的预约”里打开。")
    return found


def _word(kind: str) -> Bookable:
    if kind not in shelf(Bookable) or not shelf(Bookable).get(kind).is_online:
        raise Http404("没有这项预约。请回到“我的预约”里选择。")
    return shelf(Bookable).get(kind)


def _counter(request: HttpRequest, pk: int) -> Counter:
    counter = get_object_or_404(Counter.objects.select_related("region"), pk=pk)
    closed = counter.closed_on is not None and counter.closed_on <= request.access.today  # type: ignore[attr-defined]
    if closed or not counter.word.is_online:
        raise Http404("这里现在不接受网上预约。请另选一处，或拨打12345。")
    return counter


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Http404("没有这一天。请从日历里选择。") from None
