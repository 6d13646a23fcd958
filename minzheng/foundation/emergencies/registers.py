"""The orders, and what they held back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from minzheng.foundation.emergencies.actions import confirm, lift
from minzheng.foundation.emergencies.models import HeldStop, NoExit, State
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.registers import Block, Column, Filter, Register, RowAction, Search

WHERE = Filter("region", "所在地", "region", "region_id")
ORDER = (
    Column("region", "适用地区", "region"),
    Column("since", "开始", "date", sortable=True),
    Column("until", "截止（含当天）", "date", sortable=True),
    Column("reason", "应急事由"),
    Column("document", "依据文件"),
    Column("state", "状态", "badge", tones={"entered": "warn", "confirmed": "bad", "lifted": "neutral"}),
)
NO_EXITS = Register(
    code="no-exits",
    title="应急期间不退出",
    covers=("S-244",),
    model=NoExit,
    icon="shield",
    unit="条",
    write="no_exit.make",
    help="疫情、灾害等应急期间的开关：另一人确认后，适用地区的停发、减发一律办不了，改办“应急期间暂不退出”；期满后自动重新复核。",
    columns=ORDER,
    filters=(WHERE, Filter("state", "状态", "choice", options=tuple(State.choices))),
    changeable=lambda one: one.state == State.ENTERED,
    form=Form(
        (
            Section(
                "order",
                "应急期间不退出",
                (
                    Question("region", "适用的县（市、区）", "region", level=3),
                    Question("since", "开始日期", "date"),
                    Question("until", "截止日期（当天仍适用）", "date"),
                    Question("reason", "应急事由", max=120),
                    Question("document", "依据文件（文号）", max=120),
                ),
            ),
        )
    ),
    actions=(
        RowAction(
            "confirm", "确认", confirm, "no_exit.confirm", "确认后，期间内没有人能被停发、减发（死亡除外）。",
            is_open=lambda one: one.state == State.ENTERED, danger=True, bulk=False,
        ),
        RowAction(
            "lift", "解除", lift, "no_exit.confirm", "从今天起恢复正常退出；暂缓的今夜起重新复核。",
            is_open=lambda one: one.state == State.CONFIRMED, danger=True, bulk=False,
        ),
    ),
    details=(Block("应急期间不退出", (*ORDER, Column("maker", "登记人", "name", "maker__name"), Column("checker", "确认人", "name", "checker__name"))),),
)  # fmt: skip


def people_of(shown: Sequence[HeldStop]) -> Iterable[int]:
    return {one.case.applicant_id for one in shown if one.case.applicant_id is not None}


HELD_STOPS = Register(
    code="held-stops",
    title="应急期间暂缓的停发",
    covers=("S-244",),
    model=HeldStop,
    rows=lambda: HeldStop.objects.select_related("case"),
    icon="clock-pause",
    unit="件",
    read="case.read",
    help="复核认为应当停发、减发，因应急暂缓的；应急结束后自动转入复核。",
    persons=people_of,
    columns=(
        Column("case", "办件编号", "code", "case__number"),
        Column("region", "所在村（社区）", "region"),
        Column("held_on", "暂缓日期", "date", sortable=True),
        Column("reasons", "本应停发、减发的理由", read=lambda one: "；".join(one.reasons)),
        Column("was_fen", "继续发放（月）", "money"),
        Column("again_on", "重新复核", "date"),
    ),
    filters=(
        WHERE,
        Filter("open", "还没有重新复核", "yes_no", "again_on__isnull"),
        Filter("held", "暂缓日期", "dates", "held_on"),
    ),
    search=(Search("case__number", "exact"),),
    search_hint="完整办件编号",
    links=lambda one: [("办件", reverse("desk:case", args=[one.case.number]))],
)
