"""A death is followed by an offer to the family; the night looks after days and terms; a full time calls for order."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.funeral import night
from minzheng.business.funeral.bookings import VISIT
from minzheng.business.funeral.deaths import offer_waiver
from minzheng.business.funeral.models import WaiverOffer
from minzheng.foundation.booking.models import Booking
from minzheng.foundation.events.bus import on
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Person
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks


@on("person.died")
def offer(**payload: Any) -> None:
    """The family is told what is waived (handbook 0.7)."""
    offer_waiver(Person.objects.get(pk=payload["person"]), dt.date.fromisoformat(payload["on"]))


@on("person.death_corrected")
def correct_offer(**payload: Any) -> None:
    WaiverOffer.objects.filter(person=payload["person"]).update(died_on=payload["on"])


@on("night.came")
def look_after_the_dead(day: str, **_: Any) -> None:
    today = dt.date.fromisoformat(day)
    night.end_lives(today)
    night.find_overdue(today)
    night.notice_terms(today)
    night.find_unfiled_agents(today)


@on("booking.made")
def watch_the_crowd(booking: int, kind: str, day: str, **_: Any) -> None:
    """When a time is nearly full, the county hears of it once."""
    if kind != VISIT.code:
        return
    slot = Booking.objects.select_related("slot__counter").get(pk=booking).slot
    share = int(figures(dt.date.fromisoformat(day), slot.counter.region_id)("visit_alert_percent"))
    if slot.taken * 100 < slot.quota * share:
        return
    draft = TaskDraft(
        origin=f"crowd:{slot.pk}",
        region=slot.counter.region_id,
        household=None,
        person=None,
        title="祭扫客流接近上限",
        reason=f"{slot.counter.name} {slot}已约{slot.taken}人，名额{slot.quota}人",
        detail={"slot": slot.pk},
    )
    open_tasks("funeral.crowd", [draft], on=dt.date.today(), actor=None)
