"""An effect: what a mark does to a case, in any line of business (items/marks.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.cases.parameters import usual_track
from minzheng.foundation.items import Move, ServiceItem, Track


@dataclass(frozen=True)
class Made:
    """A move being made: everything an effect may need."""

    access: Access
    case: Case
    item: ServiceItem
    move: Move
    log: CaseMove

    @property
    def today(self) -> dt.date:
        return self.access.today

    @property
    def record(self) -> dict[str, Any]:
        return self.log.record


Effect = Callable[[Made], None]
EFFECTS: dict[str, Effect] = {}


def effect(mark: str) -> Callable[[Effect], Effect]:
    def decorate(function: Effect) -> Effect:
        EFFECTS[mark] = function
        return function

    return decorate


def ordinary_track(made: Made) -> Track:
    return usual_track(made.item, made.case.region_id, made.today)
