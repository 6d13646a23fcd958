"""Admitted, moved, left; accidents reported; money taken in advance."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.elderly.institutions.actions.beds import end_stay, put_into
from minzheng.business.elderly.institutions.actions.rights import (
    refuse_closed,
    region_of_home,
    require_home,
)
from minzheng.business.elderly.institutions.models import (
    Accident,
    Bed,
    CarePlace,
    Home,
    Prepaid,
    Resident,
)
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.events.bus import emit
from minzheng.foundation.people.models import Person


@action("home.admit", "办理入住", region=region_of_home)
def admit(
    access: Any,
    home: Home,
    *,
    person: Person,
    bed: Bed | None,
    admitted_on: dt.date | str,
    assessed_on: dt.date | str,
    contract_no: str,
    contract_until: dt.date | str,
    emergency_name: str,
    emergency_phone: str,
    is_tekun: bool = False,
) -> Resident:
    """Somebody moves in, assessed before, under a contract (令66 第十二、十四条)."""
    require_home(access, home)
    refuse_closed(home)
    day, assessed = _day(admitted_on), _day(assessed_on)
    if day > access.today:
        raise Refused("入住日期晚于今天，请在入住当天登记。")
    if assessed > day:
        raise Refused("入院评估应在入住之前（令66 第十二条）。请先评估，再办理入住。")
    if _day(contract_until) <= day:
        raise Refused("合同到期日应晚于入住日期，请对照合同核对。")
    if not person.is_alive_on(day):
        raise Refused("人员档案登记此人已经死亡，请核对身份证号。")
    resident = Resident(
        home=home,
        person=person,
        admitted_on=day,
        assessed_on=assessed,
        contract_no=contract_no,
        contract_until=_day(contract_until),
        emergency_name=emergency_name,
        emergency_phone=emergency_phone,
        is_tekun=is_tekun,
    )
    try:
        with transaction.atomic():
            claim_place(person.pk, CarePlace.Kind.INSTITUTION, day)
            resident.save(force_insert=True)
    except IntegrityError:
        raise Refused(
            f"{person.name}正住在另一家养老机构，或正在使用家庭养老床位。请先在那边办理离院或终止，再办理入住。"
        ) from None
    if home.first_admission_on is None or day < home.first_admission_on:
        home.first_admission_on = day
        home.save(update_fields=["first_admission_on"])
    if bed is not None:
        put_into(resident, bed, day, access.today)
    emit("home.admitted", person=person.pk, facility=home.pk, on=day.isoformat())
    return resident


@action("home.leave", "办理离院", region=region_of_home, persons=lambda resident: [resident.person_id])
def leave(access: Any, resident: Resident, left_on: dt.date | str, leaving: str) -> Resident:
    """`left_on` is the first day on which the person no longer lives there."""
    require_home(access, resident.home)
    day = _day(left_on)
    resident = Resident.objects.select_for_update(of=["self"]).select_related("person").get(pk=resident.pk)
    if resident.left_on is not None:
        raise Refused(f"{resident.person.name}已经办过离院，不用再办。")
    if day < resident.admitted_on or day > access.today:
        raise Refused("离院日期应在入住日期之后、今天之前，请核对。")
    return end_residence(resident, day, leaving)


def end_residence(resident: Resident, day: dt.date, leaving: str) -> Resident:
    """The same without judging the right: a death ends it by itself (handlers.py)."""
    end_stay(resident, day)
    resident.left_on, resident.leaving = day, leaving[:60]
    resident.save(update_fields=["left_on", "leaving"])
    release_place(resident.person_id, day)
    emit("home.left", person=resident.person_id, facility=resident.home_id, on=day.isoformat())
    return resident


def claim_place(person: int, kind: str, since: dt.date) -> CarePlace:
    """Raises IntegrityError when the person is cared for elsewhere that day: the database decides, not a look-up."""
    return CarePlace.objects.create(person_id=person, kind=kind, since=since)


def release_place(person: int, until: dt.date) -> None:
    CarePlace.objects.filter(person_id=person, until__isnull=True).update(until=until)


@action("home.accident", "报告事故", region=region_of_home)
def report_accident(
    access: Any,
    home: Home,
    *,
    kind: str,
    happened_on: dt.date | str,
    story: str,
    is_major: bool = False,
    resident: Resident | None = None,
) -> Accident:
    """What happened, as the home reports it; the county hears of a major one at once."""
    require_home(access, home)
    day = _day(happened_on)
    if day > access.today:
        raise Refused("发生日期晚于今天，请核对。")
    if resident is not None and resident.home_id != home.pk:
        raise Refused("这位老人不住在这家机构，请核对。")
    made = Accident.objects.create(
        home=home,
        resident=resident,
        kind=kind,
        happened_on=day,
        reported_on=access.today,
        is_major=is_major,
        story=story,
    )
    emit("home.accident", accident=made.pk, facility=home.pk, on=day.isoformat(), is_major=is_major)
    return made


@action("home.prepaid", "登记预收费", region=region_of_home)
def take_prepaid(
    access: Any,
    home: Home,
    *,
    kind: str,
    fen: int,
    paid_on: dt.date | str,
    months: int = 0,
    resident: Resident | None = None,
) -> Prepaid:
    """Recorded as it was taken, also where it is more than allowed: then the warning says so (prepaid.py)."""
    require_home(access, home)
    if _day(paid_on) > access.today:
        raise Refused("收款日期晚于今天，请核对。")
    if kind == Prepaid.Kind.FEE and not months:
        raise Refused("预收服务费请写明收了几个月的。")
    return Prepaid.objects.create(
        home=home, resident=resident, kind=kind, fen=fen, months=months, paid_on=_day(paid_on)
    )


@action("home.prepaid_return", "登记预收费退款", region=region_of_home)
def return_prepaid(access: Any, prepaid: Prepaid, fen: int, returned_on: dt.date | str) -> Prepaid:
    """Money given back, added to what was given back before."""
    require_home(access, prepaid.home)
    prepaid = Prepaid.objects.select_for_update().get(pk=prepaid.pk)
    if prepaid.returned_fen + fen > prepaid.fen:
        raise Refused("退款合计超过了收款，请核对金额。")
    prepaid.returned_fen += fen
    prepaid.returned_on = _day(returned_on)
    prepaid.save(update_fields=["returned_fen", "returned_on"])
    return prepaid


def _day(value: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(str(value))
