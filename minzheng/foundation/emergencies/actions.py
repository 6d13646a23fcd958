"""Entered by one officer, confirmed by another, lifted early when the emergency is over; then everybody is looked at again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.accounts.behind import another_person
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.cases.engine import do_move
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.cases.parameters import parameter
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.emergencies.models import HeldStop, NoExit, State, covering

AGAIN = "应急期间已经结束，当时暂缓的停发（减发）请按现在的情况复核。"


def no_exit(region: str, on: dt.date) -> bool:
    """Whether nobody may be stopped or cut there: by an order of the register, or by the place's own standard."""
    return covering(region, on).exists() or bool(parameter("emergency_no_exit", region, on))


@action("no_exit.confirm", "确认应急期间不退出", permission="no_exit.confirm")
def confirm(access: Any, order: NoExit) -> NoExit:
    current = NoExit.objects.select_for_update(of=("self",)).get(pk=order.pk)
    if current.state != State.ENTERED:
        raise Refused("这一条已经确认或解除，不用再办。")
    checker = another_person(access, current.maker_id, did="登记", does="确认")
    current.state, current.checker = State.CONFIRMED, checker
    current.save(update_fields=["state", "checker"])
    return current


@action("no_exit.lift", "解除应急期间不退出", permission="no_exit.confirm")
def lift(access: Any, order: NoExit) -> NoExit:
    """Yesterday was the last day; an order that never began is lifted as well."""
    current = NoExit.objects.select_for_update(of=("self",)).get(pk=order.pk)
    if current.state != State.CONFIRMED or current.until < access.today:
        raise Refused("只有正在适用的可以解除。")
    current.until = max(current.since, access.today - dt.timedelta(days=1))
    current.state = State.LIFTED
    current.save(update_fields=["until", "state"])
    return current


def hold(case: Case, move: CaseMove) -> None:
    """The confirming officer chose “应急期间暂不退出”: kept for later, with the reasons of then."""
    HeldStop.objects.get_or_create(
        case=case,
        held_on=move.on,
        defaults={
            "region_id": case.region_id,
            "reasons": (case.assessment or {}).get("reasons", []),
            "was_fen": case.amount_fen,
        },
    )


def look_again(on: dt.date) -> int:
    """What was held back comes up for review on the first day without the emergency. Returns how many."""
    opened = 0
    for held in HeldStop.objects.filter(again_on=None).select_related("case").order_by("region_id", "id"):
        if no_exit(held.region_id, on):
            continue
        held.again_on = on
        held.save(update_fields=["again_on"])
        if _reopen(held.case, on):
            opened += 1
    return opened


def _reopen(case: Case, on: dt.date) -> bool:
    """By whatever its item calls the beginning of a review; a case that has ended meanwhile stays so."""
    begins = {move.key: move for move in case.at_step.moves if move.key in ("change", "start_review")}
    move = begins.get("change") or begins.get("start_review")
    if move is None:
        return False
    stated = {"change": "其他", "happened_on": on.isoformat(), "kind": "change", "story": AGAIN}
    asked = {key: stated[key] for key in move.form.questions if key in stated}
    do_move(SystemAccess.on(on), case, move.key, asked)
    return True
