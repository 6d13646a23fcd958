"""街面巡查: the round and whom one met, kept on the phone where one stands."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.rescue.models import Encounter, Met, Patrol, Season, Stay
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.items.figures import figures

PATROL = "rescue.patrol"


def season_of(day: dt.date, region: str) -> Season:
    """Which action a day belongs to; the winter's days may run over the year's end."""
    figure = figures(day, region)
    at = day.month * 100 + day.day
    if _within(at, int(figure("rescue_winter_from")), int(figure("rescue_winter_until"))):
        return Season.WINTER
    if _within(at, int(figure("rescue_summer_from")), int(figure("rescue_summer_until"))):
        return Season.SUMMER
    return Season.DAILY


def _within(at: int, first: int, last: int) -> bool:
    return first <= at <= last if first <= last else at >= first or at <= last


@action("rescue.patrol", "登记街面巡查", permission=PATROL)
def start_patrol(access: Any, patrol: Patrol) -> Patrol:
    if patrol.on > access.today:
        raise Refused({"on": "巡查日期晚于今天，请巡查以后登记。"})
    patrol.season, patrol.made_by = season_of(patrol.on, patrol.region_id), access.user
    patrol.save(force_insert=True)
    return patrol


@action("rescue.meet", "登记遇到的人", permission=PATROL)
def meet(access: Any, encounter: Encounter) -> Encounter:
    """Whoever was met, with what was given. The same `key` again is the same meeting."""
    known = Encounter.objects.filter(key=encounter.key).first()
    if known is not None:
        return known
    patrol = encounter.patrol
    # A phone without a network sends what it noted during the round after its end.
    if patrol.ends is not None and not _within_round(encounter.at, patrol.starts, patrol.ends):
        raise Refused("这次巡查已经结束，时间也不在巡查期间。请核对时间，或另登一次巡查。")
    encounter.region_id = encounter.patrol.region_id
    encounter.save(force_insert=True)
    return encounter


def _within_round(at: dt.time, starts: dt.time, ends: dt.time) -> bool:
    """A round of the night ends on the next morning."""
    return starts <= at <= ends if starts <= ends else at >= starts or at <= ends


@action("rescue.met_came", "街面遇到的人入站", permission="rescue.write")
def came_in(access: Any, encounter: Encounter, stay: Stay) -> Encounter:
    """Whoever was met came along: the meeting names the stay, once."""
    now = Encounter.objects.select_for_update().get(pk=encounter.pk)
    if now.stay_id is not None:
        raise Refused("这次遇到的人已经登记入站，不用再登记。")
    if now.outcome != Met.ACCEPTED:
        raise Refused("登记的处理不是“愿意进站”。请核对是不是这个人。")
    now.stay = stay
    now.save(update_fields=["stay"])
    return now


@action("rescue.patrol_end", "结束巡查", permission=PATROL)
def end_patrol(access: Any, patrol: Patrol, *, ends: dt.time) -> Patrol:
    now = Patrol.objects.select_for_update().get(pk=patrol.pk)
    if now.ends is not None:
        raise Refused("这次巡查已经结束，不用再办。")
    now.ends = ends
    now.save(update_fields=["ends"])
    return now
