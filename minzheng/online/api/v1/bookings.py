"""Booking a time (M6): where, which days and times are free, and the own bookings. What is free is open to everyone."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema
from ninja import Status as Answered
from pydantic import Field

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.booking.actions import Guest, book, cancel
from minzheng.foundation.booking.lists import counters_open, days_of, own_bookings, slots_of
from minzheng.foundation.booking.models import Booking, Counter, Slot
from minzheng.foundation.booking.words import Bookable
from minzheng.foundation.registry.words import shelf
from minzheng.online.api.operation import operation
from minzheng.online.api.paging import Cursor, Limit, Page, page_of, page_of_list
from minzheng.online.api.problems import Detail, Problem
from minzheng.online.api.v1.opening import IdNo, Name
from minzheng.online.api.values import IsoDate

router = Router(tags=["预约"])
READ, WRITE = ("my.read",), ("my.apply",)
FREE = "opening hours and free places name nobody"
Key = Annotated[int, Path(ge=1, le=10**12, description="预约点的 id")]
Code = Annotated[str, Path(pattern=r"^[2-9A-HJKMNP-Z]{6}$", description="预约码")]


class BookableOut(Schema):
    code: str
    title: str
    summary: str
    persons: int = Field(description="几个人一起来：1 或 2")
    bring: list[str] = Field(description="请带上什么")
    cite: str


class CounterOut(Schema):
    id: int
    kind: str
    name: str
    address: str
    phone: str
    region: str


class DayOut(Schema):
    day: dt.date
    left: int = Field(description="还剩的名额")


class TimeOut(Schema):
    id: int = Field(description="预约时作 time")
    starts: str = Field(description="09:00")
    ends: str
    left: int
    stopped: str = Field(description="停办的原因；照常时为空")


class PartnerIn(Schema, extra="forbid"):
    name: Name
    id_no: IdNo


class BookingIn(Schema, extra="forbid"):
    time: int = Field(ge=1, le=10**12, description="时段的 id")
    phone: str = Field(pattern=r"^[0-9 +-]{7,20}$", description="临时有变化时联系的电话")
    partner: PartnerIn | None = Field(None, description="两个人一起来的，填对方；一个人来的不填")


class GiveUpIn(Schema, extra="forbid"):
    reason: str = Field("", max_length=100)


class BookingOut(Schema):
    code: str = Field(description="到场时出示")
    kind: str
    title: str
    day: dt.date
    starts: str
    ends: str
    place: str
    address: str
    state: str
    state_label: str
    reason: str
    may_cancel: bool


@operation(router, "GET", "/booking/kinds", summary="可以预约的事", response=Page[BookableOut], public=FREE)
def list_bookables(request: HttpRequest, limit: Limit, cursor: Cursor) -> Any:
    online = [word for word in shelf(Bookable) if word.is_online]
    rows, after = page_of_list(online, lambda one: one.code, limit, cursor)
    items = [
        {
            "code": one.code, "title": one.title, "summary": one.summary, "persons": one.persons,
            "bring": list(one.bring), "cite": one.cite,
        }
        for one in rows
    ]  # fmt: skip
    return {"items": items, "next": after}


@operation(router, "GET", "/booking/counters", summary="在哪里办", response=Page[CounterOut], public=FREE)
def list_counters(
    request: HttpRequest,
    limit: Limit,
    cursor: Cursor,
    kind: Annotated[str, Query(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="可以预约的事的代码")],
) -> Any:
    found = counters_open(_word(kind).code, _access(request).today)
    rows, after = page_of(found, "pk", limit, cursor)
    items = [
        {
            "id": one.pk, "kind": one.kind, "name": one.name, "address": one.address, "phone": one.phone,
            "region": one.region_id,
        }
        for one in rows
    ]  # fmt: skip
    return {"items": items, "next": after}


@operation(
    router, "GET", "/booking/counters/{id}/days", summary="哪几天有名额", response=list[DayOut], public=FREE
)
def list_days(request: HttpRequest, id: Key) -> Any:
    counter = _counter(request, id)
    return [{"day": one["day"], "left": one["left"]} for one in days_of(counter, _access(request).today)]


@operation(
    router,
    "GET",
    "/booking/counters/{id}/days/{day}",
    summary="一天里的时段",
    response=list[TimeOut],
    public=FREE,
)
def list_times(request: HttpRequest, id: Key, day: Annotated[IsoDate, Path(description="日期")]) -> Any:
    return [
        {
            "id": one.pk,
            "starts": f"{one.starts:%H:%M}",
            "ends": f"{one.ends:%H:%M}",
            "left": one.left,
            "stopped": one.blocked_reason,
        }
        for one in slots_of(_counter(request, id), day)
    ]


@operation(
    router, "POST", "/bookings", summary="预约", response=BookingOut, status=201, scopes=WRITE, keyed=True
)
def make_booking(request: HttpRequest, body: BookingIn) -> Any:
    """For oneself and, where two come, the other one. Refused when the time is full or one of them is booked that day."""
    access = _access(request)
    slot = Slot.objects.select_related("counter").filter(pk=body.time).first()
    if slot is None or not slot.counter.word.is_online:
        wrong = "没有这个时段。请从预约点当天的时段里选。"
        raise Problem("invalid", wrong, [Detail(path="time", detail=wrong)])
    assert access.user is not None and access.user.person is not None, "bearer.py has looked"
    me = access.user.person
    guests = [Guest(me.name, me.id_no or "")]
    if body.partner is not None:
        guests.append(Guest(body.partner.name, body.partner.id_no.upper()))
    made = book(access, Booking(slot=slot, phone=body.phone), guests)
    return Answered(201, _out(access, made))


@operation(router, "GET", "/bookings", summary="我的预约", response=Page[BookingOut], scopes=READ)
def my_bookings(request: HttpRequest, limit: Limit, cursor: Cursor) -> Any:
    access = _access(request)
    rows, after = page_of(own_bookings(access), "code", limit, cursor)
    return {"items": [_out(access, one) for one in rows], "next": after}


@operation(router, "GET", "/bookings/{booking}", summary="一个预约", response=BookingOut, scopes=READ)
def show_booking(request: HttpRequest, booking: Code) -> Any:
    return _out(_access(request), _own(request, booking))


@operation(
    router,
    "POST",
    "/bookings/{booking}/cancel",
    summary="取消预约",
    response=BookingOut,
    scopes=WRITE,
    keyed=True,
)
def cancel_booking(request: HttpRequest, booking: Code, body: GiveUpIn) -> Any:
    """The place is free again at once."""
    access, found = _access(request), _own(request, booking)
    cancel(access, found, body.reason)
    return _out(access, found)


def _access(request: HttpRequest) -> Access:
    access: Access = request.access  # type: ignore[attr-defined]
    return access


def _word(kind: str) -> Bookable:
    if kind not in shelf(Bookable) or not shelf(Bookable).get(kind).is_online:
        wrong = "没有这项预约。请从 /booking/kinds 里选。"
        raise Problem("invalid", wrong, [Detail(path="query.kind", detail=wrong)])
    return shelf(Bookable).get(kind)


def _counter(request: HttpRequest, key: int) -> Counter:
    counter = Counter.objects.filter(pk=key).first()
    today = _access(request).today
    is_closed = counter is not None and counter.closed_on is not None and counter.closed_on <= today
    if counter is None or is_closed or not counter.word.is_online:
        raise Http404("这里现在不接受网上预约。请在 /booking/counters 里另选一处。")
    return counter


def _own(request: HttpRequest, code: str) -> Booking:
    """One's own booking, or 404. The look is recorded: it was an app that looked."""
    access = _access(request)
    found = own_bookings(access).filter(code=code).first()
    if found is None:
        raise Http404("没有找到这个预约，或者它不是您的。请核对预约码。")
    if request.method == "GET":
        people = [key for key in (found.person_id, found.partner_id) if key is not None]
        record_read(
            f"通过{request.caller.client}查看预约",  # type: ignore[attr-defined]
            actor=access.user,
            subject=found,
            persons=people,
            region=found.region_id,
        )
    return found


def _out(access: Access, one: Booking) -> dict[str, Any]:
    slot = one.slot
    return {
        "code": one.code,
        "kind": one.kind,
        "title": one.word.title,
        "day": slot.day,
        "starts": f"{slot.starts:%H:%M}",
        "ends": f"{slot.ends:%H:%M}",
        "place": slot.counter.name,
        "address": slot.counter.address,
        "state": one.state,
        "state_label": one.get_state_display(),
        "reason": one.reason,
        "may_cancel": one.may_still_cancel(access.today),
    }
