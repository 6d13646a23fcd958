"""Studies of relative poverty, and what each found by township, to be exported and compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.business.assistance.relative.actions import PERMISSION, start
from minzheng.business.assistance.relative.models import Method, State, Study, StudyPlace
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.people.named import WHERE
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, RowAction, Search

READ = "statistics.read"
TONES = {State.DRAFT: "neutral", State.RUNNING: "info", State.DONE: "ok", State.FAILED: "bad"}
NOT_SHOWN = "不显示"
NOBODY_IS_JUDGED = "不能作为任何家庭能否得到救助的依据。"


def in_percent(rate: float | None) -> str:
    return NOT_SHOWN if rate is None else f"{rate:.1f}%"


def rate_of(study: Study) -> str:
    whole = study.whole
    return in_percent(whole.rate) if whole else ""


def studies() -> QuerySet[Study]:
    return Study.objects.select_related("region").prefetch_related("places")


def places_of(study: Study, on: dt.date) -> QuerySet[StudyPlace]:
    return study.places.select_related("region").order_by("region_id")


def told(study: Study, key: str) -> Any:
    return study.inputs.get(key)


FACTS = (
    Column("title", "名称"),
    Column("region", "研究地区", "region"),
    Column("on", "按哪一天", "date", sortable=True),
    Column("method", "界线怎么定", "choice"),
    Column("percent", "百分比", "number"),
    Column("low_fen", "界线（每人每年）", "money"),
    Column("rate", "低于界线的人口占比", read=rate_of),
    Column("state", "状态", "badge", tones=TONES),
)


def told_of(name: str) -> Callable[[StudyPlace], Any]:
    """A count, or that it must not be told."""
    return lambda place: NOT_SHOWN if getattr(place, name) is None else getattr(place, name)


def count(key: str, label: str, *, shown: bool = True) -> Column:
    return Column(key, label, "number", read=told_of(key), shown=shown)


RATE = Column("rate", "占收入已知人口", "number", read=lambda one: in_percent(one.rate))
PERSONS = (
    count("poor_persons", "低于界线（人）"),
    count("undetermined_persons", "未定（人）"),
)

STUDIES = Register(
    code="relative-studies",
    title="相对贫困研究",
    covers=("S-072",),
    model=Study,
    rows=studies,
    icon="chart-line",
    unit="次",
    read=READ,
    write=PERMISSION,
    help=f"换一条界线，看看多少家庭的收入明显低于当地水平；收入不全的单独列出。{NOBODY_IS_JUDGED}",
    columns=FACTS,
    filters=(
        WHERE,
        Filter("method", "界线怎么定", "choice", options=tuple(Method.choices)),
        Filter("state", "状态", "choice", options=tuple(State.choices)),
        Filter("on", "按哪一天", "dates"),
    ),
    search=(Search("title", "contains"),),
    search_hint="名称里的字",
    changeable=lambda one: one.state in {State.DRAFT, State.FAILED},
    form=Form(
        (
            Section(
                "study",
                "研究",
                (
                    Question("title", "名称", max=80, hint="例如：2026年第三季度，中位数40%。"),
                    Question("region", "研究哪个县（市、区）", "region", level=3),
                    Question("on", "按哪一天的收入和标准", "date", tense="past"),
                    Question("method", "界线怎么定", "choice", options=tuple(Method.choices)),
                    Question("percent", "百分比", "number", min=1, max=500, required=False, unit="%", hint="不填就用标准里的默认值。"),
                ),
            ),
        )
    ),
    actions=(
        RowAction(
            "count", "测算", start, PERMISSION, "按台账里已知的收入测算，几秒到几分钟；测算以后不能修改。",
            is_open=lambda one: one.state in {State.DRAFT, State.FAILED}, bulk=False,
        ),
    ),
    links=lambda one: [("看结果、与另一次对比", reverse("desk:relative", args=[one.pk]))] if one.state == State.DONE else [],
    details=(
        Block(
            "研究",
            (
                *FACTS,
                Column("high_fen", "界线上限（各地标准不同时）", "money"),
                Column("median_fen", "人均收入中位数（每年）", "money", read=lambda one: told(one, "median_fen")),
                Column("known", "收入已知（户）", "number", read=lambda one: told(one, "known")),
                Column("standards", "标准集", read=lambda one: told(one, "standards")),
                Column("digest", "数据指纹", "code", read=lambda one: told(one, "digest")),
                Column("maker", "研究人", "name", "maker__name"),
                Column("note", "说明"),
            ),
        ),
        Related(
            "分地区结果",
            (Column("region", "地区", "name", read=lambda one: one.region.name), *PERSONS, RATE),
            places_of, empty="还没有测算，点上面的“测算”。",
        ),
    ),
)  # fmt: skip
PLACES = Register(
    code="relative-places",
    title="相对贫困分地区结果",
    covers=("S-072",),
    model=StudyPlace,
    rows=lambda: StudyPlace.objects.select_related("study", "region"),
    icon="chart-bar",
    unit="行",
    read=READ,
    write=PERMISSION,
    help=f"每次研究在县和各乡镇（街道）的结果，可以导出。少于5户（人）的数和会推出它的数不显示。{NOBODY_IS_JUDGED}",
    columns=(
        Column("study", "研究", path="study__title"),
        Column("region", "地区", "region"),
        Column("on", "按哪一天", "date", "study__on"),
        *PERSONS,
        RATE,
        count("persons", "全部（人）", shown=False),
        count("helped_persons", "其中已享低保、特困（人）", shown=False),
        count("households", "全部（户）", shown=False),
        count("poor_households", "低于界线（户）", shown=False),
        count("helped_households", "其中已享低保、特困（户）", shown=False),
        count("undetermined_households", "未定（户）", shown=False),
    ),
    filters=(
        WHERE,
        Filter("on", "按哪一天", "dates", "study__on"),
        Filter("method", "界线怎么定", "choice", "study__method", options=tuple(Method.choices)),
    ),
    search=(Search("study__title", "contains"),),
    search_hint="研究名称里的字",
)
