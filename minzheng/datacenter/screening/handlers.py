"""What findings hear of: the visit's answer, and the case that settles them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from minzheng.datacenter.screening.dispatch import close
from minzheng.datacenter.screening.models import Finding, Kind, Result, State
from minzheng.datacenter.screening.outcomes import settle
from minzheng.datacenter.screening.tasks import VISITS
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.events.bus import on
from minzheng.foundation.tasks.models import Task

CODES = {kind.code for kind in VISITS.values()}


@on("task.done")
def close_what_was_looked_at(
    task: int, kind: str, outcome: str, record: dict[str, Any], reason: str = "", **_: Any
) -> None:
    if kind in CODES:
        settle(Task.objects.select_related("done_by").get(pk=task), outcome, record.get("note") or reason)


@on("case.granted")
def close_what_was_missed(case: int, log: int, **_: Any) -> None:
    """Whoever applied and is now paid is no longer missed, however that came about."""
    granted, move = Case.objects.get(pk=case), CaseMove.objects.get(pk=log)
    benefit = granted.service_item.benefit
    whose = Q(person=granted.applicant_id)
    if granted.household_id:
        whose |= Q(household=granted.household_id)
    missed = Finding.objects.filter(whose, kind=Kind.ENTITLED_NOT_RECEIVING, benefit=benefit)
    if benefit:
        close(
            missed.exclude(state=State.CLOSED),
            Result.CONFIRMED,
            move.on,
            note=f"已由办件{granted.number}确认",
            actor=move.actor,
        )
