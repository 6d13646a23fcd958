"""行动项目 and 行动问题: what takes part in which programme, and what was found wrong there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.urls import NoReverseMatch, reverse

from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.programmes.access import PLAN, READ, REPORT, VERIFY
from minzheng.foundation.programmes.counting import with_late
from minzheng.foundation.programmes.loop import assign_problem
from minzheng.foundation.programmes.models import Problem, ProblemState, State, Undertaking
from minzheng.foundation.programmes.programmes import DECLARED
from minzheng.foundation.programmes.progress import accept, send_back, stop
from minzheng.foundation.programmes.words import Programme
from minzheng.foundation.registers import Column, Filter, Import, Register, RowAction, Search
from minzheng.foundation.registry.words import shelf

STATE_TONES = {
    State.PLANNED: "neutral",
    State.STARTED: "info",
    State.REPORTED: "warn",
    State.DONE: "ok",
    State.STOPPED: "neutral",
}
PROBLEM_TONES = {
    ProblemState.FOUND: "bad",
    ProblemState.ASSIGNED: "warn",
    ProblemState.FIXED: "info",
    ProblemState.VERIFIED: "ok",
}
REASON = Question("reason", "理由", "long_text", min=2, max=200)


def titles() -> tuple[tuple[str, str], ...]:
    return tuple((one.code, one.title) for one in shelf(Programme))


def title_of(row: Undertaking | Problem) -> str:
    """A programme that is no longer declared keeps its code."""
    code = row.programme if isinstance(row, Undertaking) else row.undertaking.programme
    return shelf(Programme).get(code).title if code in shelf(Programme) else code


def undertakings() -> QuerySet[Undertaking]:
    return with_late(
        Undertaking.objects.select_related("region", "reported_by", "accepted_by"), dt.date.today()
    )


def problems() -> QuerySet[Problem]:
    late = ~Q(state=ProblemState.VERIFIED) & Q(due_on__lt=dt.date.today())
    found = Problem.objects.select_related("region", "undertaking", "found_by", "fixed_by", "verified_by")
    return found.annotate(late=ExpressionWrapper(late, output_field=BooleanField()))


def page(route: str, row: Any) -> list[tuple[str, str]]:
    """The desk's own page of the row, where the desk is installed."""
    try:
        return [("办理", reverse(route, args=[row.pk]))]
    except NoReverseMatch:
        return []


def ready(row: Undertaking) -> None:
    row.clean()


UNDERTAKINGS = Register(
    code="undertakings",
    title="行动项目",
    model=Undertaking,
    rows=undertakings,
    icon="flag",
    unit="个",
    help="各项行动在各地的项目：谁、在哪、什么时候完成、花多少钱、到了哪一步。",
    read=READ,
    write=PLAN,
    name=lambda one: one.name,
    columns=(
        Column("name", "名称", "name"),
        Column("programme", "行动", read=title_of),
        Column("year", "年度", "number"),
        Column("region", "所在地", "region"),
        Column("state", "状态", "badge", tones=STATE_TONES),
        Column("progress", "进度（%）", "number"),
        Column("due_on", "计划完成", "date", sortable=True),
        Column("funds_fen", "计划资金", "money"),
        Column("paid_fen", "已支付", "money"),
        Column("owner", "责任单位", shown=False),
        Column("done_on", "完成日期", "date", shown=False),
    ),
    filters=(
        Filter("programme", "行动", "choice", options=titles),
        Filter("year", "年度", "numbers"),
        Filter("state", "状态", "choice"),
        Filter("late", "超期", "yes_no"),
        Filter("region", "所在地", "region", "region_id"),
    ),
    search=(Search("name", "contains"),),
    search_hint="项目名称",
    links=lambda one: page("desk:programmes:undertaking", one),
    form=Form(
        (
            Section(
                "unit",
                "项目",
                (
                    Question("programme", "行动", "choice", options=tuple((one.code, one.title) for one in DECLARED)),
                    Question("year", "年度", "number", min=2015, max=2100),
                    Question("name", "名称", "text", max=80),
                    Question("region", "所在村（社区）", "region"),
                    Question("owner", "责任单位", "text", required=False, max=60),
                    Question("starts_on", "计划开工", "date", required=False),
                    Question("due_on", "计划完成", "date"),
                    Question("funds_fen", "计划资金", "money", required=False),
                ),
            ),
        )
    ),
    imports=Import(key=("programme", "year", "name", "region"), ready=ready, note="一行一个项目；再次导入同名项目是修改。"),
    actions=(
        RowAction(
            "accept", "验收", accept, VERIFY, "确认这些项目已经完成。报完成的人不能自己验收。",
            is_open=lambda one: one.state == State.REPORTED,
        ),
        RowAction(
            "send_back", "退回", send_back, VERIFY, "还没有完成，退回继续实施。", questions=(REASON,),
            is_open=lambda one: one.state == State.REPORTED,
        ),
        RowAction(
            "stop", "中止", stop, PLAN, "不再实施，不计入计划。", questions=(REASON,),
            is_open=lambda one: one.state in (State.PLANNED, State.STARTED), danger=True,
        ),
    ),
)  # fmt: skip

PROBLEMS = Register(
    code="problems",
    title="行动问题",
    model=Problem,
    rows=problems,
    icon="alert-triangle",
    unit="个",
    help="检查发现的问题：交办、整改、由另一位同志复核销号。超期的逐级上报。",
    read=READ,
    write=REPORT,
    name=lambda one: one.title,
    columns=(
        Column("title", "问题", "name"),
        Column("unit", "单位", path="undertaking__name"),
        Column("programme", "行动", read=title_of),
        Column("region", "所在地", "region"),
        Column("level", "等级", "badge", tones={"major": "bad", "general": "neutral"}),
        Column("state", "状态", "badge", tones=PROBLEM_TONES),
        Column("found_on", "发现", "date", sortable=True),
        Column("due_on", "整改期限", "date"),
        Column("fixed_on", "整改", "date", shown=False),
        Column("verified_on", "复核", "date", shown=False),
        Column("round", "交办次数", "number", shown=False),
    ),
    filters=(
        Filter("programme", "行动", "choice", "undertaking__programme", options=titles),
        Filter("state", "状态", "choice"),
        Filter("level", "等级", "choice"),
        Filter("late", "超期", "yes_no"),
        Filter("unit", "项目编号", "numbers", "undertaking_id"),
        Filter("region", "所在地", "region", "region_id"),
    ),
    search=(Search("title", "contains"), Search("undertaking__name", "contains")),
    search_hint="问题或单位名称",
    links=lambda one: page("desk:programmes:problem", one),
    actions=(
        RowAction(
            "assign", "交办", assign_problem, VERIFY, "交给乡镇（街道）督促整改，期限按等级。",
            questions=(Question("measure", "整改要求", "long_text", required=False, max=200),),
            is_open=lambda one: one.state == ProblemState.FOUND,
        ),
    ),
)  # fmt: skip
