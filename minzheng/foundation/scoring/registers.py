"""等级评定: every rating, under way or in force; scores and votes are on the desk's own page."""

from __future__ import annotations

import datetime as dt

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from minzheng.foundation.programmes.registers import page
from minzheng.foundation.registers import Column, Filter, Register, Search
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.scoring.models import UNDER_WAY, Assessment, State
from minzheng.foundation.scoring.words import ScoreSheet

TONES = {
    State.GRANTED: "ok",
    State.PUBLICITY: "info",
    State.REFUSED: "neutral",
    State.WITHDRAWN: "bad",
    State.EXPIRED: "warn",
    State.REPLACED: "neutral",
}


def sheets() -> tuple[tuple[str, str], ...]:
    return tuple((one.code, one.title) for one in shelf(ScoreSheet) if one.is_rating)


def title_of(one: Assessment) -> str:
    return shelf(ScoreSheet).get(one.sheet).title if one.sheet in shelf(ScoreSheet) else one.sheet


def assessments() -> QuerySet[Assessment]:
    late = Q(state__in=UNDER_WAY, due_on__lt=dt.date.today())
    found = Assessment.objects.select_related("region", "facility")
    return found.annotate(late=ExpressionWrapper(late, output_field=BooleanField()))


ASSESSMENTS = Register(
    code="assessments",
    title="等级评定",
    model=Assessment,
    rows=assessments,
    icon="award",
    unit="次",
    help="自评、现场评分、委员会表决、公示、授牌。评分和理由在办理页面。",
    read="rating.read",
    write="rating.apply",
    columns=(
        Column("name", "名称", "name"),
        Column("sheet", "评定", read=title_of),
        Column("region", "所在地", "region"),
        Column("state", "状态", "badge", tones=TONES),
        Column("grade_title", "等级", read=lambda one: one.grade_title),
        Column("total", "总分", "number"),
        Column("opened_on", "申报", "date", sortable=True),
        Column("granted_on", "授牌", "date"),
        Column("valid_until", "有效期至", "date"),
    ),
    filters=(
        Filter("sheet", "评定", "choice", options=sheets),
        Filter("state", "状态", "choice"),
        Filter("grade", "等级", "numbers"),
        Filter("late", "超期", "yes_no"),
        Filter("region", "所在地", "region", "region_id"),
    ),
    search=(Search("name", "contains"),),
    search_hint="机构名称",
    links=lambda one: page("desk:ratings:rating", one),
)
