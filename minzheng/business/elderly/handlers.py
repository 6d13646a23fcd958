"""What elder care does when something happens (handbook 0.7)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.elderly.assessment.actions import ITEM as ASSESSMENT
from minzheng.business.elderly.assessment.actions import ask_to_renew, keep_result
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.events.bus import on


@on("case.granted")
def keep_assessment(**payload: Any) -> None:
    if payload["item"] == ASSESSMENT:
        case = Case.objects.select_related("applicant", "region").get(pk=payload["case"])
        keep_result(case, CaseMove.objects.select_related("actor_person").get(pk=payload["log"]))


@on("night.came")
def remind_of_expiry(day: str) -> None:
    ask_to_renew(dt.date.fromisoformat(day))
