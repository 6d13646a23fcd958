"""Service gaps, child by child: the list of the campaign, and the work on each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minzheng.business.children.gaps.actions import confirm_gap, drop_gap, plan_gap, provide, return_gap
from minzheng.business.children.gaps.models import KINDS, OPEN, Found, GapState, ServiceGap
from minzheng.foundation.forms import Question
from minzheng.foundation.items.usual import REASON
from minzheng.foundation.registers import Block, Column, Filter, Register, RowAction, Search

TONES = {
    GapState.FOUND: "bad",
    GapState.PLANNED: "warn",
    GapState.PROVIDED: "info",
    GapState.FILLED: "ok",
    GapState.DROPPED: "neutral",
}
KIND = Question("kind", "缺什么？", "choice", options=KINDS)
NOTE = Question("note", "具体情况", "long_text", min=2, max=300)


def people_of(gaps: Sequence[ServiceGap]) -> Iterable[int]:
    return {gap.file.person_id for gap in gaps if gap.file.person_id}


def is_open(gap: ServiceGap) -> bool:
    return gap.state in OPEN


FACTS = (
    Column("child", "孩子", "name", "file__name"),
    Column("region", "所在村（社区）", "region"),
    Column("kind", "缺什么", "choice", options=KINDS),
    Column("state", "状态", "badge", tones=TONES),
    Column("found_on", "发现", "date", sortable=True),
    Column("provider", "由谁提供"),
    Column("due_on", "补齐期限", "date"),
    Column("provided_on", "提供", "date"),
    Column("closed_on", "办结", "date", shown=False),
    Column("found_by", "怎样发现", "choice", shown=False),
)
MORE = (
    Column("note", "具体情况"),
    Column("plan", "怎样补"),
    Column("given", "做了什么"),
    Column("confirmed_by", "确认人", "name", "confirmed_by__display_name"),
    Column("dropped_for", "不再需要的原因"),
)
GAPS = Register(
    code="child_gaps",
    title="服务缺口",
    covers=("S-128",),
    model=ServiceGap,
    icon="checklist",
    unit="项",
    help="走访勾选的需要、台账比对和工作中发现的缺口，一个孩子一张清单：安排、提供，再由另一位同志问过孩子确认。",
    read="child.read",
    write="child.write",
    export="child.export",
    name=lambda gap: f"{gap.file.name}：{gap}",
    persons=people_of,
    columns=FACTS,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("kind", "缺什么", "choice", options=KINDS),
        Filter("state", "状态", "choice", options=tuple(GapState.choices)),
        Filter("found_by", "怎样发现", "choice", options=tuple(Found.choices)),
        Filter("due", "补齐期限", "dates", "due_on"),
    ),
    search=(Search("file__name"), Search("file__id_no", "exact")),
    search_hint="孩子姓名（从姓开始）或完整身份证号",
    actions=(
        RowAction(
            "plan", "安排服务", plan_gap, "child.write", "到期前提醒村里；重新安排的，以这一次为准。",
            questions=(
                Question("plan", "怎样补？", "long_text", min=2, max=300),
                Question("provider", "由谁提供", hint="如学校、卫生院、某社工机构、儿童主任。", max=60),
                Question("due_on", "什么时候补齐", "date", tense="future"),
            ),
            is_open=lambda gap: gap.state in (GapState.FOUND, GapState.PLANNED),
        ),
        RowAction(
            "provide", "登记已提供", provide, "child.write", "由另一位同志问过孩子后确认。",
            questions=(Question("given", "做了什么？", "long_text", min=2, max=300),),
            is_open=lambda gap: gap.state == GapState.PLANNED,
        ),
        RowAction(
            "confirm", "确认已补齐", confirm_gap, "child.approve", "这一项办结。",
            questions=(Question("heard", "已问过孩子和照护人：服务收到了，有用", "agree"),),
            is_open=lambda gap: gap.state == GapState.PROVIDED, bulk=False,
        ),
        RowAction(
            "return", "退回重新安排", return_gap, "child.approve", "回到“待安排”。", questions=(REASON,),
            is_open=lambda gap: gap.state == GapState.PROVIDED, bulk=False,
        ),
        RowAction(
            "drop", "不再需要", drop_gap, "child.approve", "这一项办结，记录保留。",
            questions=(Question("dropped_for", "原因", max=120),), is_open=is_open, danger=True,
        ),
    ),
    details=(Block("缺口", FACTS), Block("安排和结果", MORE)),
)  # fmt: skip
