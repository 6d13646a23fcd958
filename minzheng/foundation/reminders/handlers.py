"""Reminders of what was booked; at night, what was not sent yet, and what may be forgotten."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from minzheng.foundation.booking.models import Booking
from minzheng.foundation.events.bus import on
from minzheng.foundation.items.figures import figures
from minzheng.foundation.reminders.jobs import send_due
from minzheng.foundation.reminders.models import Sms, State
from minzheng.foundation.reminders.outbox import Draft, write


@on("booking.reminded")
def remind_of_tomorrow(bookings: list[int], day: str) -> None:
    """Day, hour and code. Neither who nor what for: a phone lies open on a kitchen table."""
    on_day = dt.date.fromisoformat(day)
    found = Booking.objects.filter(pk__in=bookings).select_related("slot")
    write((_about(one) for one in found), on_day - dt.timedelta(days=1))


@on("booking.settled")
def nothing_to_remind_of(booking: int, **_: object) -> None:
    """Cancelled in the evening: no message in the morning."""
    waiting = Sms.objects.filter(about__startswith=f"booking:{booking}:", state=State.WAITING)
    waiting.update(state=State.DEAD, next_at=None, ended_at=timezone.now(), answer="预约已取消或已办结")


@on("night.came")
def clear_up(*, day: str) -> None:
    send_due()
    kept = dt.timedelta(days=figures(dt.date.fromisoformat(day))("sms_keep_days"))
    Sms.objects.filter(next_at=None, made_at__lt=timezone.now() - kept).delete()


def _about(one: Booking) -> Draft:
    slot = one.slot
    begins = timezone.make_aware(dt.datetime.combine(slot.day, slot.starts))
    return Draft(
        about=f"booking:{one.pk}:{slot.day:%Y%m%d}",
        person=one.person_id,
        region=one.region_id,
        phone=one.phone,
        text=f"【民政】提醒：您预约了{slot.day.month}月{slot.day.day}日{slot.starts:%H:%M}到场办理，预约码{one.code}。"
        "来不了请提前在“我的预约”里取消。不想收短信，可在“短信提醒”里关闭。",
        until=begins,
    )
