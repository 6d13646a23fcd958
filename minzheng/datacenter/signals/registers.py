"""预警, 低收入人口库 and 摸排对象 as lists: what was found, about whom, what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Case, QuerySet, Value, When
from django.db.models.fields import BooleanField

from minzheng.datacenter.signals.groups import THIRTEEN, declared_groups
from minzheng.datacenter.signals.models import (
    Alert,
    AlertState,
    LibraryEntry,
    Outcome,
    Sweep,
    SweepTarget,
    labels,
)
from minzheng.datacenter.signals.trace import clauses_of, in_words, visits_of
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.people.models import Membership
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, Search

STATE_TONES = {AlertState.OPEN: "warn", AlertState.DONE: "ok", AlertState.WITHDRAWN: "neutral"}
OUTCOME_TONES = {
    Outcome.FIXED: "ok",
    Outcome.REFERRED: "info",
    Outcome.CONFERENCE: "info",
    Outcome.CASE: "info",
    Outcome.NO_NEED: "neutral",
    Outcome.DESK: "neutral",
}


def alerts() -> QuerySet[Alert]:
    overdue = When(state=AlertState.OPEN, due_on__lt=dt.date.today(), then=Value(True))
    return Alert.objects.select_related("household__head", "person", "region").annotate(
        overdue=Case(overdue, default=Value(False), output_field=BooleanField())
    )


def who(row: Alert) -> str:
    """The person it is about, or the head of the household."""
    if row.person is not None:
        return row.person.name
    return row.household.head.name if row.household is not None else ""


def people_of(rows: Sequence[Alert]) -> Iterable[int]:
    households = [row.household_id for row in rows if row.household_id and not row.person_id]
    return {*_members(households), *(row.person_id for row in rows if row.person_id)}


def _members(households: Iterable[int]) -> Iterable[int]:
    return Membership.objects.filter(household__in=list(households), until=None).values_list(
        "person_id", flat=True
    )


ALERTS = Register(
    code="alerts",
    covers=("S-053", "S-054"),
    title="预警",
    model=Alert,
    icon="bell",
    unit="条",
    help="预警只派人上门看一看，不会自动给予或停发。情形不再存在的自动撤回。",
    rows=alerts,
    read="task.read",
    name=lambda row: f"{row.get_signal_display()}（{row.month:%Y年%m月}）",
    persons=people_of,
    columns=(
        Column("signal", "预警", "name"),
        Column("who", "户主或本人", "name", read=who),
        Column("region", "所在地", "region"),
        Column("due_on", "走访期限", "date", sortable=True),
        Column("state", "状态", "badge", tones=STATE_TONES),
        Column("outcome", "结果", "badge", tones=OUTCOME_TONES),
        Column("month", "预警月份", "month", shown=False),
        Column("weight", "权重", "number", shown=False),
    ),
    filters=(
        Filter("signal", "预警", "choice"),
        Filter("state", "状态", "choice"),
        Filter("overdue", "超期", "yes_no"),
        Filter("outcome", "结果", "choice"),
        Filter("region", "所在地", "region", "region_id"),
        Filter("month", "月份", "dates"),
    ),
    search=(Search("household__head__name"), Search("person__name")),
    search_hint="户主或本人姓名（从姓开始）",
    details=(
        Block(
            "预警",
            (
                Column("signal", "预警", "name"),
                Column("about", "情形", read=in_words),
                Column("who", "户主或本人", "name", read=who),
                Column("region", "所在地", "region"),
                Column("month", "预警月份", "month"),
                Column("seen_month", "最近成立月份", "month"),
                Column("opened_on", "派发日期", "date"),
                Column("due_on", "走访期限", "date"),
                Column("state", "状态", "badge", tones=STATE_TONES),
                Column("outcome", "结果", "badge", tones=OUTCOME_TONES),
                Column("closed_on", "办结日期", "date"),
                Column("note", "说明"),
            ),
        ),
        Related(
            "走访任务",
            (
                Column("title", "任务", "name"),
                Column("state", "状态", read=lambda task: task.get_state_display()),
                Column("due_on", "截止", "date"),
                Column("note", "说明"),
            ),
            visits_of,
            register="tasks",
            empty="没有派发走访（筛查已派人核实，或在派发前撤回）",
        ),
        Related(
            "逐条依据（用窗口的同一套规则重算）",
            (
                Column("label", "条款", read=lambda clause: clause.label),
                Column("text", "结果", read=lambda clause: clause.text),
                Column("cite", "依据", read=lambda clause: clause.cite),
            ),
            clauses_of,
            empty="这项预警由台账比对得出，没有逐条规则",
        ),
    ),
)


def entries() -> QuerySet[LibraryEntry]:
    """The newest month of each household's county is what the library says today; older months stay to compare."""
    return LibraryEntry.objects.select_related("household__head", "region")


