"""What the visit found decides what the lead is."""

from __future__ import annotations

import datetime as dt

from minzheng.datacenter.leads.models import Lead, State
from minzheng.datacenter.leads.tasks import LEAD_VISIT
from minzheng.foundation.events.bus import on

BECOMES = {"true": State.CONFIRMED, "refer": State.CONFIRMED, "no_need": State.NO_NEED, "": State.CONFIRMED}


@on("task.done")
def judge_lead(task: int, kind: str, outcome: str, reason: str = "", **_: object) -> None:
    """Settled at the desk without a visit, it is for the desk to say what becomes of it."""
    if kind != LEAD_VISIT.code:
        return
    lead = Lead.objects.select_for_update().get(task_id=task)
    lead.state, lead.note = BECOMES[outcome], reason[:200]
    if lead.state == State.NO_NEED:
        lead.settled_on = dt.date.today()
    lead.save(update_fields=["state", "note", "settled_on"])
