"""Gate by gate, each with its paper; what is planned or accepted with less than the due area is not passed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from minzheng.business.elderly.estates.models import Estate, Gate
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.items.figures import figures
from minzheng.foundation.regions.models import within
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks

LATE = "elderly.estate"
MEASURED = (Gate.PLAN, Gate.ACCEPT)


def due_area(estate: Estate, on: dt.date) -> int:
    """Square metres of rooms for the old that so many homes call for, rounded up (国办发〔2019〕5号)."""
    key = "estate_area_new" if estate.is_new else "estate_area_old"
    per_hundred = int(figures(on, estate.region_id, settings.STANDARDS_SET)(key))
    return -(-estate.households * per_hundred // 100)


@action("estate.pass", "登记小区养老设施过关", permission="home.file")
def pass_gate(
    access: Any,
    estate: Estate,
    *,
    on: dt.date | str,
    paper: str,
    area: int | None = None,
    facility: str = "",
) -> Estate:
    """The next gate. `area` is asked where it is planned and where it is accepted; `facility`, where it opens."""
    estate = Estate.objects.select_for_update(of=["self"]).get(pk=estate.pk)
    gate, day = estate.next_gate, dt.date.fromisoformat(str(on))
    if not gate:
        raise Refused("五个关口都过了，不用再登记。")
    before = getattr(estate, f"{estate.gate}_on") if estate.gate else None
    if day > access.today or (before and day < before):
        raise Refused({"on": "日期应在上一关以后、今天以前，请核对。"})
    if gate in MEASURED:
        _measure(estate, gate, area, day)
    if gate == Gate.USE:
        estate.facility = _opened(estate, facility)
    setattr(estate, f"{gate}_on", day)
    estate.papers = estate.papers | {gate: paper.strip()[:100]}
    estate.problem = ""
    estate.save()
    return estate


@action("estate.problem", "登记小区养老设施问题", permission="register.write")
def note_problem(access: Any, estate: Estate, *, problem: str) -> Estate:
    """What the audit found: not built, used for something else, handed to somebody else."""
    estate = Estate.objects.select_for_update(of=["self"]).get(pk=estate.pk)
    estate.problem = problem.strip()[:200]
    estate.save(update_fields=["problem"])
    return estate


def _measure(estate: Estate, gate: str, area: int | None, on: dt.date) -> None:
    least = due_area(estate, on)
    if area is None:
        raise Refused(
            {"area": f"{Gate(gate).label}要写明养老用房面积。{estate.households}户至少{least}平方米。"}
        )
    if area < least:
        raise Refused(
            {
                "area": f"{area}平方米不够：{estate.households}户至少{least}平方米。请要求补足再{Gate(gate).label}，或登记问题。"
            }
        )
    estate.area = area


def _opened(estate: Estate, name: str) -> Facility:
    here = Facility.objects.filter(within(estate.region.prefix), closed_on=None)
    found = here.filter(name=name.strip()).first()
    if found is None:
        raise Refused(
            {"facility": "这个社区的设施台账里没有开着的这处设施。请先在设施台账开办，再登记使用。"}
        )
    return found


def send(on: dt.date) -> int:
    """Nightly: homes were delivered, the rooms for the old were not; told once for each gate that is stuck."""
    return open_tasks(LATE, _late(on), on).count


def _late(on: dt.date) -> Iterator[TaskDraft]:
    for one in Estate.objects.filter(delivered_on__lt=on, hand_on=None):
        yield TaskDraft(
            origin=f"estate:{one.pk}:{one.next_gate}", region=one.region_id,
            title=f"{one.name}：养老设施没有同步交付"[:80],
            reason=f"住宅{one.delivered_on:%Y年%m月%d日}交付，养老设施还没有{Gate(one.next_gate).label}。", subject=one.name,
        )  # fmt: skip
