"""Writing facilities: opened, changed, paused, closed; never deleted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.events.bus import emit
from minzheng.foundation.facilities.models import Facility, State
from minzheng.foundation.facilities.words import FacilityKind
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.registry.words import shelf

SIZES = ("first", "second")


def _may_write(access: Any, facility: Facility) -> None:
    if facility.kind not in shelf(FacilityKind):
        raise Refused({"kind": "没有这种设施，请从列出的种类中选。"})
    access.require(facility.word.write, facility.region_id)


@action("facility.open", "登记设施")
def open_facility(access: Any, facility: Facility) -> Facility:
    """Save a new facility. Refused when one of the name stands there already, or its operator has ended."""
    _may_write(access, facility)
    if (one := facility.organisation) and not one.is_open_on(access.today):
        raise Refused({"organisation": "这个单位已经注销，请先核对运营单位。"})
    _check_counts(facility)
    facility.full_clean()
    facility.save(force_insert=True)
    emit("facility.opened", facility=facility.pk, on=facility.opened_on.isoformat())
    return facility


@action("facility.change", "变更设施")
def change_facility(access: Any, facility: Facility, **changes: Any) -> Facility:
    """Set fields of the model; kind and region stay: what moves is closed there and opened here."""
    _may_write(access, facility)
    _open_row(facility)
    if {"kind", "region", "region_id", "closed_on", "state"} & set(changes):
        raise Refused("种类和所在地不能直接改。搬迁的请关闭原设施，在新址另行登记。")
    for name, value in changes.items():
        setattr(facility, name, value)
    _check_counts(facility)
    facility.full_clean()
    facility.save(update_fields=list(changes))
    emit("facility.changed", facility=facility.pk, on=access.today.isoformat())
    return facility


@action("facility.operator", "更换运营单位")
def change_operator(access: Any, facility: Facility, uscc: str) -> Facility:
    """The facility is run by the organisation with this code from now on; "" means nobody in particular."""
    _may_write(access, facility)
    _open_row(facility)
    organisation = None
    if uscc:
        organisation = Organisation.objects.filter(uscc=uscc.strip().upper(), ended_on__isnull=True).first()
        if organisation is None:
            raise Refused({"uscc": "单位台账里没有这个代码。请先登记单位，或对照证书核对代码。"})
    facility.organisation = organisation
    facility.save(update_fields=["organisation"])
    emit("facility.changed", facility=facility.pk, on=access.today.isoformat())
    return facility


@action("facility.size", "登记设施规模")
def set_size(access: Any, facility: Facility, **counts: int | None) -> Facility:
    """Numbers of the kind, by the place in which it declares them (`first`, `second`); what is left empty stays."""
    _may_write(access, facility)
    _open_row(facility)
    declared = [key for key, _ in facility.word.counts]
    given = {
        key: counts[place]
        for key, place in zip(declared, SIZES, strict=False)
        if counts.get(place) is not None
    }
    if not given:
        raise Refused("请至少填一个数。")
    facility.counts = {**facility.counts, **given}
    _check_counts(facility)
    facility.save(update_fields=["counts"])
    return facility


@action("facility.pause", "暂停设施")
def pause_facility(access: Any, facility: Facility) -> Facility:
    """No service for a while; the facility stays on record as it is."""
    _may_write(access, facility)
    if facility.state != State.OPEN:
        raise Refused("只有正在运营的设施可以暂停。请刷新页面后再看。")
    facility.state = State.PAUSED
    facility.save(update_fields=["state"])
    return facility


@action("facility.resume", "恢复运营")
def resume_facility(access: Any, facility: Facility) -> Facility:
    _may_write(access, facility)
    if facility.state not in {State.PAUSED, State.PLANNED}:
        raise Refused("这个设施没有暂停，不用恢复。请刷新页面后再看。")
    facility.state = State.OPEN
    facility.save(update_fields=["state"])
    return facility


@action("facility.close", "关闭设施")
def close_facility(access: Any, facility: Facility, closed_on: dt.date | str, reason: str = "") -> Facility:
    """`closed_on` is the first day on which it serves nobody. A line may refuse by a handler of `facility.closed`."""
    _may_write(access, facility)
    _open_row(facility)
    day = dt.date.fromisoformat(str(closed_on))
    if day > access.today:
        raise Refused("关闭日期晚于今天，请在关闭之后再登记。")
    if day < facility.opened_on:
        raise Refused(f"关闭日期早于开办日期{facility.opened_on:%Y年%m月%d日}，请核对。")
    facility.closed_on, facility.state = day, State.CLOSED
    facility.remark = reason[:200] or facility.remark
    facility.save(update_fields=["closed_on", "state", "remark"])
    emit("facility.closed", facility=facility.pk, on=day.isoformat())
    return facility


def _open_row(facility: Facility) -> None:
    if facility.closed_on is not None:
        raise Refused("这个设施已经关闭，记录只供查阅。重新开办的请另行登记。")


def _check_counts(facility: Facility) -> None:
    named = dict(facility.word.counts)
    for key, value in facility.counts.items():
        if key not in named:
            raise Refused(f"{facility.word.title}没有“{key}”这一项，请核对。")
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise Refused(f"{named[key]}请填不小于0的整数。")
