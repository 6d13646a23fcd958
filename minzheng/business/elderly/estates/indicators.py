"""The four rates of S-099 (2022年要求年底前均达到100%), and how many new estates kept in step (S-098)."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Q, QuerySet

from minzheng.business.elderly.estates.models import Estate, Gate
from minzheng.datacenter.indicators.words import Better, Drill, Formula, Indicator, Rows
from minzheng.foundation.benefits.months import last_day

LINE = "养老"
RATES = {Gate.PLAN: "规划率", Gate.BUILD: "建设率", Gate.HAND: "移交率", Gate.USE: "使用率"}


def known(month: dt.date) -> QuerySet[Estate]:
    return Estate.objects.all()


def delivered(month: dt.date) -> QuerySet[Estate]:
    """Estates whose people have moved in by the month's end: the rooms for the old should be there."""
    return Estate.objects.filter(delivered_on__lte=last_day(month))


def new_ones(month: dt.date) -> QuerySet[Estate]:
    return delivered(month).filter(is_new=True)


def in_step(month: dt.date) -> QuerySet[Estate]:
    return new_ones(month).filter(Q(hand_on__lte=F("delivered_on")), hand_on__lte=last_day(month))


def _rate(gate: Gate, title: str) -> Indicator:
    def passed(month: dt.date) -> QuerySet[Estate]:
        return delivered(month).filter(**{f"{gate.value}_on__lte": last_day(month)})

    return Indicator(
        code=f"estates.{gate.value}", title=f"社区养老设施{title}", line=LINE, unit="%", better=Better.MORE,
        covers=("S-099",), seed="002", counts=f"养老设施已{gate.label}的小区", of="住宅已交付的小区", source="住宅小区养老设施台账",
        personal=False, drill=Drill("elder-estates", lambda month: {f"no_{gate.value}": "True"}, title="查看还没有的"),
        formula=Formula(numerator=Rows(passed), denominator=Rows(delivered), known=Rows(known)),
    )  # fmt: skip


FOUR_RATES = tuple(_rate(gate, title) for gate, title in RATES.items())
IN_STEP = Indicator(
    code="estates.in_step", title="新建小区四同步率", line=LINE, unit="%", better=Better.MORE, covers=("S-098",),
    seed="003", counts="养老设施不晚于住宅移交的新建小区", of="住宅已交付的新建小区", source="住宅小区养老设施台账",
    personal=False, drill=Drill("elder-estates", lambda month: {"new": "True", "together": "False"}, title="查看没有同步的"),
    formula=Formula(numerator=Rows(in_step), denominator=Rows(new_ones), known=Rows(known)),
)  # fmt: skip
