"""Men, women and minors live apart (国令381 第七条); a minor is the protection centre's, as soon as it is known."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.rescue.facilities import STATION
from minzheng.business.rescue.models import Stay, StayState, Wing
from minzheng.business.rescue.tasks import MINOR
from minzheng.foundation.actions import Refused
from minzheng.foundation.calendar import add_months
from minzheng.foundation.events.bus import emit
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Sex
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks


def is_minor(stay: Stay) -> bool:
    return stay.age < int(figures(stay.arrived_on, stay.region_id)("rescue_adult_age"))


def years_on(born: dt.date, day: dt.date) -> int:
    """Whole years; a year is full on the birthday (DC3)."""
    years = day.year - born.year
    return max(years if add_months(born, 12 * years) <= day else years - 1, 0)


def wing_of(stay: Stay) -> Wing:
    if stay.sex not in (Sex.MALE, Sex.FEMALE):
        raise Refused({"sex": "请选男或女，按性别分区安置。"})
    if stay.sex == Sex.MALE:
        return Wing.BOYS if is_minor(stay) else Wing.MEN
    return Wing.GIRLS if is_minor(stay) else Wing.WOMEN


def free_bed(station: Facility, wing: Wing) -> str | None:
    """The first bed of the wing that nobody lies in; two clerks at once wait for each other."""
    now = Facility.objects.select_for_update().get(pk=station.pk)
    if now.kind != STATION.code or now.closed_on is not None:
        raise Refused({"station": "请选一个开着的救助管理站。"})
    taken = set(
        Stay.objects.filter(station=now, wing=wing)
        .exclude(state=StayState.LEFT)
        .values_list("bed", flat=True)
    )
    free = (str(bed) for bed in range(1, now.counts.get(wing, 0) + 1) if str(bed) not in taken)
    return next(free, None)


def hand_over(access: Any, stay: Stay) -> None:
    """The protection centre expects the child under the stay's number; who it is stays with us until it comes for it."""
    draft = TaskDraft(
        origin=f"rescue_minor:{stay.pk}", region=stay.region_id, title=MINOR.title, reason=stay.number
    )
    open_tasks(MINOR.code, [draft], access.today, actor=access.user)
    emit(
        "rescue.minor_came", stay=stay.number, region=stay.region_id, sex=stay.sex, age=stay.age, person=stay.person_id,
        on=stay.arrived_on.isoformat(),
    )  # fmt: skip


def move_by_true_age(access: Any, stay: Stay, born: dt.date) -> None:
    """The age was guessed, now it is known: another wing where a bed is free there, and a child is told of at once.

    Without a free bed the child stays where it lies; the centre that fetches it is told all the same.
    """
    was_minor = is_minor(stay)
    stay.age = years_on(born, stay.arrived_on)
    if stay.is_open and is_minor(stay) != was_minor:
        wing = wing_of(stay)
        if (bed := free_bed(stay.station, wing)) is not None:
            stay.wing, stay.bed = wing, bed
    stay.save(update_fields=["age", "wing", "bed"])
    if stay.is_open and is_minor(stay) and not was_minor:
        hand_over(access, stay)
