"""Cremations, what is waived, eco-burials, and how full the public places are."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from minzheng.business.funeral.facilities import HOME
from minzheng.business.funeral.models import Bill, EcoBurial, Reception, Spot, SpotState
from minzheng.datacenter.indicators.words import Better, Formula, Indicator, Rows
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.facilities.models import Facility

LINE = "殡葬"


def homes(month: dt.date) -> QuerySet[Any]:
    """Where there is a funeral home, its figures are kept here."""
    return Facility.objects.filter(kind=HOME.code, opened_on__lte=last_day(month))


def cremated(month: dt.date) -> QuerySet[Any]:
    return Reception.objects.filter(cremated_on__range=(month, last_day(month)))


def bills(month: dt.date) -> QuerySet[Any]:
    return Bill.objects.filter(on__range=(month, last_day(month)), waived_fen__gt=0)


def eco(month: dt.date) -> QuerySet[Any]:
    return EcoBurial.objects.filter(done_on__range=(month, last_day(month)))


def spots(month: dt.date) -> QuerySet[Any]:
    return Spot.objects.exclude(state=SpotState.CLOSED)


def used(month: dt.date) -> QuerySet[Any]:
    return Spot.objects.filter(Q(state=SpotState.USED))


CREMATIONS = Indicator(
    code="funeral.cremations", title="火化遗体", line=LINE, unit="具", better=Better.NONE,
    counts="当月火化的遗体", source="殡仪馆火化登记",
    formula=Formula(numerator=Rows(cremated), known=Rows(homes)),
)  # fmt: skip
WAIVED = Indicator(
    code="funeral.waived", title="殡葬基本服务费减免", line=LINE, unit="元", better=Better.NONE,
    counts="当月账单上减免的金额", source="殡仪馆费用结算单",
    formula=Formula(numerator=Rows(bills, amount="waived_fen"), known=Rows(homes)),
)  # fmt: skip
ECO = Indicator(
    code="funeral.eco", title="节地生态安葬", line=LINE, unit="例", better=Better.MORE,
    counts="当月生态安葬的逝者", source="生态安葬台账",
    formula=Formula(numerator=Rows(eco), known=Rows(homes)),
)  # fmt: skip
OCCUPIED = Indicator(
    code="funeral.occupied", title="公益性安葬（放）设施使用率", line=LINE, unit="%", better=Better.NONE,
    counts="使用中的墓位、格位", of="没有停用的墓位、格位", source="安葬（放）设施台账", personal=False,
    formula=Formula(numerator=Rows(used), denominator=Rows(spots), known=Rows(spots)),
)  # fmt: skip
