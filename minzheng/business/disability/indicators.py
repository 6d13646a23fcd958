"""What is done for disabled persons: the two subsidies in force, people, money; how far community rehabilitation reaches."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.db.models.functions import Left

from minzheng.business.disability.benefits import LIVING, NURSING
from minzheng.business.disability.models import Rehab
from minzheng.datacenter.indicators.benefits import entitled, kept, paid, ran, recipients_filter, standard
from minzheng.datacenter.indicators.words import Better, Drill, Formula, Indicator, Period, Rows
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, Level, Region

LINE = "残疾人福利"
BOTH = (LIVING.code, NURSING.code)

STANDARDS = (
    standard(
        "N04a", "困难残疾人生活补贴标准", "living_subsidy_standard", line=LINE, unit="元/人·月", seed="003"
    ),
    standard(
        "N04b", "重度残疾人护理补贴标准", "nursing_subsidy_standard", line=LINE, unit="元/人·月", seed="003"
    ),
)

PERSONS = tuple(
    Indicator(
        code=f"disability.{benefit.code}_persons", title=f"{benefit.title}人数", line=LINE, unit="人",
        counts=f"当月享受{benefit.title}的人", better=Better.NONE, source="待遇台账",
        drill=Drill(benefit.code, recipients_filter),
        formula=Formula(numerator=Rows(entitled(benefit.code)), known=Rows(kept(benefit.code))),
    )
    for benefit in (LIVING, NURSING)
)  # fmt: skip

SPENDING = Indicator(
    code="N14", title="残疾人两项补贴支出", line=LINE, unit="元", seed="000", period=Period.YEAR,
    counts="当年1月到当月发放中已发的两项补贴", better=Better.NONE, source="发放明细",
    formula=Formula(
        numerator=Rows(paid(*BOTH, whole_year=True), amount="amount_fen"),
        known=Rows(ran(*BOTH, whole_year=True)),
    ),
)  # fmt: skip


def in_rehab(month: dt.date) -> QuerySet[Rehab]:
    """Whoever was in community rehabilitation on some day of the month."""
    return Rehab.objects.filter(Q(until=None) | Q(until__gte=month), since__lte=last_day(month))


def counties(month: dt.date) -> QuerySet[Region]:
    return Region.objects.on(last_day(month)).filter(level=Level.COUNTY)


def serving(month: dt.date) -> QuerySet[Region]:
    """Counties in which somebody is in community rehabilitation."""
    digits = SIGNIFICANT_DIGITS[Level.COUNTY]
    there = in_rehab(month).annotate(county=Left("region_id", digits)).values("county")
    return counties(month).annotate(county=Left("code", digits)).filter(county__in=there)


REHABILITATION = (
    Indicator(
        code="disability.rehab_counties", title="精神障碍社区康复覆盖的县比例", line=LINE, unit="%", seed="003",
        period=Period.POINT, lowest=Level.COUNTY, personal=False,
        counts="有人正在接受精神障碍社区康复服务的县（市、区）", of="全部县（市、区）", source="精神障碍社区康复台账",
        note="按实际服务计算；年度计划的完成情况见行动“精神障碍社区康复服务”",
        formula=Formula(
            numerator=Rows(serving, "code"), denominator=Rows(counties, "code"), known=Rows(counties, "code")
        ),
    ),
    Indicator(
        code="disability.rehab_persons", title="精神障碍社区康复服务人数", line=LINE, unit="人",
        counts="当月接受社区康复服务的人", source="精神障碍社区康复台账",
        drill=Drill("rehabs", lambda month: {"running": True}, permission="person.read"),
        formula=Formula(numerator=Rows(in_rehab), known=Rows(counties, "code")),
    ),
)  # fmt: skip
