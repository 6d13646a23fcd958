"""The registers of funeral homes: bodies, papers of deaths, who is to be told, prices, bills, settlements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.business.funeral.bills import stop_price
from minzheng.business.funeral.deaths import add_statement, tell_family
from minzheng.business.funeral.models import (
    Basic,
    Bill,
    BillLine,
    BillState,
    DeathStatement,
    Price,
    Reception,
    ReceptionState,
    Run,
    RunLine,
    RunState,
    Source,
    WaiverOffer,
)
from minzheng.business.funeral.registers_filings import (
    AGENTS,
    COUNCILS,
    ECO_BURIALS,
    MEMORIALS,
    TRANSPORTS,
    TRIBUTES,
)
from minzheng.business.funeral.registers_places import PLACES, SPOTS, USES
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import (
    Block,
    Column,
    Filter,
    Register,
    Related,
    RowAction,
    Search,
)

__all__ = [
    "AGENTS",
    "COUNCILS",
    "ECO_BURIALS",
    "MEMORIALS",
    "PLACES",
    "SPOTS",
    "TRANSPORTS",
    "TRIBUTES",
    "USES",
]
READ, WRITE = "funeral.read", "funeral.write"


def persons(rows: Sequence[Any]) -> Iterable[int]:
    return {row.person_id for row in rows}


def lines_of(bill: Bill, on: dt.date) -> QuerySet[BillLine]:
    return bill.lines.select_related("price").order_by("pk")


def run_lines(run: Run, on: dt.date) -> QuerySet[RunLine]:
    return run.lines.select_related("home").order_by("home")


STATE = {
    ReceptionState.HELD: "warn",
    ReceptionState.CREMATED: "ok",
    ReceptionState.HANDED_ON: "neutral",
}
BODY = (
    Column("number", "接收编号", "code"),
    Column("person", "逝者", "name", "person__name"),
    Column("home", "殡仪馆", "text", "home__name"),
    Column("died_on", "死亡日期", "date"),
    Column("received_on", "接收日期", "date", sortable=True),
    Column("storage_until", "存放期限", "date", sortable=True),
    Column("cremated_on", "火化日期", "date"),
    Column("state", "状态", "badge", tones=STATE),
)
RECEPTIONS = Register(
    code="receptions",
    title="遗体接收与火化",
    covers=("S-154",),
    model=Reception,
    rows=lambda: Reception.objects.select_related("home", "person"),
    icon="building-community",
    unit="具",
    help="接收要有死亡证明，火化要有死亡证明和家属签字的确认书；火化当时开出火化证明。",
    read=READ,
    write=WRITE,
    name=str,
    persons=persons,
    columns=BODY,
    filters=(
        Filter("state", "状态", "choice"),
        Filter("received", "接收日期", "dates", "received_on"),
        Filter("cremated", "火化日期", "dates", "cremated_on"),
    ),
    search=(
        Search("person__name"),
        Search("person__id_no", "exact"),
        Search("number", "exact"),
        Search("cremation_no", "exact"),
    ),
    search_hint="姓名（从姓开始）、完整身份证号、接收编号或火化编号",
    links=lambda one: [("办理", reverse("desk:funeral:reception", args=[one.pk]))],
    details=(
        Block(
            "遗体",
            (
                *BODY,
                Column("id_no", "身份证号", "id_no", "person__id_no"),
                Column("source", "死亡证明来源", "choice"),
                Column("certificate_no", "死亡证明编号", "code"),
                Column("from_place", "接运地点"),
                Column("family_name", "家属"),
                Column("family_relation", "与逝者关系"),
                Column("family_phone", "家属电话", "phone"),
                Column("extended_reason", "延期（移交）说明"),
                Column("confirmation_no", "火化确认书编号", "code"),
                Column("cremation_no", "火化编号", "code"),
                Column("video_until", "监控录像保存至", "date"),
            ),
        ),
    ),
)
STATEMENTS = Register(
    code="death_statements",
    title="死亡信息",
    covers=("S-159",),
    model=DeathStatement,
    rows=lambda: DeathStatement.objects.select_related("person"),
    icon="file-text",
    unit="条",
    help="同一个人以等级最高的证明为准：医学证明、火化、公安、村报。更高一级的后到，日期和待遇随之更正一次。",
    read=READ,
    write=WRITE,
    persons=persons,
    columns=(
        Column("person", "逝者", "name", "person__name"),
        Column("source", "来源", "choice"),
        Column("rank", "等级", "number"),
        Column("died_on", "死亡日期", "date"),
        Column("document_no", "证明编号", "code"),
        Column("stated_on", "登记日期", "date", sortable=True),
    ),
    filters=(Filter("source", "来源", "choice"), Filter("stated", "登记日期", "dates", "stated_on")),
    search=(Search("person__name"), Search("person__id_no", "exact"), Search("document_no", "exact")),
    search_hint="姓名（从姓开始）、完整身份证号或证明编号",
    actions=(
        RowAction(
            "add",
            "补登另一张证明",
            add_statement,
            WRITE,
            "等级更高的证明会更正死亡日期，多发的待遇追回、少发的补发；等级不高的只留存。",
            questions=(
                Question("source", "证明来源", "choice", options=tuple(Source.choices)),
                Question("document_no", "证明编号", "text", max=60),
                Question("died_on", "证明上的死亡日期", "date", tense="past"),
            ),
            bulk=False,
            fresh=True,
        ),
    ),
)
OFFERS = Register(
    code="waiver_offers",
    title="减免提示",
    covers=("S-150",),
    model=WaiverOffer,
    rows=lambda: WaiverOffer.objects.select_related("person"),
    icon="bell",
    unit="户",
    help="有人去世，就近的工作人员告诉家属：四项基本服务费怎样减免、带什么证明。",
    read=READ,
    write="register.write",
    persons=persons,
    columns=(
        Column("person", "逝者", "name", "person__name"),
        Column("region", "居住地", "region"),
        Column("died_on", "死亡日期", "date", sortable=True),
        Column("told_on", "告知日期", "date"),
    ),
    filters=(
        Filter("region", "居住地", "region", "region_id"),
        Filter("waiting", "还没有告知", "yes_no", "told_on__isnull"),
        Filter("died", "死亡日期", "dates", "died_on"),
    ),
    search=(Search("person__name"),),
    search_hint="姓名（从姓开始）",
    actions=(
        RowAction(
            "told",
            "已告知家属",
            tell_family,
            "register.write",
            "记下今天已经告知减免政策。",
            is_open=lambda one: one.told_on is None,
        ),
    ),
)
PRICES = Register(
    code="funeral_prices",
    title="殡葬收费清单",
    covers=("S-154",),
    model=Price,
    rows=lambda: Price.objects.select_related("home"),
    icon="receipt",
    unit="项",
    help="清单以外的项目，结算单上选不到、收不了。调价的，先给原价格填停止执行日期，再登记新价格。",
    read=READ,
    write=WRITE,
    columns=(
        Column("name", "收费项目", "name"),
        Column("home", "殡仪馆", "text", "home__name"),
        Column("basic", "基本服务", "choice"),
        Column("fen", "单价", "money"),
        Column("unit", "计价单位"),
        Column("document", "定价文件"),
        Column("since", "执行日期", "date", sortable=True),
        Column("until", "停止执行日期", "date"),
    ),
    filters=(
        Filter("basic", "基本服务", "choice"),
        Filter("open", "现行", "yes_no", "until__isnull"),
    ),
    search=(Search("name"),),
    search_hint="收费项目",
    links=lambda one: [("登记新价格", reverse("desk:funeral:price_new"))],
    actions=(
        RowAction(
            "stop",
            "停止执行",
            stop_price,
            WRITE,
            "从这一天起结算单上不能再选。调价的，再登记新价格。",
            questions=(Question("until", "停止执行日期", "date"),),
            is_open=lambda one: one.until is None,
            bulk=False,
        ),
    ),
)
BILLS = Register(
    code="funeral_bills",
    title="殡葬费用结算单",
    covers=("S-150",),
    model=Bill,
    rows=lambda: Bill.objects.select_related("person", "home"),
    icon="receipt",
    unit="张",
    help="一人一张，减免当场扣除；家属结清以后，减免部分由财政按月与殡仪馆结算。",
    read=READ,
    write=WRITE,
    name=lambda one: f"{one.person.name}的费用结算单",
    persons=persons,
    columns=(
        Column("person", "逝者", "name", "person__name"),
        Column("home", "殡仪馆", "text", "home__name"),
        Column("on", "结算日期", "date", sortable=True),
        Column("total_fen", "合计", "money"),
        Column("waived_fen", "减免", "money"),
        Column("family_fen", "家属支付", "money"),
        Column(
            "state",
            "状态",
            "badge",
            tones={BillState.OPEN: "warn", BillState.PAID: "info", BillState.SETTLED: "ok"},
        ),
    ),
    filters=(Filter("state", "状态", "choice"), Filter("on", "结算日期", "dates")),
    search=(Search("person__name"), Search("person__id_no", "exact")),
    search_hint="姓名（从姓开始）或完整身份证号",
    details=(
        Related(
            "明细",
            (
                Column("price", "项目", read=lambda line: line.price.name),
                Column("basic", "基本服务", read=lambda line: dict(Basic.choices).get(line.price.basic, "—")),
                Column("quantity", "数量", "number"),
                Column("unit_fen", "单价", "money"),
                Column("fen", "金额", "money"),
            ),
            lines_of,
        ),
    ),
)
RUNS = Register(
    code="waiver_runs",
    title="殡葬减免结算",
    covers=("S-150",),
    model=Run,
    rows=lambda: Run.objects.select_related("region"),
    icon="scale",
    unit="次",
    help="每月一次，一馆一行，由另一个人确认；确认后用“殡葬基本服务费减免”的发放批次拨到殡仪馆。",
    read=READ,
    columns=(
        Column("month", "月份", "month", sortable=True),
        Column("region", "县（市、区）", "region"),
        Column("total_fen", "合计", "money"),
        Column("made_on", "编制日期", "date"),
        Column("confirmed_on", "确认日期", "date"),
        Column("state", "状态", "badge", tones={RunState.DRAFT: "warn", RunState.CONFIRMED: "ok"}),
    ),
    filters=(Filter("state", "状态", "choice"),),
    links=lambda one: [("打开结算", reverse("desk:funeral:run", args=[one.pk]))],
    details=(
        Related(
            "各馆",
            (
                Column("home", "殡仪馆", read=lambda line: line.home.name),
                Column("count", "件数", "number"),
                Column("fen", "金额", "money"),
            ),
            run_lines,
        ),
    ),
)
