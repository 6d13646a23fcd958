"""Whose amount a recalculation changes, and whose waits for a review: the rows behind the totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from minzheng.foundation.registers import Block, Column, Filter, Register, Search
from minzheng.foundation.uprating.models import LineState, UpratingLine

TONES = {LineState.READY: "info", LineState.HELD: "warn", LineState.DONE: "ok", LineState.STALE: "neutral"}


def lines() -> QuerySet[UpratingLine]:
    return UpratingLine.objects.select_related("entitlement__person")


def people_of(shown: Sequence[UpratingLine]) -> Iterable[int]:
    return {one.entitlement.person_id for one in shown if one.entitlement.person_id}


FACTS = (
    Column("name", "姓名", "name", "entitlement__person__name"),
    Column("region", "所在村（社区）", "region"),
    Column("from_month", "起", "month"),
    Column("until_month", "止", "month", shown=False),
    Column("old_fen", "原月金额", "money"),
    Column("new_fen", "新月金额", "money"),
    Column("arrears_fen", "补发", "money"),
    Column("state", "状态", "badge", tones=TONES),
    Column("reason", "须先复核的原因"),
)
LINES = Register(
    code="uprating_lines",
    title="提标明细",
    covers=("S-032", "S-135"),
    model=UpratingLine,
    rows=lines,
    icon="list-check",
    unit="条",
    help="一次提标里每个人的原金额、新金额和补发；“须先复核”的不会自动调整，请到原办件启动复核。",
    read="uprating.read",
    name=lambda line: f"{line.entitlement.person.name}的提标明细",
    persons=people_of,
    columns=FACTS,
    filters=(
        Filter("uprating", "提标编号", "numbers", "uprating_id"),
        Filter("state", "状态", "choice", options=tuple(LineState.choices)),
        Filter("region", "所在地", "region", "region_id"),
    ),
    search=(Search("entitlement__person__name"),),
    search_hint="姓名（从姓开始）",
    details=(Block("提标明细", (*FACTS, Column("uprating", "提标编号", "code", "uprating_id"))),),
)
