"""预约名单: who comes today, who came, who did not; days that are closed or open longer."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.booking import actions
from minzheng.foundation.booking.lists import counters_kept, day_list, slots_of
from minzheng.foundation.booking.models import Booking, Counter, State
from minzheng.online.desk.booking.forms import CounterForm, GuestForm, SpecialDayForm

TRAIL = ("预约名单", "/desk/bookings/")
TONES = {State.BOOKED: "info", State.CAME: "ok", State.MISSED: "warn", State.CANCELLED: "neutral"}
DAY = dt.timedelta(days=1)


@permit("booking.handle")
def day(request: HttpRequest) -> HttpResponse:
    return _day_page(request)


@permit("booking.handle")
def new(request: HttpRequest) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    form = CounterForm(access, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            counter = actions.open_counter(access, form.counter(), form.hours(access))
        except ValidationError as refusal:
            form.add_error(None, Refused(refusal.messages))
        else:
            messages.success(request, "已设立，并放出了今天起可约的名额。")
            return redirect(_address(counter, access.today))
    context = {"form": form, "trail": [TRAIL, ("设立预约点", "")]}
    return render(request, "desk/booking/new.html", context)


@permit("booking.handle")
@require_POST
def special(request: HttpRequest, pk: int) -> HttpResponse:
    counter = _counter(request, pk)
    form = SpecialDayForm(request.POST, prefix="special")
    if form.is_valid():
        try:
            made = actions.set_special_day(request.access, form.special(counter))  # type: ignore[attr-defined]
        except ValidationError as refusal:
            form.add_error(None, Refused(refusal.messages))
        else:
            messages.success(request, f"{made.day}已按“{made.reason}”安排。已经约好的请逐一联系。")
            return redirect(_address(counter, made.day))
    return _day_page(request, counter, special=form)


@permit("booking.handle")
@require_POST
def guest(request: HttpRequest, pk: int) -> HttpResponse:
    counter, on = _counter(request, pk), _on(request)
    slots = slots_of(counter, on)
    form = GuestForm(counter.word, slots, request.POST, prefix="guest")
    if form.is_valid():
        slot = next(one for one in slots if str(one.pk) == form.cleaned_data["slot"])
        booking = Booking(slot=slot, phone=form.cleaned_data["phone"])
        try:
            made = actions.book(request.access, booking, form.guests())  # type: ignore[attr-defined]
        except ValidationError as refusal:
            form.add_error(None, Refused(refusal.messages))
        else:
            messages.success(request, f"已约好，预约码 {made.code}。")
            return redirect(_address(counter, on))
    return _day_page(request, counter, guest=form)


@permit("booking.handle")
@require_POST
def settle(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """`way`: came, missed or cancel."""
    if way not in {"came", "missed", "cancel"}:
        raise Http404("没有这个操作。请从预约名单里办理。")
    booking = _booking(request, pk)
    access = request.access  # type: ignore[attr-defined]
    try:
        if way == "cancel":
            actions.cancel(access, booking, request.POST.get("reason", ""))
        else:
            getattr(actions, way)(access, booking)
        messages.success(request, f"{booking.code}：{booking.get_state_display()}。")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(_address(booking.slot.counter, booking.slot.day))


def _day_page(request: HttpRequest, counter: Counter | None = None, **bound: Any) -> HttpResponse:
    """`bound`: a form that came back with its mistakes."""
    access, on = request.access, _on(request)  # type: ignore[attr-defined]
    kept = counters_kept(access)
    chosen = counter or next((one for one in kept if str(one.pk) == request.GET.get("counter")), None)
    chosen = chosen or (kept[0] if kept else None)
    context: dict[str, Any] = {"counters": kept, "counter": chosen, "day": on, "may_open": True}
    if chosen is not None:
        bookings, slots = day_list(access, chosen, on), slots_of(chosen, on)
        states = [one.state for one in bookings]
        context |= {
            "rows": [(one, TONES[State(one.state)]) for one in bookings],
            "slots": slots,
            "places": sum(one.quota for one in slots if not one.blocked_reason),
            "left": sum(one.left for one in slots),
            "counts": {state.value: states.count(state) for state in State},
            "is_today": on == access.today,
            "before": _address(chosen, on - DAY),
            "after": _address(chosen, on + DAY),
            "forms": {
                "special": SpecialDayForm(prefix="special", initial={"day": on}),
                "guest": GuestForm(chosen.word, slots, prefix="guest"),
            }
            | bound,
            "opened": next(iter(bound), ""),
        }
    return render(request, "desk/booking/day.html", context)


def _counter(request: HttpRequest, pk: int) -> Counter:
    counter = next((one for one in counters_kept(request.access) if one.pk == pk), None)  # type: ignore[attr-defined]
    if counter is None:
        raise Http404("没有找到这个预约点，或者它不在您的辖区内。")
    return counter


def _booking(request: HttpRequest, pk: int) -> Booking:
    """One that was made at a counter which this officer keeps."""
    kept = counters_kept(request.access)  # type: ignore[attr-defined]
    found = Booking.objects.select_related("slot__counter").filter(pk=pk, slot__counter__in=kept).first()
    if found is None:
        raise Http404("没有找到这个预约，或者它不在您的辖区内。")
    return found


def _on(request: HttpRequest) -> dt.date:
    asked = request.GET.get("day") or request.POST.get("day") or ""
    try:
        return dt.date.fromisoformat(asked)
    except ValueError:
        return request.access.today  # type: ignore[attr-defined]


def _address(counter: Counter, on: dt.date) -> str:
    return f"{reverse('desk:bookings')}?{urlencode({'counter': counter.pk, 'day': on.isoformat()})}"
