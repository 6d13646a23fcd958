"""Every lot that was drawn, with the seed: who was chosen can be checked by anyone with a calculator for SHA-256."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minzheng.business.assistance.models import SpotDraw
from minzheng.foundation.registers import Block, Column, Filter, Register, Search

KINDS = (("tekun", "特困认定随机入户"), ("dibao", "委托确认的低保"))


def people_of(shown: Sequence[SpotDraw]) -> Iterable[int]:
    return {one.case.applicant_id for one in shown}


FACTS = (
    Column("case", "办件编号", "code", "case__number"),
    Column("kind", "抽查种类", read=lambda one: dict(KINDS).get(one.kind, one.kind)),
    Column("region", "所在村（社区）", "region"),
    Column("drawn_on", "抽取日期", "date"),
    Column("chosen", "抽中", "yes_no"),
    Column("forced", "为达到比例补抽", "yes_no", shown=False),
    Column("finding", "核查结果"),
    Column("checked_on", "核查日期", "date"),
)
SPOT_DRAWS = Register(
    code="spot_draws",
    title="县级抽查",
    covers=("S-034",),
    model=SpotDraw,
    rows=lambda: SpotDraw.objects.select_related("case"),
    icon="list-check",
    unit="件",
    help="随机抽签的全部记录。抽签号 = SHA-256(“随机种子:办件编号”) 除以100的余数，小于比例即抽中；谁都可以重算。",
    name=lambda one: f"{one.case.number}的抽签",
    persons=people_of,
    columns=FACTS,
    filters=(
        Filter("kind", "抽查种类", "choice", options=KINDS),
        Filter("chosen", "抽中", "yes_no"),
        Filter("region", "所在地", "region", "region_id"),
        Filter("drawn", "抽取日期", "dates", "drawn_on"),
    ),
    search=(Search("case__number", "exact"),),
    search_hint="完整办件编号",
    details=(
        Block(
            "抽签",
            (*FACTS, Column("seed", "随机种子", "code"), Column("number", "抽签号"), Column("percent", "抽查比例（%）")),
        ),
    ),
)  # fmt: skip
