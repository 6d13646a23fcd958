"""What the screening found, as a list to work through: send somebody to look, and close what was looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.datacenter.screening.actions import BY_HAND, close_finding, dispatch_finding
from minzheng.datacenter.screening.models import Finding, Kind, Result, State
from minzheng.datacenter.screening.wording import in_words
from minzheng.foundation.benefits.words import benefit_title
from minzheng.foundation.forms import Question
from minzheng.foundation.people.models import Membership
from minzheng.foundation.registers import Block, Column, Filter, Register, RowAction, Search

TONES = {
    Kind.ENTITLED_NOT_RECEIVING: "info",
    Kind.RECEIVING_NOT_ENTITLED: "bad",
    Kind.WRONG_AMOUNT: "warn",
    Kind.UNDETERMINED: "neutral",
    Kind.DEAD_PAID: "bad",
    Kind.DUPLICATE: "warn",
    Kind.OVERLAP: "warn",
    Kind.MOVED_OUT: "warn",
}
RESULT_TONES = {
    Result.CONFIRMED: "ok",
    Result.FALSE_ALARM: "neutral",
    Result.DECLINED: "neutral",
    Result.AT_DESK: "neutral",
    Result.GONE: "neutral",
}
STATE_TONES = {State.FOUND: "warn", State.DISPATCHED: "info", State.CLOSED: "neutral"}


def findings() -> QuerySet[Finding]:
    return Finding.objects.select_related("household__head", "person", "region")


def who(finding: Finding) -> str:
    """The person it is about, or the head of the household."""
    if finding.person is not None:
        return finding.person.name
    return finding.household.head.name if finding.household is not None else ""


def people_of(shown: Sequence[Finding]) -> Iterable[int]:
    households = [finding.household_id for finding in shown if finding.household_id]
    members = Membership.objects.filter(household__in=households, until=None)
    return {*members.values_list("person_id", flat=True), *(f.person_id for f in shown if f.person_id)}


def title_of(finding: Finding) -> str:
    return benefit_title(finding.benefit)


def waits_for(finding: Finding) -> str:
    """The missing facts of an open answer, as the counter names them."""
    return "；".join(finding.detail.get("missing", ()))


FINDINGS = Register(
    code="findings",
    covers=("S-051",),
    title="筛查发现",
    model=Finding,
    icon="search",
    unit="条",
    help="每月用柜台同一套规则筛查全部家庭。发现只用来派人核实，不会自动给予或停发。",
    rows=findings,
    name=lambda finding: f"{finding.get_kind_display()}（{finding.month:%Y年%m月}）",
    persons=people_of,
    columns=(
        Column("kind", "发现", "badge", tones=TONES),
        Column("who", "户主或本人", "name", read=who),
        Column("region", "所在地", "region"),
        Column("month", "月份", "month", sortable=True),
        Column("due_fen", "按规则应享", "money", read=lambda finding: finding.detail.get("due_fen")),
        Column("paid_fen", "实际在领", "money", read=lambda finding: finding.detail.get("paid_fen")),
        Column("state", "处理", "badge", tones=STATE_TONES),
        Column("due_on", "期限", "date"),
        Column("is_back", "反复", "yes_no"),
        Column("result", "结果", "badge", tones=RESULT_TONES, shown=False),
        Column("benefit", "待遇", read=title_of, shown=False),
    ),
    filters=(
        Filter("kind", "发现", "choice"),
        Filter("state", "处理", "choice"),
        Filter("region", "所在地", "region", "region_id"),
        Filter("month", "月份", "dates"),
        Filter("due", "期限", "dates", "due_on"),
        Filter("result", "结果", "choice"),
        Filter("back", "反复", "yes_no", "is_back"),
    ),
    search=(Search("household__head__name"), Search("person__name")),
    search_hint="户主或本人姓名（从姓开始）",
    actions=(
        RowAction(
            "dispatch",
            "派发核实",
            dispatch_finding,
            "case.oversee",
            "派给所在乡镇（街道）入户核实。",
            is_open=lambda finding: finding.state == State.FOUND,
        ),
        RowAction(
            "close",
            "办结",
            close_finding,
            "case.oversee",
            "办结以后，本月不再列为待处理。",
            questions=(
                Question(
                    "result", "结果", "choice", options=tuple((one.value, one.label) for one in BY_HAND)
                ),
                Question("note", "核实情况", "long_text", min=2, max=200),
            ),
            is_open=lambda finding: finding.state != State.CLOSED,
        ),
    ),
    links=lambda finding: [("逐条看依据", reverse("desk:finding", args=[finding.pk]))],
    details=(
        Block(
            "发现",
            (
                Column("kind", "发现", "badge", tones=TONES),
                Column("who", "户主或本人", "name", read=who),
                Column("region", "所在地", "region"),
                Column("month", "月份", "month"),
                Column("due_fen", "按规则应享", "money", read=lambda finding: finding.detail.get("due_fen")),
                Column("paid_fen", "实际在领", "money", read=lambda finding: finding.detail.get("paid_fen")),
                Column("missing", "还缺的事实", read=waits_for),
                Column("benefit", "待遇", read=title_of),
                Column("more", "情况", read=in_words),
                Column("state", "处理", "badge", tones=STATE_TONES),
                Column("dispatched_on", "派发日期", "date"),
                Column("due_on", "办结期限", "date"),
                Column("is_back", "反复", "yes_no"),
                Column("result", "结果", "badge", tones=RESULT_TONES),
                Column("note", "核实情况"),
                Column("closed_on", "办结日期", "date"),
            ),
        ),
    ),
)
