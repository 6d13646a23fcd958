"""Beds and what share of them is for nursing; how many old people have a service within reach."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from minzheng.business.elderly.institutions.circle import elders, end_of, reached_elders
from minzheng.business.elderly.institutions.models import Bed, BedKind
from minzheng.datacenter.indicators.words import Drill, Formula, Indicator, Period, Rows
from minzheng.foundation.facilities.models import Seat

LINE = "养老"
PLACE = "home__facility__region_id"


def beds(month: dt.date) -> QuerySet[Bed]:
    """Beds in use (or to be had) on the day the month is judged by."""
    on = end_of(month)
    return Bed.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), opened_on__lte=on)


def nursing(month: dt.date) -> QuerySet[Bed]:
    return beds(month).filter(kind=BedKind.NURSING)


def new_beds(month: dt.date) -> QuerySet[Bed]:
    """Opened since the year began."""
    return beds(month).filter(opened_on__gte=month.replace(month=1, day=1))


def new_tekun_beds(month: dt.date) -> QuerySet[Bed]:
    return new_beds(month).filter(is_tekun=True)


def kept(month: dt.date) -> QuerySet[Bed]:
    return Bed.objects.all()


def _opened(month: dt.date, **more: str) -> dict[str, str]:
    year = month.replace(month=1, day=1)
    return {"open": "True", "opened_from": year.isoformat(), "opened_to": end_of(month).isoformat(), **more}


BEDS = Indicator(
    code="homes.beds",
    title="养老床位",
    covers=("S-091",),
    line=LINE,
    unit="张",
    period=Period.POINT,
    counts="养老机构在用的床位",
    source="养老床位台账",
    personal=False,
    drill=Drill("elder-home-beds", lambda month: {"open": "True", "opened_to": end_of(month).isoformat()}),
    formula=Formula(numerator=Rows(beds, PLACE), known=Rows(kept, PLACE)),
)
NEW_BEDS = Indicator(
    code="homes.new_beds",
    title="本年新增养老床位",
    covers=("S-091",),
    line=LINE,
    unit="张",
    counts="本年启用、仍在用的养老床位",
    source="养老床位台账",
    personal=False,
    drill=Drill("elder-home-beds", _opened),
    formula=Formula(numerator=Rows(new_beds, PLACE), known=Rows(kept, PLACE)),
)
NEW_TEKUN_BEDS = Indicator(
    code="homes.new_tekun_beds",
    title="本年新增特困供养床位",
    covers=("S-090",),
    line=LINE,
    unit="张",
    counts="本年启用、仍在用的特困供养床位",
    source="养老床位台账",
    personal=False,
    drill=Drill("elder-home-beds", lambda month: _opened(month, tekun="True")),
    formula=Formula(numerator=Rows(new_tekun_beds, PLACE), known=Rows(kept, PLACE)),
)
NURSING_SHARE = Indicator(
    code="homes.nursing_share",
    title="护理型床位占比",
    covers=("S-089",),
    line=LINE,
    unit="%",
    period=Period.POINT,
    counts="在用的护理型床位",
    of="在用的养老床位",
    note="“十四五”国家老龄事业发展规划：2025年达到55%以上（K）",
    source="养老床位台账",
    personal=False,
    drill=Drill(
        "elder-home-beds",
        lambda month: {"open": "True", "kind": BedKind.NURSING, "opened_to": end_of(month).isoformat()},
    ),
    formula=Formula(numerator=Rows(nursing, PLACE), denominator=Rows(beds, PLACE), known=Rows(kept, PLACE)),
)
CIRCLE = Indicator(
    code="homes.circle",
    title="15分钟助老圈覆盖率",
    covers=("S-097",),
    line=LINE,
    unit="%",
    period=Period.POINT,
    counts="15分钟内能到一处养老服务设施的老年人",
    of="住处有驻地坐标的老年人",
    note="路程从村（居）委会驻地量起；几分钟、每分钟多少米、绕行系数按各地标准",
    source="设施台账、人员台账",
    drill=Drill("elder-circle", lambda month: {}, permission="person.read"),
    formula=Formula(
        numerator=Rows(lambda month: reached_elders(end_of(month))),
        denominator=Rows(lambda month: elders(end_of(month))),
        known=Rows(lambda month: Seat.objects.all()),
    ),
)
