"""登记机关, 登记员, 登记簿 with old records to verify, 离婚申请; what is kept beside them stands in registers_care.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.business.marriage.archive import dispute_entry, mark_by_court, people_of, verify_entry
from minzheng.business.marriage.models import (
    ArchiveSearch,
    Divorce,
    DivorceState,
    Registrar,
    Registration,
    Registry,
    Source,
    Standing,
)
from minzheng.business.marriage.offices import appoint, close_office, dismiss
from minzheng.business.marriage.registers_care import ALERTS, COUNSELLING, CREDIT, DECLINED
from minzheng.foundation.forms import Form, Question, Section
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


REGISTRIES = Register(
    code="marriage_registries",
    title="婚姻登记机关",
    model=Registry,
    icon="building-bank",
    unit="个",
    help="县级民政部门的登记处和确定的乡镇。涉外、涉港澳台侨由省级确定的机关办理。",
    read="marriage.offices",
    write="marriage.office",
    export="marriage.offices",
    columns=(
        Column("name", "名称", "name"),
        Column("region", "辖区", "region"),
        Column("code", "编号用区划代码", "code"),
        Column("address", "地址"),
        Column("phone", "电话"),
        Column("is_foreign", "涉外、涉港澳台侨", "yes_no"),
        Column("closed_on", "撤销日期", "date", shown=False),
    ),
    search=(Search("name"),),
    search_hint="名称（从第一个字开始）",
    form=Form(
        (
            Section(
                "office",
                "登记机关",
                (
                    Question("name", "名称", max=60),
                    Question("region", "所在县（市、区）", "region", level=3),
                    Question("code", "编号用区划代码", min=6, max=6, hint="所在县区划代码的前6位。"),
                    Question("address", "地址", max=120),
                    Question("phone", "电话", required=False, max=20),
                    Question("is_foreign", "办理涉外、涉港澳台侨登记", "yes_no"),
                    Question(
                        "designated_by",
                        "省级确定文件",
                        required=False,
                        max=100,
                        hint="办理涉外、涉港澳台侨登记的填写。",
                    ),
                ),
            ),
        )
    ),
    actions=(
        RowAction(
            "appoint",
            "任命登记员",
            appoint,
            "marriage.office",
            "从任命之日起可以办理登记。账号须先有本辖区的“登记员”任职。",
            questions=(
                Question("username", "登记员的账号", max=60),
                Question("certificate_no", "婚姻登记员证编号", max=30),
                Question("since", "任命日期", "date"),
            ),
            is_open=lambda one: one.closed_on is None,
            bulk=False,
        ),
        RowAction(
            "close",
            "撤销",
            close_office,
            "marriage.office",
            "从撤销之日起不能再办理登记，登记员同时免去；档案保留。",
            questions=(Question("closed_on", "撤销日期", "date"),),
            is_open=lambda one: one.closed_on is None,
            danger=True,
            bulk=False,
        ),
    ),
)
REGISTRARS = Register(
    code="registrars",
    title="婚姻登记员",
    model=Registrar,
    rows=lambda: Registrar.objects.select_related("registry", "user"),
    icon="user-check",
    unit="人",
    help="经培训考核、持婚姻登记员证的人员。没有任职的，系统不让办理登记。",
    read="marriage.offices",
    write="marriage.office",
    export="marriage.offices",
    columns=(
        Column("user", "姓名", read=lambda one: str(one.user)),
        Column("registry", "登记机关", read=lambda one: one.registry.name),
        Column("certificate_no", "登记员证编号", "code"),
        Column("since", "起", "date"),
        Column("until", "止", "date"),
    ),
    search=(Search("certificate_no", "code"),),
    search_hint="登记员证编号",
    actions=(
        RowAction(
            "dismiss",
            "免去",
            dismiss,
            "marriage.office",
            "从这一天起不能再办理登记，以前办理的不受影响。",
            questions=(Question("until", "免去日期（从这一天起）", "date"),),
            is_open=lambda one: one.until is None,
            danger=True,
            bulk=False,
        ),
    ),
)

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
