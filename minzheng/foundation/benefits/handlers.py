"""What a life event does to the rights of a person (handbook 0.7): it ends those that say so in `ends_on`.

A household's right is not touched here: its line reviews the family (社会救助).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Q

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.actions import end, end_later, grant, on_death, reinstate, void
from minzheng.foundation.benefits.due import spans_due
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.months import month_of, next_month
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.events.bus import on
from minzheng.foundation.people.facts import person_document
from minzheng.foundation.people.models import Person
from minzheng.foundation.registry.words import shelf


@on("person.died")
def stop_at_death(**payload: Any) -> None:
    """The month of death is the last; what was paid later is recovered (DC7)."""
    day, access = _when(payload)
    for right, declared in _running(payload["person"], "death", day):
        on_death(access, right, died_on=day, why=Why("death", declared.cite, access.today))


@on("person.death_corrected")
def move_the_end(**payload: Any) -> None:
    """A surer source named another day: what ended with the old one ends with the new one, and the money follows."""
    day, access = _when(payload)
    was = month_of(dt.date.fromisoformat(payload["was"]))
    last = month_of(day)
    if last == was:
        return
    if last < was:
        for right, declared in _running(payload["person"], "death", day):
            on_death(access, right, died_on=day, why=Why("death", declared.cite, access.today))
        return
    ended = Entitlement.objects.filter(
        Q(until_month=was) | Q(state=State.VOID, since_month__lte=last),
        person=payload["person"],
        household=None,
        end_reason="death",
    )
    for right in ended:
        end_later(access, right, last=last)


@on("person.imprisoned")
def stop_in_prison(**payload: Any) -> None:
    day, access = _when(payload)
    for right, _declared in _running(payload["person"], "prison", day):
        end(access, right, on=day, reason="prison")


@on("person.adopted")
def stop_at_adoption(**payload: Any) -> None:
    """The month of the registration is the last (DC7): from then on the adoptive parents bring the child up."""
    day, access = _when(payload)
    for right, _declared in _running(payload["person"], "adoption", day):
        end(access, right, on=day, reason="adopted")


@on("person.moved")
def hand_over(**payload: Any) -> None:
    """The old place pays the month of the move, the new one from the next on, by its own standard (0.7)."""
    day, access = _when(payload)
    person = Person.objects.select_related("hukou_region").get(pk=payload["person"])
    home = person.hukou_region
    for right, declared in _running(person.pk, "move", day, follows=True):
        if home is None or home.code[:6] == right.region_id[:6]:
            continue
        end(access, right, on=day, reason="move")
        document = person_document(person, day) | {"standards": settings.STANDARDS_SET, "region": home.code}
        first = next_month(day)
        try:
            spans = spans_due(declared, document, first, month_of(access.today))
        except Refused:
            continue  # not certain by the new place's rules: its screening looks at everybody who lives there
        if spans[-1].amount_fen:
            why = Why("move", declared.cite, access.today)
            grant(
                access,
                person,
                code=declared.code,
                amount_fen=spans[-1].amount_fen,
                spans=spans,
                why=why,
                payee=right.payee,
            )


# What `stop_at_death`, `stop_in_prison`, `stop_at_adoption` and `hand_over` give as the reason of an end.
REASON_OF = {"death": "death", "prison": "prison", "adoption": "adopted", "move": "move"}


@on("person.event_undone")
def go_on_as_before(**payload: Any) -> None:
    """Rights that the event ended run again; what the new place granted on account of a move never was."""
    if payload["kind"] not in REASON_OF:
        return
    day, access = _when(payload)
    reason = REASON_OF[payload["kind"]]
    own = Entitlement.objects.filter(person=payload["person"], household=None)
    if payload["kind"] == "move":
        handed = own.filter(since_month=next_month(day), amounts__reason=reason).exclude(state=State.VOID)
        for right in handed.distinct():
            void(access, right, reason="event_undone")
    last_months = Q(state=State.ENDED, until_month__lte=month_of(day)) | Q(state=State.VOID)
    for right in own.filter(last_months, end_reason=reason):
        reinstate(access, right)


def _when(payload: dict[str, Any]) -> tuple[dt.date, Access]:
    """The day of the event, and the system's own access on the day on which it was recorded."""
    recorded_on = dt.date.fromisoformat(payload["recorded_on"])
    return dt.date.fromisoformat(payload["on"]), Access(None, recorded_on)


def _running(
    person: int, event: str, day: dt.date, *, follows: bool = False
) -> list[tuple[Entitlement, Benefit]]:
    """The person's own rights that the event ends (or that follow the hukou) and that go on after its month."""
    ended_by = {
        one.code: one for one in shelf(Benefit) if event in one.ends_on or (follows and one.follows_hukou)
    }
    rights = Entitlement.objects.filter(
        Q(until_month=None) | Q(until_month__gt=month_of(day)),
        person=person,
        household=None,
        benefit__in=ended_by,
    ).exclude(state=State.VOID)
    return [(right, ended_by[right.benefit]) for right in rights]
