"""Booking, cancelling, coming, not coming. A place is taken by counting up one row: it works, or the time is full."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.booking.models import Booking, Counter, Hours, Party, Slot, SpecialDay, State
from minzheng.foundation.booking.plan import open_slots, stretches
from minzheng.foundation.crypto.rowkey import draw
from minzheng.foundation.events.bus import emit
from minzheng.foundation.people.exact import person_with
from minzheng.foundation.people.id_numbers import IdNumberError, parse_id_number


@dataclass(frozen=True)
class Guest:
    """Who comes: name and identity number as typed."""

    name: str
    id_no: str


def _people(booking: Booking) -> Iterable[int]:
    return [key for key in (booking.person_id, booking.partner_id) if key is not None]


@action("booking.make", "预约", persons=_people)
def book(access: Any, booking: Booking, guests: Sequence[Guest]) -> Booking:
    """Take one place in `booking.slot` for the guests, the first being who books. `booking` holds slot and phone.

    A citizen must be among the guests; an officer of the kind books for whoever stands at the counter. Refused when
    the time is full, blocked or past, and when one of them is booked already on that day.
    """
    slot = Slot.objects.select_related("counter").get(pk=booking.slot_id)
    word, numbers = slot.counter.word, _numbers(access, guests)
    _may_book(access, slot, numbers)
    if len(set(numbers)) != word.persons:
        raise Refused(f"“{word.title}”要由{word.persons}个人一起预约，请填写双方各自的姓名和身份证号。")
    if slot.day < access.today:
        raise Refused("这一天已经过去，请选今天以后的时间。")
    closed = slot.counter.closed_on
    if closed is not None and closed <= slot.day:
        raise Refused("这里已经停止预约，请另选一处。")
    _take(slot)
    known = [person_with(number) for number in numbers]
    for person, guest in zip(known, guests, strict=True):
        if person is not None and person.name != guest.name.strip():
            raise Refused("姓名和身份证号对不上，请对照身份证核对后再预约。")
    booking.kind, booking.region_id = word.code, slot.counter.region_id
    booking.person, booking.partner = known[0], known[1] if len(known) > 1 else None
    booking.made_by, booking.made_on, booking.state_since = access.user, access.today, timezone.now()
    booking.save(force_insert=True)
    parties = [
        Party(
            pk=key,
            booking=booking,
            person=person,
            name=guest.name.strip(),
            id_no=number,
            kind=word.code,
            day=slot.day,
        )
        for key, person, guest, number in zip(draw(Party, len(numbers)), known, guests, numbers, strict=True)
    ]
    try:
        with transaction.atomic():
            # Always in the same order: two phones that name the couple the other way round would each hold one of the two.
            Party.objects.bulk_create(sorted(parties, key=lambda one: one.id_no))
    except IntegrityError:
        raise Refused(
            f"你们中有人在{slot.day.month}月{slot.day.day}日已经有一个“{word.title}”预约。"
            "同一天只能约一次；要换时间，请先取消原来的。"
        ) from None
    emit(
        "booking.made", booking=booking.pk, kind=word.code, region=booking.region_id, day=slot.day.isoformat()
    )
    return booking


@action("booking.cancel", "取消预约", persons=_people)
def cancel(access: Any, booking: Booking, reason: str = "") -> None:
    """By those who booked, up to the day itself, or by an officer who says why. The place is free again at once."""
    if not is_own(access, booking):
        access.require(booking.word.permission, booking.region_id)
        if not reason.strip():
            raise Refused({"reason": "请写明取消的原因，预约的人会看到。"})
    if not booking.may_still_cancel(access.today):
        raise Refused(f"这个预约{booking.get_state_display()}，不能再取消。")
    _settle(booking, State.CANCELLED, reason, frees=True)


@action("booking.came", "登记到场", persons=_people)
def came(access: Any, booking: Booking) -> None:
    """They stand at the counter. On the day only: an early guest books again, a late one too."""
    access.require(booking.word.permission, booking.region_id)
    if booking.slot.day != access.today:
        raise Refused(f"预约的日期是{booking.slot.day}，不是今天。请为他们另约时间。")
    _settle(booking, State.CAME, "", frees=False)


@action("booking.missed", "登记未到场", persons=_people)
def missed(access: Any, booking: Booking) -> None:
    """Nobody came: the place is open again for those who wait."""
    access.require(booking.word.permission, booking.region_id)
    if booking.slot.day > access.today:
        raise Refused("还没有到预约的日子。")
    _settle(booking, State.MISSED, "未到场", frees=True)


def release_no_shows(today: dt.date) -> int:
    """Bookings of days past that nobody came for. Returns how many; running it twice does no more."""
    late = Booking.objects.filter(state=State.BOOKED, slot__day__lt=today)
    keys = list(late.values_list("pk", flat=True))
    with transaction.atomic():
        Party.objects.filter(booking__in=keys).update(stands=False)
        return Booking.objects.filter(pk__in=keys, state=State.BOOKED).update(
            state=State.MISSED, state_since=timezone.now(), reason="未到场"
        )


def remind(today: dt.date) -> int:
    """Tell those who are expected tomorrow. Once each; what carries the message listens for `booking.reminded`."""
    tomorrow = today + dt.timedelta(days=1)
    due = Booking.objects.filter(state=State.BOOKED, slot__day=tomorrow, reminded_on=None)
    keys = list(due.values_list("pk", flat=True))
    if keys:
        with transaction.atomic():
            Booking.objects.filter(pk__in=keys).update(reminded_on=today)
            emit("booking.reminded", bookings=keys, day=tomorrow.isoformat())
    return len(keys)


@action("booking.counter", "设立预约点")
def open_counter(access: Any, counter: Counter, hours: Sequence[Hours]) -> Counter:
    access.require(counter.word.permission, counter.region_id)
    counter.save(force_insert=True)
    for one in hours:
        one.counter = counter
        one.save()
    open_slots(counter, access.today)
    return counter


@transaction.atomic
def close_from(counter: Counter, day: dt.date) -> None:
    """The counter goes with the place that it stands in (docs/booking.md); the times that nobody took are gone."""
    if counter.closed_on is not None and counter.closed_on <= day:
        return
    counter.closed_on = day
    counter.save(update_fields=["closed_on"])
    ahead = Slot.objects.filter(counter=counter, day__gte=day)
    # Held while we look which are free: whoever is booking one of them at this moment comes before or after, not between.
    held = list(ahead.select_for_update().order_by("pk").values_list("pk", flat=True))
    Slot.objects.filter(pk__in=held, bookings=None).delete()
    ahead.update(blocked_reason="预约点已停办")


@action("booking.special", "特别安排", region=lambda special: special.counter.region_id)
def set_special_day(access: Any, special: SpecialDay) -> SpecialDay:
    """Close a day, or open it at other hours. Times that are booked stay; what is free follows the new plan."""
    counter = special.counter
    access.require(counter.word.permission, counter.region_id)
    if special.day < access.today:
        raise Refused({"day": "请选今天或以后的日期。"})
    SpecialDay.objects.filter(counter=counter, day=special.day).delete()
    special.save(force_insert=True)
    slots = Slot.objects.select_for_update().filter(counter=counter, day=special.day)
    wanted = {one.starts: one for one in stretches(counter, special.day, special.day)}
    for slot in slots:
        planned = wanted.get(slot.starts)
        if planned is None:
            slot.blocked_reason = special.reason
        else:
            slot.blocked_reason, slot.quota = "", max(planned.quota, slot.taken)
        slot.save(update_fields=["blocked_reason", "quota"])
    open_slots(counter, access.today)
    return special


def is_own(access: Any, booking: Booking) -> bool:
    user = access.user
    if user is None:
        return False
    return user.pk == booking.made_by_id or (
        user.person_id is not None and user.person_id in _people(booking)
    )


def _numbers(access: Any, guests: Sequence[Guest]) -> list[str]:
    try:
        return [parse_id_number(one.id_no, access.today).number for one in guests]
    except IdNumberError as error:
        raise Refused(str(error)) from None


def _may_book(access: Any, slot: Slot, numbers: list[str]) -> None:
    person = access.user.person if access.user is not None else None
    own = person is not None and person.id_no in numbers and slot.counter.word.is_online
    if not own and not access.may(slot.counter.word.permission, slot.counter.region_id):
        raise PermissionDenied("只能为自己预约。请本人登录，或到窗口请工作人员代约。")


def _take(slot: Slot) -> None:
    """One UPDATE that counts up while there is room: of two who come at once for the last place, one is told.

    Only columns of the slot itself: PostgreSQL judges them again after waiting for the row, a join it would not.
    """
    room = Slot.objects.filter(pk=slot.pk, taken__lt=F("quota"), blocked_reason="")
    if not room.update(taken=F("taken") + 1):
        now = Slot.objects.filter(pk=slot.pk).first()  # None: the counter closed while we waited
        blocked = now.blocked_reason if now is not None else "预约点已停办"
        why = f"停止办理（{blocked}）" if blocked else "刚刚约满"
        raise Refused(f"{slot.starts:%H:%M}这个时段{why}，请选别的时段。")


def _settle(booking: Booking, state: State, reason: str, *, frees: bool) -> None:
    """Judged and changed under a lock, so that a place is given back once."""
    now = Booking.objects.select_for_update().get(pk=booking.pk)
    if now.state != State.BOOKED:
        raise Refused(f"这个预约{now.get_state_display()}，不能再办。请刷新页面。")
    now.state, now.reason, now.state_since = state, reason.strip()[:100], timezone.now()
    now.save(update_fields=["state", "reason", "state_since"])
    if frees:  # the time first, then its people, as `book` does: whoever books again at that moment waits in one line
        Slot.objects.filter(pk=now.slot_id).update(taken=F("taken") - 1)
        Party.objects.filter(booking=now).update(stands=False)
    booking.state, booking.reason, booking.state_since = now.state, now.reason, now.state_since
    emit("booking.settled", booking=now.pk, kind=now.kind, state=str(now.state))
