"""登记簿 with old records to verify, 离婚申请; who registers stands in registers_offices.py, what is kept beside in registers_care.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.business.marriage.archive import dispute_entry, people_of, verify_entry
from minzheng.business.marriage.court import mark_by_court
from minzheng.business.marriage.models import (
    ArchiveSearch,
    Divorce,
    DivorceState,
    Registration,
    Source,
    Standing,
)
from minzheng.business.marriage.registers_care import ALERTS, COUNSELLING, CREDIT, DECLINED
from minzheng.business.marriage.registers_offices import REGISTRARS, REGISTRIES
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, RowAction, Search

READ, WRITE = "marriage.read", "marriage.write"
STANDING = {Standing.VALID: "ok", Standing.VOID: "bad", Standing.ANNULLED: "bad"}
SOURCE = {
    Source.REGISTERED: "ok",
    Source.ENTERED: "warn",
    Source.VERIFIED: "ok",
    Source.DISPUTED: "bad",
}
DIVORCE = {
    DivorceState.OPEN: "info",
    DivorceState.WITHDRAWN: "neutral",
    DivorceState.DEEMED: "neutral",
    DivorceState.REGISTERED: "ok",
}


def couples(rows: Sequence[Any]) -> Iterable[int]:
    return {key for row in rows for key in (row.man_id, row.woman_id) if key is not None}


def searches_of(registration: Registration, on: dt.date) -> QuerySet[ArchiveSearch]:
    return ArchiveSearch.objects.filter(registration=registration).order_by("-pk")


ROW = (
    Column("number", "字号", "code"),
    Column("kind", "类别", "choice"),
    Column("man_name", "男方", "name"),
    Column("woman_name", "女方", "name"),
    Column("registered_on", "登记日期", "date", sortable=True),
    Column("registry", "登记机关", read=lambda one: one.registry.name),
    Column("standing", "状态", "badge", tones=STANDING),
    Column("source", "来源", "badge", tones=SOURCE, shown=False),
)
REGISTRATIONS = Register(
    code="marriage_register",
    title="婚姻登记簿",
    covers=("S-140", "S-143"),
    model=Registration,
    rows=lambda: Registration.objects.select_related("registry"),
    icon="heart",
    unit="笔",
    help="一笔登记一行，登记以后不改；无效、撤销按法院判决标注。历史档案由第二个人核对以后才能作为依据。",
    read=READ,
    write=WRITE,
    export=WRITE,
    name=lambda one: one.number,
    persons=people_of,
    columns=ROW,
    filters=(
        Filter("kind", "类别", "choice"),
        Filter("on", "登记日期", "dates", "registered_on"),
        Filter("standing", "状态", "choice"),
        Filter("source", "来源", "choice"),
    ),
    search=(
        Search("number", "exact"),
        Search("man_name"),
        Search("woman_name"),
        Search("man_id_no", "exact"),
        Search("woman_id_no", "exact"),
    ),
    search_hint="字号、姓名（从姓开始）或完整身份证号",
    links=lambda one: [("办理补领、查询", f"{reverse('desk:marriage:archive')}?number={one.number}")],
    actions=(
        RowAction(
            "verify",
            "核对无误",
            verify_entry,
            WRITE,
            "对照扫描件逐项核对，一致的才能确认。录入人不能核对自己的。",
            is_open=lambda one: one.source in {Source.ENTERED, Source.DISPUTED},
        ),
        RowAction(
            "dispute",
            "标注争议",
            dispute_entry,
            WRITE,
            "标注以后，这份档案不能作为补领、查询的依据。",
            questions=(Question("remark", "争议在哪里", "long_text", min=2, max=300),),
            is_open=lambda one: one.source == Source.ENTERED,
        ),
        RowAction(
            "court",
            "标注无效或撤销",
            mark_by_court,
            WRITE,
            "依据人民法院生效判决。证书随即注销，两人的婚姻状况恢复。",
            questions=(
                Question(
                    "standing",
                    "判决结果",
                    "choice",
                    options=((Standing.VOID.value, "确认婚姻无效"), (Standing.ANNULLED.value, "撤销婚姻")),
                ),
                Question("judgment_no", "判决书文号", "text", max=80),
                Question("on", "判决生效日期", "date", tense="past"),
            ),
            is_open=lambda one: one.is_marriage and one.standing == Standing.VALID,
            danger=True,
            bulk=False,
            fresh=True,
        ),
    ),
    details=(
        Block(
            "登记",
            (
                *ROW,
                Column("man_id_no", "男方证件号码", "id_no"),
                Column("woman_id_no", "女方证件号码", "id_no"),
                Column("man_prior", "男方原婚姻状况", "choice"),
                Column("woman_prior", "女方原婚姻状况", "choice"),
                Column("registrar", "登记员", read=lambda one: str(one.registrar or "")),
                Column("second", "第二登记员", read=lambda one: str(one.second or "")),
                Column("box_no", "档案盒号"),
                Column("remark", "备注"),
            ),
        ),
        Related(
            "查询记录",
            (
                Column("on", "日期", "date"),
                Column("asker_name", "查询人"),
                Column("letter_no", "公函编号"),
                Column("purpose", "用途"),
            ),
            searches_of,
            empty="没有人查询过",
        ),
    ),
)
DIVORCES = Register(
    code="divorces",
    title="离婚登记申请",
    covers=("S-140",),
    model=Divorce,
    rows=lambda: Divorce.objects.select_related("registry", "man", "woman"),
    icon="calendar-event",
    unit="件",
    help="协议书密封，不在台账里。期满没有双方到场的，每晚自动视为撤回。",
    read=READ,
    export=WRITE,
    name=lambda one: one.receipt_no,
    persons=couples,
    columns=(
        Column("receipt_no", "受理回执单编号", "code"),
        Column("man", "男方", "name", path="man__name"),
        Column("woman", "女方", "name", path="woman__name"),
        Column("applied_on", "受理日期", "date", sortable=True),
        Column("cooling_until", "冷静期止", "date"),
        Column("window_until", "申领期限", "date", sortable=True),
        Column("state", "状态", "badge", tones=DIVORCE),
    ),
    filters=(
        Filter("state", "状态", "choice"),
        Filter("applied", "受理日期", "dates", "applied_on"),
        Filter("due", "申领期限", "dates", "window_until"),
    ),
    search=(Search("receipt_no", "exact"),),
    search_hint="受理回执单编号",
    links=lambda one: [("办理", reverse("desk:marriage:divorce", args=[one.pk]))],
)

__all__ = [
    "ALERTS",
    "COUNSELLING",
    "CREDIT",
    "DECLINED",
    "DIVORCES",
    "REGISTRARS",
    "REGISTRATIONS",
    "REGISTRIES",
]
