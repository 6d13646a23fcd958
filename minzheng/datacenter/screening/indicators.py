"""How much of what the screening found has been dealt with."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from minzheng.datacenter.indicators.words import Drill, Formula, Indicator, Rows
from minzheng.datacenter.screening.models import Finding, State
from minzheng.foundation.benefits.months import next_month


def found(month: dt.date) -> QuerySet[Finding]:
    return Finding.objects.filter(month=month)


def closed(month: dt.date) -> QuerySet[Finding]:
    return found(month).filter(state=State.CLOSED)


def closed_in(month: dt.date) -> dict[str, object]:
    last = next_month(month) - dt.timedelta(days=1)
    return {"month_from": month.isoformat(), "month_to": last.isoformat(), "state": State.CLOSED.value}


CLEANED = Indicator(
    code="screening.cleaned",
    title="错保漏保清零率",
    line="数据中心",
    unit="%",
    counts="当月筛查发现中已办结的",
    of="当月筛查发现",
    formula=Formula(numerator=Rows(closed), denominator=Rows(found), known=Rows(found)),
    drill=Drill("findings", closed_in),
    source="筛查发现",
)
