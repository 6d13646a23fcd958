"""How many people were helped, how they left, how long until somebody searched for them; what the street patrols came to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from minzheng.business.rescue.facilities import STATION
from minzheng.business.rescue.models import Encounter, Identity, Patrol, Search, Season, Stay, Way
from minzheng.datacenter.indicators.words import Better, Drill, Formula, Indicator, Rows
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.facilities.models import Facility

LINE = "救助管理"


def stations(month: dt.date) -> QuerySet[Any]:
    """Where there is a station, its figures are kept here."""
    return Facility.objects.filter(kind=STATION.code, opened_on__lte=last_day(month))


def arrived(month: dt.date) -> QuerySet[Any]:
    return Stay.objects.filter(arrived_on__range=(month, last_day(month)))


def left(month: dt.date) -> QuerySet[Any]:
    return Stay.objects.filter(left_on__range=(month, last_day(month)))


def home(month: dt.date) -> QuerySet[Any]:
    """Back with somebody who looks after them."""
    return left(month).filter(way__in=[Way.TICKET, Way.ESCORTED, Way.COLLECTED, Way.SETTLED])


def came_unknown(month: dt.date) -> QuerySet[Any]:
    """Whoever was not verified at the door: was searched for, or is unknown to this day."""
    searched = Search.objects.filter(stay=OuterRef("pk"))
    return arrived(month).filter(Q(Exists(searched)) | ~Q(identity=Identity.VERIFIED))


def named(month: dt.date) -> QuerySet[Any]:
    return came_unknown(month).filter(identity=Identity.VERIFIED)


def patrols(month: dt.date) -> QuerySet[Any]:
    return Patrol.objects.filter(on__range=(month, last_day(month)))


def met(month: dt.date) -> QuerySet[Any]:
    return Encounter.objects.filter(patrol__on__range=(month, last_day(month)))


def any_patrol(month: dt.date) -> QuerySet[Any]:
    return Patrol.objects.all()


def in_winter(month: dt.date) -> QuerySet[Any]:
    return patrols(month).filter(season=Season.WINTER)


STAYS = Indicator(
    code="rescue.stays", title="救助人次", line=LINE, unit="人次", better=Better.NONE, covers=("S-161",),
    counts="当月入站的人次", source="救助台账",
    formula=Formula(numerator=Rows(arrived), known=Rows(stations)),
    drill=Drill("rescue_stays", lambda month: {"arrived_from": f"{month}", "arrived_to": f"{last_day(month)}"}, permission="rescue.read"),
)  # fmt: skip
HOME = Indicator(
    code="rescue.home", title="返乡和安置率", line=LINE, unit="%", covers=("S-161",),
    counts="乘车、护送、接回返乡和落户安置的", of="当月离站的人次", source="救助台账",
    formula=Formula(numerator=Rows(home), denominator=Rows(left), known=Rows(stations)),
)  # fmt: skip
NAMED = Indicator(
    code="rescue.named", title="身份不明人员寻亲成功率", line=LINE, unit="%", covers=("S-164",),
    counts="其中已查明身份的", of="当月入站、入站时身份未查明的人次", source="救助台账、寻亲查询",
    formula=Formula(numerator=Rows(named), denominator=Rows(came_unknown), known=Rows(stations)),
)  # fmt: skip
MET = Indicator(
    code="rescue.met", title="街面巡查服务人次", line=LINE, unit="人次", better=Better.NONE, covers=("S-163",),
    counts="当月巡查遇到、发放物资或护送的人次", source="街面巡查", personal=False,
    formula=Formula(numerator=Rows(met), known=Rows(any_patrol)),
)  # fmt: skip
STAFF = Indicator(
    code="rescue.winter_staff", title="寒冬送温暖出动人次（巡查记录）", line=LINE, unit="人次", better=Better.NONE,
    covers=("S-163",), counts="寒冬送温暖期间巡查出动的工作人员人次", source="街面巡查", personal=False,
    formula=Formula(numerator=Rows(in_winter, amount="staff"), known=Rows(any_patrol)),
)  # fmt: skip
