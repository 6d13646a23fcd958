"""What the subsidies do when something happens to their holder (handbook 0.7)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from minzheng.business.disability.aids import lending
from minzheng.business.disability.care import actions as care
from minzheng.business.disability.care.models import CareNeed, Placement
from minzheng.business.disability.rehab import keeping
from minzheng.business.disability.rehab.models import Rehab
from minzheng.foundation.cases.granting import ask_for_review
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.events.bus import on
from minzheng.foundation.life_events.restoring import put_back
from minzheng.foundation.people.models import LifeEventKind
from minzheng.foundation.tasks.models import Task

ITEMS = ("D1", "D2")


@on("person.disability_changed")
def review_after_a_new_grade(**payload: Any) -> None:
    """A higher or lower grade counts from the month after the decision (DC6): the township looks at once."""
    today = dt.date.fromisoformat(payload["recorded_on"])
    ask_for_review(payload["person"], ITEMS, f"{payload['on']} 残疾等级变化", today)


@on("person.married")
@on("person.divorced")
@on("person.widowed")
@on("person.widow_undone")
def review_after_a_change_of_marriage(**payload: Any) -> None:
    """The living subsidy follows the family's standing, and the family is another one now (handbook 0.7)."""
    today = dt.date.fromisoformat(payload["recorded_on"])
    ask_for_review(payload["person"], ITEMS, f"{payload['on']} 婚姻状况变化", today)


@on("case.granted")
def review_beside_the_care_of_the_old(**payload: Any) -> None:
    """Nursing and elder care are not added up: the higher one is paid (国发〔2015〕52号 二（三）; handbook 0.4)."""
    if payload["benefit"] == "elder_care":
        today = dt.date.fromisoformat(payload["on"])
        ask_for_review(payload["applicant"], ("D2",), "已确认老年护理类补贴，就高不就低", today)


@on("case.granted")
def begin_rehab(**payload: Any) -> None:
    if payload["item"] == keeping.ITEM:
        case = Case.objects.select_related("applicant", "region").get(pk=payload["case"])
        keeping.begin(case, CaseMove.objects.get(pk=payload["log"]))


@on("case.ended")
def end_rehab(**payload: Any) -> None:
    if payload["item"] == keeping.ITEM:
        keeping.end_rehab(payload["case"], dt.date.fromisoformat(payload["on"]), "办件终止")


@on("person.died")
def after_a_death(person: int, on: str, recorded_on: str, **_: Any) -> None:
    """The bed is free and nobody visits any more; rehabilitation ends with its case."""
    care.end_stays(person, dt.date.fromisoformat(on), care.DEATH)
    keeping.close_cases(person, "本人去世", dt.date.fromisoformat(recorded_on))


@on("person.death_corrected")
def left_on_another_day(person: int, on: str, was: str, **_: Any) -> None:
    care.correct_end(person, dt.date.fromisoformat(was), dt.date.fromisoformat(on))


@on("person.moved")
def visited_from_there(person: int, **_: Any) -> None:
    care.move_along(person)
    keeping.move_along(person)


@on("person.event_undone")
def as_before(person: int, kind: str, event: int, **_: Any) -> None:
    """Nobody died: the bed is the person's again, and rehabilitation goes on with its case (foundation/life_events).

    Nobody moved: the visits are made from the village where the person lives after all.
    """
    if kind in (LifeEventKind.DEATH, LifeEventKind.MOVE):
        needs, plans = CareNeed.objects.filter(person=person), Rehab.objects.filter(person=person)
        for need in needs:
            care.call_back(need, "登记的生命事件已撤销")
        for plan in plans:
            keeping.call_back(plan, "登记的生命事件已撤销")
        put_back(event, Placement.objects.filter(person=person), needs, plans)


@on("task.done")
def visit_was_made(task: int, kind: str, origin: str, outcome: str, record: dict[str, Any], **_: Any) -> None:
    """On the day on which it was made: a phone without a network sends it later."""
    if kind in (keeping.CHECK, care.VISIT):
        day = timezone.localdate(Task.objects.get(pk=task).done_at)
        if kind == keeping.CHECK:
            keeping.was_checked(origin, outcome, record, day)
        else:
            care.was_visited(origin, outcome, day)


@on("night.came")
def every_night(day: str) -> None:
    """This month's rehabilitation, its quarterly checks, the follow-ups of care, devices that are overdue."""
    today = dt.date.fromisoformat(day)
    keeping.order_the_month(today)
    keeping.send_checks(today)
    care.send_visits(today)
    lending.remind(today)
