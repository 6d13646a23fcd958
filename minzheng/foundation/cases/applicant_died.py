"""An applicant who dies before anything is decided: nobody is left to be helped, so the case is over (handbook 0.7).

Where others of the family have applied too, it goes on for them. A death that was not one brings the case back to the
step where it stood, and its clocks run again.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from minzheng.foundation.actions import action
from minzheng.foundation.cases.clocks import note_nearest
from minzheng.foundation.cases.engine import carry_out, event_payload, lock
from minzheng.foundation.cases.models import Case, CaseClock
from minzheng.foundation.cases.models.case import FINISHED
from minzheng.foundation.cases.persons import persons_of
from minzheng.foundation.cases.reopening import reopen
from minzheng.foundation.events.bus import emit
from minzheng.foundation.items import SYSTEM, Move
from minzheng.foundation.items.steps import APPLICANT_DIED

TERMINATE = Move(
    key="terminate", title=APPLICANT_DIED.title, to=APPLICANT_DIED.key, roles=(SYSTEM,), marks=("terminated",)
)


def terminate_all(access: Any, person: int) -> int:
    """Close what this person has asked for alone and nobody has decided yet. Returns how many cases."""
    pending = Case.objects.filter(applicant=person, outcome="").exclude(status__in=FINISHED)
    closing = [case for case in pending if APPLICANT_DIED in case.service_item.steps and not _others(case)]
    for case in closing:
        _terminate(access, case)
    return len(closing)


def resume_all(access: Any, person: int) -> None:
    """What was closed for a death that did not happen goes on where it stood."""
    for case in Case.objects.filter(applicant=person, step=APPLICANT_DIED.key):
        running = _stopped_by_the_death(case)
        log = reopen(access, case, "登记的死亡已撤销，恢复办理")
        for clock in running:
            clock.stopped_on = None
            clock.save(update_fields=["stopped_on"])
        note_nearest(case, running)
        case.outcome, case.reasons, case.review_due = "", [], None
        case.save()
        emit("case.resumed", **event_payload(case, log))


@action("case.terminate", TERMINATE.title, persons=persons_of)
def _terminate(access: Any, case: Case) -> None:
    lock(case)
    carry_out(access, case, case.at_step, TERMINATE, SYSTEM, {})


def _stopped_by_the_death(case: Case) -> list[CaseClock]:
    """Those that no move of that day had stopped already."""
    assert case.closed_on is not None, "it is finished"
    made = case.moves.filter(on=case.closed_on).values_list("marks", flat=True)
    marks = {mark for one in made for mark in one}
    return [
        clock
        for clock in case.clocks.filter(stopped_on=case.closed_on)
        if not marks & set(case.service_item.clock(clock.key).stops)
    ]


def _others(case: Case) -> bool:
    """Whether somebody alive has asked together with the applicant."""
    others = case.persons.exclude(person=case.applicant_id)
    return others.filter(Q(person=None) | Q(person__died_on=None)).exists()
