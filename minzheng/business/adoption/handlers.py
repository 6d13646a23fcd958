"""Somebody who dies is adopted no more and adopts nobody: what is open about them is closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q

from minzheng.business.adoption.models import Application, State
from minzheng.foundation.audit.record import record
from minzheng.foundation.events.bus import on


@on("person.died")
def close_open_applications(**payload: Any) -> None:
    """The registry is told on its page; the family's application cannot go on as it is."""
    person, day = payload["person"], dt.date.fromisoformat(payload["recorded_on"])
    about = Q(adopter=person) | Q(spouse=person) | Q(child=person)
    for one in Application.objects.select_for_update().filter(about, state=State.OPEN):
        one.state, one.closed_on, one.closed_why = State.WITHDRAWN, day, "收养人或被收养人死亡，申请终止"
        one.save(update_fields=["state", "closed_on", "closed_why"])
        record(
            "adoption.lapse", "收养登记申请终止", actor=None, subject=one,
            persons=[key for key in (one.adopter_id, one.spouse_id) if key], region=one.region_id,
        )  # fmt: skip
