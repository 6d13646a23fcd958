"""A death is followed by an offer to the family; the night looks after days and terms; a full time calls for order."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.funeral import night
from minzheng.business.funeral.bookings import VISIT
from minzheng.business.funeral.deaths import offer_waiver, state
from minzheng.business.funeral.filings import KEEP
from minzheng.business.funeral.models import DeathStatement, Reception, WaiverOffer
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.booking.models import Booking
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.events.bus import on
from minzheng.foundation.items.figures import figures
from minzheng.foundation.life_events.tasks import COUNTY
from minzheng.foundation.people.models import LifeEventKind, Person
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks


@on("death.certified")
def keep_certificate(person: int, source: str, document_no: str, died_on: str, region: str, on: str) -> None:
    """Another line holds a paper about a death (somebody died in a rescue station): ranked like any other."""
    paper = DeathStatement(
        person_id=person, region_id=region, source=source, document_no=document_no,
        died_on=dt.date.fromisoformat(died_on),
    )  # fmt: skip
    state(Access(None, dt.date.fromisoformat(on)), paper)


@on("person.died")
def offer(**payload: Any) -> None:
    """The family is told what is waived (handbook 0.7)."""
    offer_waiver(Person.objects.get(pk=payload["person"]), dt.date.fromisoformat(payload["on"]))


@on("person.event_undone")
def nobody_died(person: int, kind: str, event: int, recorded_on: str, **_: Any) -> None:
    """An offer that nobody has heard of is taken back. A body that a home holds is somebody's: the county looks at once."""
    if kind != LifeEventKind.DEATH:
        return
    WaiverOffer.objects.filter(person=person, told_on=None).delete()
    held = Reception.objects.filter(person=person).first()
    if held is not None:
        draft = TaskDraft(
            origin=f"reception-undone:{event}",
            region=held.region_id,
            title=COUNTY.title,
            reason=f"登记的死亡已撤销，但殡仪馆有接收记录{held.number}，请立即核对遗体身份",
            person=person,
        )
        open_tasks(COUNTY.code, [draft], on=dt.date.fromisoformat(recorded_on), actor=None)


@on("case.filed")
def keep_what_was_decided(item: str, case: int, log: int, **_: Any) -> None:
    if item in KEEP:
        move = CaseMove.objects.select_related("actor").get(pk=log)
        found = Case.objects.select_related("applicant", "organisation", "facility", "region").get(pk=case)
        KEEP[item](Access(move.actor, move.on), found, move)


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
