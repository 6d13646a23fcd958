"""The guardian is paid from the day on which the guardianship begins; a death or the eighteenth birthday ends it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.events.bus import on
from minzheng.foundation.guardians.actions import begin_due, end_grown_up, end_with, pay_again


@on("person.died")
def guardian_died(person: int, recorded_on: str, **_: Any) -> None:
    end_with(person, dt.date.fromisoformat(recorded_on))


@on("night.came")
def come_of_age(day: str) -> None:
    today = dt.date.fromisoformat(day)
    end_grown_up(today)
    begin_due(today)


@on("entitlement.reinstated")
def runs_again(entitlement: int, on: str) -> None:
    pay_again(entitlement, dt.date.fromisoformat(on))
