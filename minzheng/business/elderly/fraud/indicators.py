"""How many clues were settled, and what old people got back (S-110)."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from minzheng.business.elderly.fraud.models import Clue
from minzheng.datacenter.indicators.words import Better, Drill, Formula, Indicator, Rows
from minzheng.foundation.benefits.months import last_day

LINE = "养老"


def known(month: dt.date) -> QuerySet[Clue]:
    return Clue.objects.all()


def told(month: dt.date) -> QuerySet[Clue]:
    """Since the year began."""
    return Clue.objects.filter(told_on__range=(month.replace(month=1, day=1), last_day(month)))


def settled(month: dt.date) -> QuerySet[Clue]:
    return told(month).filter(closed_on__lte=last_day(month))


def closed(month: dt.date) -> QuerySet[Clue]:
    return Clue.objects.filter(closed_on__range=(month, last_day(month)))


SETTLED = Indicator(
    code="elder_fraud.settled", title="养老涉诈线索办结率", line=LINE, unit="%", better=Better.MORE, covers=("S-110",),
    seed="002", counts="本年收到、已经办结的线索", of="本年收到的线索", source="养老领域涉诈线索", personal=False,
    drill=Drill("elder-fraud-clues", lambda month: {"open": "True"}, title="查看没有办结的"),
    formula=Formula(numerator=Rows(settled), denominator=Rows(told), known=Rows(known)),
)  # fmt: skip
RECOVERED = Indicator(
    code="elder_fraud.recovered", title="为老年人追回的钱", line=LINE, unit="元", better=Better.MORE, covers=("S-110",),
    counts="当月办结的线索追回的金额", source="养老领域涉诈线索", personal=False,
    formula=Formula(numerator=Rows(closed, amount="recovered_fen"), known=Rows(known)),
)  # fmt: skip
