"""A resident's death that turns out to have been on another day, or not at all: days in the bed follow."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from minzheng.business.elderly.institutions.models import Bed, BedState, CarePlace, Resident, Stay
from minzheng.foundation.actions import action

DEATH = "去世"


def _region(resident: Resident) -> str:
    return str(resident.home.facility.region_id)


def _persons(resident: Resident) -> list[int]:
    return [resident.person_id]


def left_by_death(person: int, died_on: dt.date) -> QuerySet[Resident]:
    """Residences that a death on that day ended; the day itself still counted."""
    day = died_on + dt.timedelta(days=1)
    return Resident.objects.filter(person_id=person, leaving=DEATH, left_on=day).select_related(
        "home__facility"
    )


@action("home.death_corrected", "按更正的死亡日期更正离院", region=_region, persons=_persons)
def leave_on_the_right_day(access: Any, resident: Resident, died_on: dt.date) -> Resident:
    """Days after the right day no longer count; days before it do, as far as nobody else lay in the bed."""
    was, day = resident.left_on, max(died_on + dt.timedelta(days=1), resident.admitted_on)
    for stay in resident.stays.filter(until__gt=day):
        if stay.since >= day:
            stay.delete()
        else:
            _end(stay, day)
    last = resident.stays.filter(until=was).select_related("bed").first()
    if last is not None and was is not None and day > was:
        _end(last, min(day, _next_in(last) or day))
    CarePlace.objects.filter(person_id=resident.person_id, kind=CarePlace.Kind.INSTITUTION, until=was).update(
        until=day
    )
    resident.left_on = day
    resident.save(update_fields=["left_on"])
    return resident


@action("home.death_undone", "撤销死亡登记，恢复入住", region=_region, persons=_persons)
def live_there_again(access: Any, resident: Resident) -> Resident:
    """Nobody died: the residence goes on, in the same bed where that is still free; else the home gives another one."""
    was = resident.left_on
    if CarePlace.objects.filter(person_id=resident.person_id, since__gte=was).exists():
        return resident  # cared for elsewhere meanwhile: that stands
    CarePlace.objects.filter(person_id=resident.person_id, kind=CarePlace.Kind.INSTITUTION, until=was).update(
        until=None
    )
    resident.left_on, resident.leaving = None, ""
    resident.save(update_fields=["left_on", "leaving"])
    last = resident.stays.filter(until=was).select_related("bed").first()
    if last is not None and last.bed.state == BedState.FREE and _next_in(last) is None:
        last.until = None
        last.save(update_fields=["until"])
        Bed.objects.filter(pk=last.bed_id).update(state=BedState.OCCUPIED)
    return resident


def _next_in(stay: Stay) -> dt.date | None:
    """The day on which somebody else came into the same bed."""
    after = stay.bed.stays.filter(since__gte=stay.until).order_by("since").first()
    return after.since if after else None


def _end(stay: Stay, day: dt.date) -> None:
    stay.until = day
    stay.save(update_fields=["until"])
