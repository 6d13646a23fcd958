"""What happens when a device calls: answered within a minute, somebody is sent, and it is reported what was found."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from minzheng.business.elderly.homecare.models import Alarm, AlarmState, Device
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.items.figures import figures
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.services.actions import ask
from minzheng.foundation.services.models import Channel, Payer


def persons_of(alarm: Alarm) -> list[int]:
    return [alarm.person_id]


@action("alarm.ring", "居家报警", persons=lambda device: [device.person_id])
def ring(access: Any, device: Device, *, key: str, what: str, rang_at: dt.datetime) -> Alarm:
    """A signed message of the device's platform (online/alarms). The same key again is the same alarm."""
    seconds = figures(timezone.localdate(rang_at), device.region_id)("alarm_answer_seconds")
    alarm, _ = Alarm.objects.get_or_create(
        key=key,
        defaults={
            "device": device,
            "person": device.person,
            "region": device.region,
            "what": what.strip()[:60] or device.get_kind_display(),
            "rang_at": rang_at,
            "answer_by": rang_at + dt.timedelta(seconds=seconds),
        },
    )
    return alarm


def _current(alarm: Alarm, *states: str) -> Alarm:
    current = (
        Alarm.objects.select_for_update(of=("self",)).select_related("person", "region").get(pk=alarm.pk)
    )
    if current.state not in states:
        raise Refused(f"这次报警现在是“{current.get_state_display()}”，请刷新页面查看。")
    return current


@action("alarm.answer", "应答报警", permission="service.order", persons=persons_of)
def answer(access: Any, alarm: Alarm) -> Alarm:
    """The call centre speaks with the elder. The first who answers has it."""
    current = _current(alarm, AlarmState.RINGING)
    current.state, current.answered_at, current.answered_by = AlarmState.ANSWERED, timezone.now(), access.user
    current.save()
    return current


@action("alarm.send", "派人上门", permission="service.order", persons=persons_of)
def send(access: Any, alarm: Alarm, *, told: str, provider: Organisation | None = None) -> Alarm:
    """Family or volunteers are told, and an urgent order goes to whoever can be there first."""
    current = _current(alarm, AlarmState.RINGING, AlarmState.ANSWERED)
    if len(told.strip()) < 2:
        raise Refused({"told": "请写明通知了谁，例如“女儿”“网格员”。"})
    current.answered_at = current.answered_at or timezone.now()
    current.answered_by = current.answered_by or access.user
    current.order = ask(
        access, current.person, kind="urgent", channel=Channel.DEVICE, payer=Payer.PURCHASE, wish=current.what,
        provider=provider,
    )  # fmt: skip
    current.state, current.told = AlarmState.SENT, told.strip()[:40]
    current.save()
    return current


@action("alarm.close", "登记处置结果", permission="service.order", persons=persons_of)
def close(access: Any, alarm: Alarm, *, report: str, is_false: bool = False) -> Alarm:
    """What was found and done; a false alarm needs a call all the same."""
    current = _current(alarm, AlarmState.ANSWERED, AlarmState.SENT)
    if len(report.strip()) < 2:
        raise Refused({"report": "请写明现场情况和处置结果。"})
    current.state = AlarmState.FALSE if is_false else AlarmState.CLOSED
    current.closed_at, current.report = timezone.now(), report.strip()[:300]
    current.save()
    return current


def device_of(serial: str) -> Device | None:
    """The installed device with this number; a platform knows nothing else of the person."""
    return (
        Device.objects.filter(serial=serial, removed_on__isnull=True)
        .select_related("person", "region")
        .first()
    )
