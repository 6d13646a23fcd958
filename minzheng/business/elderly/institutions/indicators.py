"""Beds and what share of them is for nursing; how many old people have a service within reach."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from minzheng.business.elderly.institutions.circle import elders, end_of, reached_elders
from minzheng.business.elderly.institutions.models import Bed, BedKind, Home
from minzheng.business.elderly.institutions.models.homes import Ownership
from minzheng.business.elderly.institutions.rating import SHEET
from minzheng.datacenter.indicators.words import Drill, Formula, Indicator, Period, Rows
from minzheng.foundation.facilities.models import Facility, Seat
from minzheng.foundation.scoring.models import UNDER_WAY, Assessment, State

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
    code="N25",
    title="新增养老床位",
    covers=("S-091",),
    seed="000",
    line=LINE,
    unit="张",
    counts="本年启用、仍在用的养老床位",
    source="养老床位台账",
    personal=False,
    drill=Drill("elder-home-beds", _opened),
    formula=Formula(numerator=Rows(new_beds, PLACE), known=Rows(kept, PLACE)),
)
NEW_TEKUN_BEDS = Indicator(
    code="N15a",
    title="新增特困供养床位",
    covers=("S-090",),
    seed="003",
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


def private(month: dt.date) -> QuerySet[Home]:
    """民办, and open on the day the month is judged by."""
    there = Facility.objects.on(end_of(month)).filter(kind=SHEET.facility)
    return Home.objects.filter(facility__in=there, ownership=Ownership.PRIVATE)


def private_rated(month: dt.date) -> QuerySet[Home]:
    """Applied for a grade that holds then, or whose rating is under way: a refusal and a grade run out take part no more."""
    on = end_of(month)
    taking_part = Assessment.objects.filter(
        Q(state=State.GRANTED, granted_on__lte=on, valid_until__gte=on) | Q(state__in=UNDER_WAY),
        sheet=SHEET.code,
        opened_on__lte=on,
    )
    # A grade given before this system kept ratings stands on the home alone.
    graded = Q(grade__gt=0) & (Q(grade_until=None) | Q(grade_until__gte=on))
    return private(month).filter(graded | Q(facility__in=taking_part.values("facility")))


RATED = Indicator(
    code="N24",
    title="民办养老机构等级评定参评率",
    covers=("S-083",),
    line=LINE,
    unit="%",
    period=Period.POINT,
    seed="001",
    counts="有等级或正在评定的民办养老机构",
    of="开着的民办养老机构",
    source="养老机构台账、等级评定",
    personal=False,
    formula=Formula(
        numerator=Rows(private_rated, "facility__region_id"),
        denominator=Rows(private, "facility__region_id"),
        known=Rows(private, "facility__region_id"),
    ),
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
