"""Online memorials and the words left there: read by an officer before anybody else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from minzheng.business.funeral.memorials import hide, judge_words, publish
from minzheng.business.funeral.models import Memorial, MemorialState, Tribute, TributeKind
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Column, Filter, Register, RowAction, Search

READ = "funeral.read"


def persons(rows: Sequence[Any]) -> Iterable[int]:
    return {row.person_id for row in rows}


MEMORIALS = Register(
    code="memorials",
    title="网络祭扫",
    covers=("S-158",),
    model=Memorial,
    rows=lambda: Memorial.objects.select_related("person"),
    icon="flower",
    unit="个",
    help="家属开设，工作人员看过才开放。页面上没有身份证号、住址和电话。",
    read=READ,
    write="register.write",
    persons=persons,
    columns=(
        Column("person", "逝者", "name", "person__name"),
        Column("opened_on", "申请日期", "date", sortable=True),
        Column("story", "生平与寄语", shown=False),
        Column(
            "state",
            "状态",
            "badge",
            tones={MemorialState.WAITING: "warn", MemorialState.OPEN: "ok", MemorialState.HIDDEN: "bad"},
        ),
        Column("reason", "意见", shown=False),
    ),
    filters=(Filter("state", "状态", "choice"),),
    search=(Search("person__name"),),
    search_hint="姓名（从姓开始）",
    actions=(
        RowAction(
            "publish",
            "开放",
            publish,
            "register.write",
            "已看过文字，没有个人号码，也没有不当内容。",
            is_open=lambda one: one.state != MemorialState.OPEN,
        ),
        RowAction(
            "hide",
            "不予开放",
            hide,
            "register.write",
            "家属会看到理由，改好可以再申请。",
            questions=(Question("reason", "理由", "text", min=2, max=120),),
            is_open=lambda one: one.state != MemorialState.HIDDEN,
            bulk=False,
        ),
    ),
)
TRIBUTES = Register(
    code="memorial_words",
    title="祭扫留言",
    model=Tribute,
    rows=lambda: Tribute.objects.filter(kind=TributeKind.WORDS).select_related("memorial__person"),
    region="memorial__region_id",
    icon="messages",
    unit="条",
    help="留言看过才显示。",
    read=READ,
    write="register.write",
    persons=lambda rows: {row.by_id for row in rows},
    columns=(
        Column("memorial", "逝者", "name", "memorial__person__name"),
        Column("words", "留言"),
        Column("on", "日期", "date", sortable=True),
        Column(
            "state",
            "状态",
            "badge",
            tones={MemorialState.WAITING: "warn", MemorialState.OPEN: "ok", MemorialState.HIDDEN: "bad"},
        ),
    ),
    filters=(Filter("state", "状态", "choice"),),
    actions=(
        RowAction(
            "judge",
            "审核",
            judge_words,
            "register.write",
            "可以显示的选“是”。",
            questions=(Question("shown", "可以显示", "yes_no"),),
        ),
    ),
)
