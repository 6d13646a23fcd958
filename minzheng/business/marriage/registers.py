"""登记机关, 登记员, 登记簿 with back-filling of old records, 离婚申请, 失信, 辅导 (counted, not read), 风险提示."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.business.marriage.archive import dispute_entry, mark_by_court, people_of, verify_entry
from minzheng.business.marriage.care import repair_credit, tell_police
from minzheng.business.marriage.models import (
    ArchiveSearch,
    CounselSession,
    CreditRecord,
    Divorce,
    DivorceState,
    Registrar,
    Registration,
    Registry,
    RiskAlert,
    Source,
    Standing,
)
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


def persons(rows: Sequence[Any]) -> Iterable[int]:
    return {row.person_id for row in rows}


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
    read=READ,
    write=WRITE,
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
)
REGISTRARS = Register(
    code="registrars",
    title="婚姻登记员",
    model=Registrar,
    rows=lambda: Registrar.objects.select_related("registry", "user"),
    icon="user-check",
    unit="人",
    help="经培训考核、持婚姻登记员证的人员。没有任职的，系统不让办理登记。",
    read=READ,
    write=WRITE,
    columns=(
        Column("user", "姓名", read=lambda one: str(one.user)),
        Column("registry", "登记机关", read=lambda one: one.registry.name),
        Column("certificate_no", "登记员证编号", "code"),
        Column("since", "起", "date"),
        Column("until", "止", "date"),
    ),
    search=(Search("certificate_no", "code"),),
    search_hint="登记员证编号",
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
    icon="rings",
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
