"""我的收养登记: how far the own application is, by when it is decided, and what stands in the register."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from minzheng.business.adoption.clocks import decide_by, stands_still
from minzheng.business.adoption.models import Application, State
from minzheng.business.adoption.own import adoptions_of, applications_of
from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.audit.record import record_read


@never_cache
@citizen
def mine(request: HttpRequest) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    me = access.user.person
    record_read("查看本人民政登记", actor=access.user, subject=me, persons=[me.pk], region=me.region_id)
    context = {
        "applications": [
            (one, steps_of(one, access.today), *_due(one, access.today))
            for one in applications_of(me)
            if one.state != State.REGISTERED
        ],
        "rows": adoptions_of(me),
        "back_url": reverse("portal:home"),
    }
    return render(request, "portal/adoption/mine.html", context)


def _due(one: Application, today: Any) -> tuple[Any, int, bool]:
    """By when, in how many days, and whether they are not running now: then the day itself is not known yet."""
    notice, evaluation = getattr(one, "notice", None), getattr(one, "evaluation", None)
    due = decide_by(one, notice, evaluation, today)
    return due, (due - today).days, stands_still(notice, evaluation, today)


def steps_of(one: Application, today: Any) -> list[dict[str, str]]:
    """What has been, what runs now and what comes, in words."""
    notice, evaluation = getattr(one, "notice", None), getattr(one, "evaluation", None)
    found = [_step("受理", "done", f"{one.accepted_on:%Y年%-m月%-d日}，编号{one.number}")]
    if one.needs_notice:
        if notice is None:
            found.append(_step("寻亲公告", "now", "登记机关将在报刊上公告"))
        else:
            state = "done" if notice.is_over(today) else "now"
            found.append(_step("寻亲公告", state, f"公告到{notice.until:%Y年%-m月%-d日}，没有人认领才能登记"))
    if one.needs_evaluation:
        found.append(_evaluation(evaluation))
    found.append(_step("登记", "next", "孩子和各方到场，当场发收养登记证"))
    return found


def _evaluation(evaluation: Any) -> dict[str, str]:
    if evaluation is None:
        return _step("收养评估和融合", "next", "评估员会和您约时间上门")
    if not evaluation.is_running:
        return _step("收养评估和融合", "done", evaluation.get_step_display())
    if evaluation.bonding_until is None:
        return _step("收养评估和融合", "now", "评估员会和您约融合开始的日子")
    return _step(
        "收养评估和融合", "now", f"融合期到{evaluation.bonding_until:%Y年%-m月%-d日}，期间评估员会上门看望"
    )


def _step(title: str, state: str, note: str) -> dict[str, str]:
    return {"title": title, "state": state, "note": note}
