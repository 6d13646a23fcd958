"""How often a signal is right, how far a sweep has come, how many families the library holds."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from minzheng.datacenter.indicators.words import Better, Drill, Formula, Indicator, Rows
from minzheng.datacenter.signals.models import CONFIRMED, Alert, LibraryEntry, Outcome, SweepTarget
from minzheng.foundation.benefits.months import next_month

LINE = "数据中心"


def visited(month: dt.date) -> QuerySet[Alert]:
    """Alerts of the month that a visit has answered, either way."""
    return Alert.objects.filter(month=month, outcome__in=[*CONFIRMED, Outcome.NO_NEED])


def confirmed(month: dt.date) -> QuerySet[Alert]:
    return Alert.objects.filter(month=month, outcome__in=CONFIRMED)


def confirmed_in(month: dt.date) -> dict[str, object]:
    return {**_within(month), "outcome": [outcome.value for outcome in CONFIRMED]}


def _within(month: dt.date) -> dict[str, object]:
    last = next_month(month) - dt.timedelta(days=1)
    return {"month_from": month.isoformat(), "month_to": last.isoformat()}


def library(month: dt.date) -> QuerySet[LibraryEntry]:
    return LibraryEntry.objects.filter(month=month)


def swept(month: dt.date) -> QuerySet[SweepTarget]:
    """Families of the sweeps that run in the month."""
    return SweepTarget.objects.filter(sweep__since__lt=next_month(month), sweep__until__gte=month)


def seen(month: dt.date) -> QuerySet[SweepTarget]:
    return swept(month).filter(visited_on__isnull=False)


PRECISION = Indicator(
    code="signals.precision", title="预警准确率", line=LINE, unit="%", source="预警和走访结果",
    counts="当月预警中走访属实、已办理的", of="当月预警中已走访的",
    formula=Formula(numerator=Rows(confirmed), denominator=Rows(visited), known=Rows(visited)),
    drill=Drill("alerts", confirmed_in),
)  # fmt: skip

LIBRARY = Indicator(
    code="signals.library", title="低收入人口库家庭", line=LINE, unit="户", better=Better.NONE,
    counts="当月低收入人口库中的家庭", source="低收入人口库",
    formula=Formula(numerator=Rows(library), known=Rows(library)),
    drill=Drill("low-income", _within),
)  # fmt: skip

SWEPT = Indicator(
    code="signals.swept", title="摸排走访完成率", line=LINE, unit="%", source="摸排名单和走访",
    counts="摸排对象中已走访的家庭", of="当月进行中的摸排的全部对象",
    formula=Formula(numerator=Rows(seen), denominator=Rows(swept), known=Rows(swept)),
)  # fmt: skip
