"""不予办理, 失信, 辅导 (counted, not read), 风险提示: registers beside the book of marriages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from minzheng.business.marriage.care import repair_credit, tell_police
from minzheng.business.marriage.models import CounselSession, CreditRecord, Declined, RiskAlert
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Column, Filter, Register, RowAction, Search

READ, WRITE = "marriage.read", "marriage.write"


def persons(rows: Sequence[Any]) -> Iterable[int]:
    return {row.person_id for row in rows}


def both(rows: Sequence[Any]) -> Iterable[int]:
    return {key for row in rows for key in row.couple}


DECLINED = Register(
    code="marriage_declined",
    title="不予办理告知书",
    covers=("S-140",),
    model=Declined,
    rows=lambda: Declined.objects.select_related("registry", "man", "woman", "by"),
    icon="file-text",
    unit="份",
    help="有法律障碍、不予办理结婚或离婚登记的，书面告知理由、依据和救济途径，双方各一份，可扫码核验。",
    read=READ,
    export=WRITE,
    name=lambda one: one.number,
    persons=both,
    columns=(
        Column("number", "编号", "code"),
        Column("kind", "申请事项", "choice"),
        Column("man", "男方", "name", path="man__name"),
        Column("woman", "女方", "name", path="woman__name"),
        Column("reasons", "理由", read=lambda one: " ".join(one.reasons)),
        Column("on", "决定日期", "date", sortable=True),
        Column("by", "登记员", read=lambda one: str(one.by)),
    ),
    filters=(Filter("kind", "申请事项", "choice"), Filter("on", "决定日期", "dates")),
    search=(Search("number", "exact"), Search("man__name"), Search("woman__name")),
    search_hint="编号或姓名（从姓开始）",
    links=lambda one: [("打印告知书", reverse("desk:marriage:declined", args=[one.pk]))],
)
CREDIT = Register(
    code="marriage_credit",
    title="婚姻登记失信记录",
    covers=("S-144",),
    model=CreditRecord,
    rows=lambda: CreditRecord.objects.select_related("person"),
    icon="gavel",
    unit="条",
    help="虚假声明、伪造证件、冒用身份的，写明依据，到期或修复后不再起作用。修复由另一个人办理。",
    read=READ,
    write=WRITE,
    persons=persons,
    columns=(
        Column("person", "当事人", "name", path="person__name"),
        Column("fact", "失信事实"),
        Column("basis", "认定依据"),
        Column("recorded_on", "认定日期", "date"),
        Column("expires_on", "保存至", "date"),
        Column("repaired_on", "修复日期", "date"),
    ),
    search=(Search("person__name"),),
    search_hint="姓名（从姓开始）",
    actions=(
        RowAction(
            "repair",
            "信用修复",
            repair_credit,
            WRITE,
            "修复以后不再计入。认定人不能修复自己认定的。",
            questions=(Question("basis", "修复依据", "long_text", min=2, max=200),),
            is_open=lambda one: one.repaired_on is None,
        ),
    ),
)
COUNSELLING = Register(
    code="counselling",
    title="婚姻家庭辅导",
    covers=("S-146", "S-147"),
    model=CounselSession,
    rows=lambda: CounselSession.objects.select_related("person"),
    icon="heart-handshake",
    unit="次",
    help="只列自己做的辅导；谈话记录不在台账里，只有辅导员本人能打开。",
    read=READ,
    export=WRITE,
    persons=persons,
    columns=(
        Column("on", "日期", "date"),
        Column("person", "来访人", "name", path="person__name"),
        Column("topic", "主题"),
        Column("result", "结果", "choice"),
    ),
    filters=(Filter("result", "结果", "choice"),),
    links=lambda one: [("谈话记录", reverse("desk:marriage:notes", args=[one.pk]))],
)
ALERTS = Register(
    code="marriage_alerts",
    title="登记风险提示",
    model=RiskAlert,
    rows=lambda: RiskAlert.objects.select_related("person"),
    icon="alert-triangle",
    unit="条",
    help="登记中发现的疑似拐卖、胁迫、家庭暴力。内部保密，不得让当事人的另一方知道。",
    read="marriage.alert",
    export="marriage.alert",
    persons=persons,
    columns=(
        Column("raised_on", "发现日期", "date"),
        Column("person", "可能的受害人", "name", path="person__name"),
        Column("kind", "情形", "choice"),
        Column("told_police_on", "通报公安", "date"),
        Column("closed_on", "办结", "date"),
        Column("finding", "核实结果"),
    ),
    filters=(Filter("kind", "情形", "choice"), Filter("open", "未办结", "yes_no", "closed_on__isnull")),
    actions=(
        RowAction(
            "told",
            "已通报公安",
            tell_police,
            "marriage.alert",
            "记下今天已通报公安机关。",
            is_open=lambda one: one.told_police_on is None,
        ),
    ),
)
