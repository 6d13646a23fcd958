"""What homes may charge, families' bills, and the treasury's settlements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.business.funeral.bills import stop_price
from minzheng.business.funeral.models import Basic, Bill, BillLine, BillState, Price, Run, RunLine
from minzheng.foundation.benefits.runs import RunState
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Column, Filter, Register, Related, RowAction, Search

READ, WRITE = "funeral.read", "funeral.write"


def persons(rows: Sequence[Any]) -> Iterable[int]:
    return {row.person_id for row in rows}


def lines_of(bill: Bill, on: dt.date) -> QuerySet[BillLine]:
    return bill.lines.select_related("price").order_by("pk")


def run_lines(run: Run, on: dt.date) -> QuerySet[RunLine]:
    return run.lines.select_related("home").order_by("home")


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