def label_text(row: LibraryEntry) -> str:
    titles = declared_groups().titles
    return "、".join(titles.get(code, code) for code in row.labels)


def alert_text(row: LibraryEntry) -> str:
    titles = dict(Alert._meta.get_field("signal").flatchoices)
    return "、".join(f"{titles.get(one['signal'], one['signal'])} {one['weight']}分" for one in row.reasons)


LIBRARY = Register(
    code="low-income",
    covers=("S-018", "S-053"),
    title="低收入人口库",
    model=LibraryEntry,
    icon="database",
    unit="户",
    help="每月由规则和台账重新算一遍。层次决定救助力度，标签说明困难在哪里，风险分高的先走访。",
    rows=entries,
    read="task.read",
    name=lambda row: f"{row.household}（{row.month:%Y年%m月}）",
    persons=lambda rows: _members(row.household_id for row in rows),
    order=("-month", "region_id"),
    columns=(
        Column("head", "户主", "name", "household__head__name"),
        Column("region", "所在地", "region"),
        Column("layer", "层次", "badge", tones={"tekun": "info", "dibao": "ok", "watched": "warn"}),
        Column("labels", "标签", read=label_text),
        Column("score", "风险分", "number", sortable=True),
        Column("month", "月份", "month", sortable=True),
        Column("id_no", "户主身份号码", "id_no", "household__head__id_no", shown=False),
    ),
    filters=(
        Filter("layer", "层次", "choice"),
        Filter("labels", "标签", "choice", options=labels),
        Filter("score", "风险分", "numbers"),
        Filter("region", "所在地", "region", "region_id"),
        Filter("month", "月份", "dates"),
    ),
    search=(Search("household__head__name"), Search("household__head__id_no", "exact")),
    search_hint="户主姓名（从姓开始）或完整身份号码",
    details=(
        Block(
            "低收入人口",
            (
                Column("head", "户主", "name", "household__head__name"),
                Column("id_no", "户主身份号码", "id_no", "household__head__id_no"),
                Column("region", "所在地", "region"),
                Column("layer", "层次", "badge", tones={"tekun": "info", "dibao": "ok", "watched": "warn"}),
                Column("labels", "标签", read=label_text),
                Column("score", "风险分", "number"),
                Column("reasons", "预警", read=alert_text),
                Column("month", "月份", "month"),
            ),
        ),
        Related(
            "以前各月",
            (
                Column("month", "月份", "month"),
                Column("layer", "层次", read=lambda row: row.get_layer_display()),
                Column("labels", "标签", read=label_text),
                Column("score", "风险分", "number"),
            ),
            lambda row, day: LibraryEntry.objects.filter(household=row.household_id).exclude(pk=row.pk),
            register="low-income",
            empty="这是第一个月",
        ),
    ),
)


def thirteen() -> tuple[tuple[str, str], ...]:
    return tuple(
        (group.code, group.title) for group in declared_groups().on(THIRTEEN, dt.date.today()).groups
    )


def sweeps_of(access: Access) -> Iterable[tuple[int, str]]:
    """Sweeps with a household in the user's regions: a county's sweep reaches its townships, nobody else's."""
    reached = access.scope("task.read", SweepTarget.objects.all()).values("sweep_id")
    return Sweep.objects.filter(pk__in=reached).order_by("-pk").values_list("pk", "title")


SWEEP_TARGETS = Register(
    code="sweep-targets",
    covers=("S-056", "S-057"),
    title="摸排对象",
    model=SweepTarget,
    icon="route",
    unit="户",
    help="摸排要走到的每一户；走访办结后自动记下日期。",
    rows=lambda: SweepTarget.objects.select_related("sweep", "household__head", "region"),
    read="task.read",
    name=lambda row: f"{row.household}",
    persons=lambda rows: _members(row.household_id for row in rows),
    columns=(
        Column("head", "户主", "name", "household__head__name"),
        Column("region", "所在地", "region"),
        Column("sweep", "摸排", read=lambda row: row.sweep.title),
        Column(
            "groups",
            "人群",
            read=lambda row: "、".join(declared_groups().titles.get(code, code) for code in row.groups),
        ),
        Column("visited_on", "走访日期", "date"),
        Column("outcome", "结果", "choice", options=tuple(Outcome.choices)),
    ),
    filters=(
        Filter(
            "sweep",
            "摸排",
            "choice",
            "sweep_id",
            options_for=sweeps_of,
        ),
        Filter("groups", "人群", "choice", options=thirteen),
        Filter("unvisited", "还没有走访", "yes_no", "visited_on__isnull"),
        Filter("region", "所在地", "region", "region_id"),
    ),
    search=(Search("household__head__name"),),
    search_hint="户主姓名（从姓开始）",
)
