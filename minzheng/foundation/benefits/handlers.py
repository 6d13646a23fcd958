"""What a life event does to the rights of a person (handbook 0.7): it ends those that say so in `ends_on`.

A household's right is not touched here: its line reviews the family (社会救助).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.actions import end, on_death
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.months import month_of
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.events.bus import on
from minzheng.foundation.registry.words import shelf


@on("person.died")
def stop_at_death(**payload: Any) -> None:
    """The month of death is the last; what was paid later is recovered (DC7)."""
    day, access = _when(payload)
    for right, declared in _running(payload["person"], "death", day):
        on_death(access, right, died_on=day, why=Why("death", declared.cite, access.today))


@on("person.imprisoned")
def stop_in_prison(**payload: Any) -> None:
    day, access = _when(payload)
    for right, _declared in _running(payload["person"], "prison", day):
        end(access, right, on=day, reason="prison")


def _when(payload: dict[str, Any]) -> tuple[dt.date, Access]:
    """The day of the event, and the system's own access on the day on which it was recorded."""
    recorded_on = dt.date.fromisoformat(payload["recorded_on"])
    return dt.date.fromisoformat(payload["on"]), Access(None, recorded_on)


def _running(person: int, event: str, day: dt.date) -> list[tuple[Entitlement, Benefit]]:
    """The person's own rights that the event ends and that go on after its month."""
    ended_by = {one.code: one for one in shelf(Benefit) if event in one.ends_on}
    rights = Entitlement.objects.filter(
        Q(until_month=None) | Q(until_month__gt=month_of(day)),
        person=person,
        household=None,
        benefit__in=ended_by,
    ).exclude(state=State.VOID)
    return [(right, ended_by[right.benefit]) for right in rights]
