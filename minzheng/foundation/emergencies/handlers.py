"""Decisions that an emergency held back, and the day after it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.emergencies.actions import hold, look_again
from minzheng.foundation.events.bus import on


@on("case.exit_held")
def list_for_later(**payload: Any) -> None:
    hold(Case.objects.get(pk=payload["case"]), CaseMove.objects.get(pk=payload["log"]))


@on("night.came")
def after_the_emergency(day: str) -> None:
    look_again(dt.date.fromisoformat(day))
