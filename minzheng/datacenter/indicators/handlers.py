"""Nightly computing, and who may open the paper behind a reported value."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.datacenter.indicators.compute import compute
from minzheng.datacenter.indicators.models import ReportedValue
from minzheng.datacenter.indicators.programmes import set_planned
from minzheng.foundation.benefits.months import add_months, month_of
from minzheng.foundation.documents.guards import Sight, document_guard
from minzheng.foundation.documents.models import Document
from minzheng.foundation.events.bus import on


@on("night.came")
def compute_indicators(*, day: str) -> None:
    """This month and last month: facts of last month still come in."""
    month = month_of(dt.date.fromisoformat(day))
    compute(add_months(month, -1))
    compute(month)


@on("programme.planned")
def take_over_plan(*, programme: str, target: str, year: int, region: str) -> None:
    """A year's plan of a programme is a target of the indicator that its undertakings feed."""
    set_planned(programme, target, year, region)


@document_guard
def evidence_of_a_value(access: Any, document: Document) -> Sight | None:
    """Whoever may see the region's statistics sees what a reported value stands on."""
    report = access.scope("statistics.read", ReportedValue.objects.filter(document=document)).first()
    return Sight((), report.region_id) if report else None
