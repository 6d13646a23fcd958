"""A guardian's death, and the ward's eighteenth birthday, give the money back to the ward's own account."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.events.bus import on
from minzheng.foundation.guardians.actions import end_grown_up, end_with


@on("person.died")
def guardian_died(person: int, recorded_on: str, **_: Any) -> None:
    end_with(person, dt.date.fromisoformat(recorded_on))


@on("night.came")
def come_of_age(day: str) -> None:
    end_grown_up(dt.date.fromisoformat(day))
