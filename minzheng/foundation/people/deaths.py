"""The day of a death by the rank of who says it: medical certificate, cremation, police, village (handbook §5).

What ranks higher corrects the day once, with everything that followed from it; what ranks no higher changes nothing.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.events.bus import emit
from minzheng.foundation.life_events.effects import kept_for
from minzheng.foundation.people.actions import household_of, life_event_of_register
from minzheng.foundation.people.models import LifeEvent, LifeEventKind, Person

RANK = "rank"  # in LifeEvent.detail; absent: nobody said how sure it was, and any ranked source is surer


def death_of(person: Person) -> LifeEvent | None:
    return person.life_events.filter(kind=LifeEventKind.DEATH, undone_on=None).first()


def rank_of(event: LifeEvent) -> int:
    return int(event.detail.get(RANK, 0))


def state_death(access: Any, person: Person, died_on: dt.date, source: str, rank: int) -> LifeEvent:
    """Record the death, correct its day, or leave it as a surer source has said it. The caller judges the right.

    Emits `person.died` the first time, `person.death_corrected` {person, household, on, was, recorded_on, event}
    when a higher-ranked source names another day. Saying the same again has no effect.
    """
    known = Person.objects.select_for_update().get(pk=person.pk)
    event = death_of(known)
    if event is None or known.died_on is None:
        event = life_event_of_register(
            access, known, LifeEventKind.DEATH, died_on, source, detail={RANK: rank}
        )
    elif rank > rank_of(event):
        correct_death(access, known, event, died_on, source, rank)
    person.died_on = known.died_on
    return event


@action("person.death_corrected", "更正死亡日期", persons=lambda person: [person.pk])
def correct_death(
    access: Any, person: Person, event: LifeEvent, died_on: dt.date, source: str, rank: int
) -> None:
    """A surer source: its name and rank stand from now on, and its day, if it is another one."""
    if died_on > access.today:
        raise Refused("死亡日期晚于今天，请核对证明。")
    was = event.happened_on
    event.source, event.detail = source, event.detail | {RANK: rank}
    event.happened_on = died_on
    event.save(update_fields=["source", "detail", "happened_on"])
    if died_on == was:
        return
    person.died_on = died_on
    person.save(update_fields=["died_on"])
    for membership in person.memberships.filter(until=was):
        membership.until = max(died_on, membership.since + dt.timedelta(days=1))
        membership.save(update_fields=["until"])
    household = household_of(person, died_on - dt.timedelta(days=1))
    with kept_for(event):
        emit(
            "person.death_corrected",
            person=person.pk,
            household=household.pk if household else None,
            on=died_on.isoformat(),
            was=was.isoformat(),
            recorded_on=access.today.isoformat(),
            event=event.pk,
        )
