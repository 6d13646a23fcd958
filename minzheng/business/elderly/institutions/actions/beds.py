"""Beds: made, closed, occupied, left. A nursing bed is for a person graded 中度失能 or worse (handbook §3)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from minzheng.business.elderly.institutions.ability import level_of, levels_of
from minzheng.business.elderly.institutions.actions.rights import (
    refuse_closed,
    region_of_home,
    require_home,
)
from minzheng.business.elderly.institutions.models import Bed, BedKind, BedState, Home, Resident, Stay
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.items.figures import figures


@action("home_bed.add", "登记床位", region=region_of_home)
def add_beds(
    access: Any,
    home: Home,
    *,
    prefix: str,
    count: int,
    kind: str,
    opened_on: dt.date | str,
    is_tekun: bool = False,
    project: str = "",
) -> list[Bed]:
    """So many new beds, numbered prefix-1, prefix-2 …; what is taken already is refused as a whole."""
    require_home(access, home)
    refuse_closed(home)
    numbers = [f"{prefix.strip()}-{one}" for one in range(1, count + 1)]
    if taken := sorted(home.beds.filter(number__in=numbers).values_list("number", flat=True)):
        raise Refused(f"床号{'、'.join(taken[:5])}已经登记过，请换一个楼层或房间号。")
    return Bed.objects.bulk_create(
        Bed(
            home=home,
            number=number,
            kind=kind,
            opened_on=dt.date.fromisoformat(str(opened_on)),
            is_tekun=is_tekun,
            project=project,
        )
        for number in numbers
    )


@action("home_bed.reserve", "预订床位", region=region_of_home)
def reserve_bed(access: Any, bed: Bed, reserved: bool = True) -> Bed:
    """Keep a free bed for somebody, or give it free again."""
    require_home(access, bed.home)
    bed = Bed.objects.select_for_update().get(pk=bed.pk)
    wanted = BedState.FREE if reserved else BedState.RESERVED
    if bed.state != wanted:
        raise Refused("这张床现在不能预订（或没有预订），请刷新页面后再看。")
    bed.state = BedState.RESERVED if reserved else BedState.FREE
    bed.save(update_fields=["state"])
    return bed


@action("home_bed.close", "停用床位", region=region_of_home)
def close_bed(access: Any, bed: Bed, closed_on: dt.date | str) -> Bed:
    require_home(access, bed.home)
    bed = Bed.objects.select_for_update().get(pk=bed.pk)
    if bed.state in {BedState.OCCUPIED, BedState.CLOSED}:
        raise Refused("有人入住的床位不能停用，请先办理换床或离院；已停用的不用再办。")
    bed.closed_on, bed.state = dt.date.fromisoformat(str(closed_on)), BedState.CLOSED
    bed.save(update_fields=["closed_on", "state"])
    return bed


@action("home_bed.occupy", "安排床位", region=region_of_home, persons=lambda resident: [resident.person_id])
def occupy(access: Any, resident: Resident, bed: Bed, since: dt.date | str) -> Stay:
    """The resident lies in this bed from `since` on; a bed held until then is left that day."""
    require_home(access, resident.home)
    return put_into(resident, bed, dt.date.fromisoformat(str(since)), access.today)


def put_into(resident: Resident, bed: Bed, day: dt.date, today: dt.date) -> Stay:
    """The same without judging the right: part of an admission."""
    bed = Bed.objects.select_for_update().get(pk=bed.pk)
    if bed.home_id != resident.home_id:
        raise Refused("这张床不是这家机构的，请核对床号。")
    if resident.left_on is not None:
        raise Refused(f"{resident.person.name}已经离院，不能安排床位。")
    if not resident.admitted_on <= day <= today:
        raise Refused("起始日期应在入住日期之后、今天之前，请核对。")
    if bed.state not in {BedState.FREE, BedState.RESERVED} or day < bed.opened_on:
        raise Refused(f"床位{bed.number}是“{bed.get_state_display()}”，请另选一张空床。")
    level = level_of(resident.person_id, day)
    _refuse_unfit(bed, level, day)
    end_stay(resident, day)
    if bed.stays.filter(until__gt=day).exists():
        raise Refused(f"床位{bed.number}在{day:%Y年%m月%d日}还有人入住，请改日期或另选一张空床。")
    bed.state = BedState.OCCUPIED
    bed.save(update_fields=["state"])
    return Stay.objects.create(
        bed=bed, resident=resident, person_id=resident.person_id, level=level, since=day
    )


def _refuse_unfit(bed: Bed, level: int | None, day: dt.date) -> None:
    """An unknown grade is no reason to say yes: the person is assessed first."""
    if bed.kind != BedKind.NURSING:
        return
    needed = figures(day, bed.home.facility.region_id, settings.STANDARDS_SET)("home_nursing_bed_level")
    if level is None:
        raise Refused("护理型床位要有在有效期内的能力评估结果。请先做老年人能力评估，再安排床位。")
    if level < needed:
        raise Refused("护理型床位给中度失能及以上的老年人，评估结果没有达到。请安排普通床位。")


def end_stay(resident: Resident, day: dt.date) -> None:
    """The bed is free from `day` on; a stay that began that very day never was."""
    for stay in resident.stays.filter(until__isnull=True).select_related("bed"):
        if stay.since >= day:
            stay.delete()
        else:
            stay.until = day
            stay.save(update_fields=["until"])
        Bed.objects.filter(pk=stay.bed_id, state=BedState.OCCUPIED).update(state=BedState.FREE)


def changed_grades(day: dt.date) -> list[int]:
    """Persons in a bed whose grade of that day is not the one that their stay has; two queries."""
    staying = dict(Stay.objects.filter(until__isnull=True).values_list("person_id", "level"))
    now = levels_of(list(staying), day) if staying else {}
    return sorted(person for person, level in staying.items() if now.get(person) != level)


def regrade(person: int, day: dt.date) -> None:
    """A new assessment: the stay goes on in the same bed at the new grade, from that day."""
    for stay in Stay.objects.filter(person_id=person, until__isnull=True):
        level = level_of(person, day)
        if level == stay.level:
            continue
        if stay.since >= day:
            stay.level = level
            stay.save(update_fields=["level"])
            continue
        stay.until = day
        stay.save(update_fields=["until"])
        Stay.objects.create(
            bed_id=stay.bed_id, resident_id=stay.resident_id, person_id=person, level=level, since=day
        )
