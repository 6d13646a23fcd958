"""What elder care does when something happens (handbook 0.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from minzheng.business.elderly.assessment.actions import ask_to_renew, keep_result
from minzheng.business.elderly.basics.look import look_everywhere
from minzheng.business.elderly.estates import actions as estates
from minzheng.business.elderly.fraud import actions as clues
from minzheng.business.elderly.homecare.beds import (
    DEATH,
    MOVED,
    begin,
    correct_end,
    end_bed,
    move_along,
    run_again,
)
from minzheng.business.elderly.medical import signing
from minzheng.business.elderly.renovation.works import keep_works
from minzheng.business.elderly.support import vouchers
from minzheng.business.elderly.visiting import rounds
from minzheng.foundation.cases.granting import ask_for_review
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.events.bus import emit, on
from minzheng.foundation.people.models import LifeEventKind, Person
from minzheng.foundation.services.models import Payer, Representative
from minzheng.foundation.services.representatives import answered
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks

KEEP: dict[str, Callable[[Case, CaseMove], Any]] = {"E3": keep_result, "E6": begin, "E8": keep_works}


@on("case.granted")
def keep_what_was_granted(**payload: Any) -> None:
    """The result of a case that pays nobody by itself: a grade, a bed, finished works, the first voucher."""
    item = payload["item"]
    if item not in KEEP and item != vouchers.ITEM:
        return
    case = Case.objects.select_related("applicant", "region").get(pk=payload["case"])
    if item in KEEP:
        KEEP[item](case, CaseMove.objects.select_related("actor_person").get(pk=payload["log"]))
    if item == "E3":
        emit("ability.assessed", person=case.applicant_id, on=payload["on"])


@on("case.granted")
def first_voucher(**payload: Any) -> None:
    if payload["item"] == vouchers.ITEM:
        vouchers.issue_one(Case.objects.get(pk=payload["case"]), dt.date.fromisoformat(payload["on"]))


@on("case.ended")
def end_the_bed(**payload: Any) -> None:
    if payload["item"] == "E6":
        end_bed(payload["applicant"], dt.date.fromisoformat(payload["on"]), "办件终止")


@on("ability.assessed")
def look_again(person: int, on: str, **_: Any) -> None:
    """A new grade changes what is paid: the township looks at the subsidy at once."""
    ask_for_review(person, ("E2",), f"{on} 重新评估，能力等级可能变化", dt.date.fromisoformat(on))


@on("person.died")
def after_a_death(person: int, on: str, recorded_on: str, **_: Any) -> None:
    """The bed, the voucher and the visits end with the day of death."""
    _leaves_home(person, dt.date.fromisoformat(on), dt.date.fromisoformat(recorded_on), DEATH)
    vouchers.close_cases(person, (vouchers.ITEM,), DEATH, dt.date.fromisoformat(recorded_on))


@on("person.death_corrected")
def on_another_day(person: int, on: str, was: str, **_: Any) -> None:
    before, day = dt.date.fromisoformat(was), dt.date.fromisoformat(on)
    correct_end(person, before, day)
    rounds.correct_end(person, before, day)


@on("person.event_undone")
def nobody_died(person: int, kind: str, on: str, recorded_on: str, **_: Any) -> None:
    """The bed and the visits go on; its cases come back by themselves (foundation/life_events)."""
    if kind != LifeEventKind.DEATH:
        return
    day, today = dt.date.fromisoformat(on), dt.date.fromisoformat(recorded_on)
    run_again(person, day)
    rounds.put_back(person, day, today)


@on("person.moved")
def looked_after_there(person: int, on: str, recorded_on: str, **_: Any) -> None:
    """Visits are made in the new village; a bed at home goes along as far as the county's contract reaches."""
    today = dt.date.fromisoformat(recorded_on)
    rounds.move_along(person, today)
    if move_along(person, dt.date.fromisoformat(on)):
        vouchers.close_cases(person, ("E6",), MOVED, today)


@on("person.event_undone")
def did_not_move(person: int, kind: str, on: str, recorded_on: str, **_: Any) -> None:
    if kind == LifeEventKind.MOVE:
        rounds.move_along(person, dt.date.fromisoformat(recorded_on))
        run_again(person, dt.date.fromisoformat(on), MOVED)
        move_along(person, dt.date.fromisoformat(recorded_on))


@on("home.admitted")
def after_an_admission(person: int, on: str, **_: Any) -> None:
    """Nobody is cared for by two institutions at once; the institution visits its own residents."""
    day = dt.date.fromisoformat(on)
    _leaves_home(person, day, day, "入住养老机构")


def _leaves_home(person: int, day: dt.date, today: dt.date, why: str) -> None:
    end_bed(person, day, why)
    vouchers.close_cases(person, ("E6",), why, today)
    rounds.take_off(person, day, why)


@on("service.asked")
def pay_by_voucher(order: int, person: int, payer: str, fen: int, **_: Any) -> None:
    if payer == Payer.VOUCHER:
        asked = Person.objects.get(pk=person).orders.get(pk=order).asked_at
        vouchers.hold(order, person, fen, timezone.localdate(asked))


@on("service.cancelled")
def voucher_comes_back(order: int, payer: str, **_: Any) -> None:
    if payer == Payer.VOUCHER:
        vouchers.give_back(order)


@on("representative.asked")
def ask_the_elder(representative: int, elder: int, region: str, **_: Any) -> None:
    """Nobody acts for an elder who was not asked (民法典 第一百六十五条)."""
    draft = TaskDraft(
        origin=f"representative:{representative}", region=region, person=elder, title="核实服务代办人",
        reason="有亲属申请替老人下单、确认服务，请问老人愿不愿意",
    )  # fmt: skip
    open_tasks("elderly.representative", [draft], dt.date.today())


@on("task.done")
def the_elder_answered(task: int, kind: str, origin: str, outcome: str, **_: Any) -> None:
    if kind != "elderly.representative":
        return
    one = Representative.objects.get(pk=origin.rpartition(":")[2])
    if one.ended_on is None and one.confirmed_on is None:
        answered(one, outcome == "agrees", dt.date.today(), Task.objects.get(pk=task).done_by_id)


@on("task.done")
def visit_was_made(task: int, kind: str, origin: str, outcome: str, record: dict[str, Any], **_: Any) -> None:
    """On the day on which it was made: a phone without a network sends it later."""
    if kind == rounds.KIND:
        made = Task.objects.get(pk=task).done_at
        rounds.came_back(origin, outcome, record, timezone.localdate(made))


@on("task.done")
def money_was_taken(task: int, kind: str, outcome: str, **_: Any) -> None:
    """A watch over prepaid money found something that others must investigate (S-110)."""
    if kind == clues.PREPAID and outcome == "hand_over":
        done = Task.objects.get(pk=task)
        clues.from_prepaid(done.origin, done.region_id, done.title, done.reason, dt.date.today())


@on("night.came")
def every_night(day: str) -> None:
    """Reminders of results that expire, this month's vouchers, the list of who is visited and who is due."""
    today = dt.date.fromisoformat(day)
    ask_to_renew(today)
    vouchers.issue(today)
    rounds.enrol_everywhere(today)
    rounds.send(today)
    signing.remind(today)
    clues.send(today)
    estates.send(today)
    look_everywhere(today)
