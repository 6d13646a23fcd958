"""When an event is undone: tasks that it sent are called back, and what it closed or opened comes to its officer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.cases.engine import do_move
from minzheng.foundation.cases.models import Case
from minzheng.foundation.cases.reopening import reopen
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.events.bus import on
from minzheng.foundation.items import Status
from minzheng.foundation.life_events.models import Effect
from minzheng.foundation.life_events.tasks import TOWNSHIP
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

STORY = "登记的生命事件已撤销，请按现在的情况复核"
WHY = "登记的生命事件已撤销"


@on("person.event_undone")
def call_back_tasks(event: int, **_: Any) -> None:
    sent = Effect.objects.filter(event=event, of_undoing=False, entry__action="task.open")
    keys = [key for detail in sent.values_list("entry__detail", flat=True) for key in detail["tasks"]]
    withdraw_tasks(Task.objects.filter(pk__in=keys).values_list("origin", flat=True), WHY, for_good=False)


@on("person.event_undone")
def look_at_cases_again(event: int, recorded_on: str, **_: Any) -> None:
    """A case that the event closed rests again; one that rests is reviewed; one under way is its officer's task."""
    day = dt.date.fromisoformat(recorded_on)
    moved = Effect.objects.filter(event=event, of_undoing=False, subject_type=Case._meta.label_lower)
    touched = {int(key) for key in moved.values_list("subject_id", flat=True)}
    for case in Case.objects.filter(pk__in=touched).select_related("household"):
        if case.is_finished:
            if case.status == Status.ENDED and case.moves.latest("id").move == "close":
                reopen(SystemAccess.on(day), case, WHY)
        elif any(move.key == "change" for move in case.at_step.moves):
            do_move(SystemAccess.on(day), case, "change", _story(case, day))
        else:
            draft = TaskDraft(
                origin=f"life-event-undone:{event}:{case.pk}",
                region=case.region_id,
                title=TOWNSHIP.title,
                reason=f"办件{case.number}（{case.service_item.title}）因这件事正在复核",
                household=case.household_id,
                person=None if case.household_id else case.applicant_id,
                detail={"case": case.number},
            )
            open_tasks(TOWNSHIP.code, [draft], on=day)


def _story(case: Case, day: dt.date) -> dict[str, Any]:
    """The answers of the case's own form for a change."""
    asked = case.at_step.move("change").form.questions
    known = {"change": "其他", "happened_on": day.isoformat(), "story": STORY}
    return {key: value for key, value in known.items() if key in asked}
