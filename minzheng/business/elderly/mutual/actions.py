"""Helpers, turns and activities of a mutual-aid point."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.elderly.mutual.models import Duty, MutualActivity, MutualHelper
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.facilities.rights import refuse_closed, require_facility

MOST_TURNS = 120  # a plan of four months at most: who serves changes


def _day(value: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(str(value))


@action("mutual.helper", "登记互助员")
def add_helper(access: Any, point: Facility, *, name: str, phone: str = "", helps: int = 0) -> MutualHelper:
    require_facility(access, point)
    refuse_closed(point)
    if point.mutual_helpers.filter(name=name, until=None).exists():
        raise Refused(
            {"name": "这个互助点已经有同名的互助员。确是两个人的，请在姓名后注明，如“吴秀英（二组）”。"}
        )
    return MutualHelper.objects.create(
        facility=point,
        region=point.region,
        name=name,
        phone=phone or "",
        helps=helps or 0,
        since=access.today,
    )


@action("mutual.helper_left", "互助员退出")
def helper_leaves(access: Any, helper: MutualHelper) -> MutualHelper:
    """Turns that have not come are taken off the rota."""
    require_facility(access, helper.facility)
    if helper.until is not None:
        raise Refused("已经登记过退出。")
    helper.until = access.today
    helper.save(update_fields=["until"])
    helper.duties.filter(on__gt=access.today).delete()
    return helper


@action("mutual.rota", "排互助值班")
def plan_turns(access: Any, point: Facility, *, first: dt.date | str, last: dt.date | str) -> int:
    """One helper a day, by turns, from whoever served longest ago; days already planned stay. Returns how many are new."""
    require_facility(access, point)
    refuse_closed(point)
    begin, end = _day(first), _day(last)
    if begin < access.today or end < begin or (end - begin).days >= MOST_TURNS:
        raise Refused({"last": f"请从今天以后排起，一次最多排{MOST_TURNS}天。"})
    helpers = list(point.mutual_helpers.filter(until=None).order_by("id"))
    if not helpers:
        raise Refused("还没有互助员。请先登记互助员，再排班。")
    planned = set(
        Duty.objects.filter(helper__facility=point, on__range=(begin, end)).values_list("on", flat=True)
    )
    latest = Duty.objects.filter(helper__facility=point, on__lt=begin).order_by("-on").first()
    turn = next((n + 1 for n, one in enumerate(helpers) if latest and one.pk == latest.helper_id), 0)
    days = [begin + dt.timedelta(days=n) for n in range((end - begin).days + 1)]
    new = [day for day in days if day not in planned]
    made = Duty.objects.bulk_create(
        Duty(helper=helpers[(turn + n) % len(helpers)], region_id=point.region_id, on=day)
        for n, day in enumerate(new)
    )
    return len(made)


@action("mutual.turn", "登记值班情况", region=lambda duty: duty.region_id)
def keep_turn(access: Any, duty: Duty, *, kept: bool, seen: int = 0) -> Duty:
    require_facility(access, duty.helper.facility)
    if duty.on > access.today:
        raise Refused("还没有到这一天，请在值班以后登记。")
    duty.kept, duty.seen = kept, (seen or 0) if kept else 0
    duty.save(update_fields=["kept", "seen"])
    return duty


@action("mutual.activity", "登记互助活动")
def add_activity(
    access: Any, point: Facility, *, on: dt.date | str, kind: str, title: str, attended: int
) -> MutualActivity:
    require_facility(access, point)
    refuse_closed(point)
    if _day(on) > access.today:
        raise Refused({"on": "日期晚于今天，请在活动以后登记。"})
    return MutualActivity.objects.create(
        facility=point, region=point.region, on=_day(on), kind=kind, title=title, attended=attended
    )
