"""Enrolled, came today, left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.elderly.daycare.models import Attendance, DayGuest
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.facilities.rights import refuse_closed, require_facility
from minzheng.foundation.people.models import Person

KINDS = ("day_care", "street_centre", "elder_home")  # centres, and what takes guests by the day besides
MEALS = 3


@action("day_care.enrol", "登记日间照料对象")
def enrol(
    access: Any, facility: Facility, *, id_no: str, name: str, contact: str, day_fee_fen: int = 0
) -> DayGuest:
    """Whoever is enrolled can be ticked off day by day."""
    require_facility(access, facility)
    refuse_closed(facility)
    person = Person.objects.filter(id_no=id_no.upper()).first()
    # One answer for both, so that nobody learns here whether a number is known.
    if person is None or person.name != name:
        raise Refused(
            {
                "id_no": "没有找到姓名和号码都相符的人员档案。请对照身份证核对；没有建档的，请村（社区）先登记人员。"
            }
        )
    if person.died_on is not None:
        raise Refused("本人已登记去世，请核对身份证号。")
    try:
        with transaction.atomic():
            return DayGuest.objects.create(
                facility=facility, region=facility.region, person=person, contact=contact,
                day_fee_fen=day_fee_fen, since=access.today,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(f"{name}已经登记过，不用重复登记。") from None


@action("day_care.leave", "登记离开日间照料", persons=lambda guest: [guest.person_id])
def leave(access: Any, guest: DayGuest) -> DayGuest:
    require_facility(access, guest.facility)
    if guest.until is not None:
        raise Refused("已经登记过离开。")
    guest.until = access.today
    guest.save(update_fields=["until"])
    return guest


@action("day_care.day", "登记日间照料签到")
def keep_day(access: Any, facility: Facility, on: dt.date, came: Mapping[int, int]) -> int:
    """The whole day's sheet: {guest: meals}. Saying it again replaces the day; returns how many came."""
    require_facility(access, facility)
    refuse_closed(facility)
    if on > access.today:
        raise Refused("日期晚于今天，请在当天登记。")
    if on < access.today - dt.timedelta(days=31):
        raise Refused("一个月以前的签到已经用来算补贴，不能再改。确有错漏的，请联系县级民政部门。")
    guests = {
        one.pk: one
        for one in facility.day_guests.filter(since__lte=on, person__died_on=None)
        if one.until is None or one.until >= on
    }
    if unknown := set(came) - set(guests):
        raise Refused(f"有{len(unknown)}人那天没有登记在册，请刷新页面后再填。")
    if any(not 0 <= meals <= MEALS for meals in came.values()):
        raise Refused(f"一天最多{MEALS}餐，请核对用餐数。")
    Attendance.objects.filter(facility=facility, on=on).exclude(guest__in=came).delete()
    rows = [
        Attendance(
            guest_id=key, facility=facility, region_id=facility.region_id, on=on, meals=meals,
            fee_fen=guests[key].day_fee_fen,
        )
        for key, meals in came.items()
    ]  # fmt: skip
    Attendance.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["guest", "on"], update_fields=["meals"]
    )
    return len(rows)
