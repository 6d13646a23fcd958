"""资金文件: every paper that gave, announced, took back or carried over money."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.forms import Question
from minzheng.foundation.funds.actions import check, reject
from minzheng.foundation.funds.models import FundPaper, PaperState
from minzheng.foundation.registers import Block, Column, Filter, Register, RowAction, Search
from minzheng.foundation.registry.words import shelf

TONES = {PaperState.WAITING: "warn", PaperState.CHECKED: "ok", PaperState.REJECTED: "neutral"}


def papers() -> QuerySet[FundPaper]:
    return FundPaper.objects.select_related("county", "maker", "checker")


def programmes() -> Iterable[tuple[str, str]]:
    return list({word.programme: word.title for word in shelf(Benefit)}.items())


def programme_of(paper: FundPaper) -> str:
    return dict(programmes()).get(paper.programme, paper.programme)


COLUMNS = (
    Column("number", "文号或凭证号", "code"),
    Column("kind", "种类"),
    Column("programme", "资金项目", read=programme_of),
    Column("fund", "资金来源"),
    Column("year", "预算年度", "number"),
    Column("amount_fen", "金额", "money"),
    Column("issued_on", "发文日期", "date"),
    Column("state", "状态", "badge", tones=TONES),
)

FUND_PAPERS = Register(
    code="fund-papers",
    title="资金文件",
    model=FundPaper,
    rows=papers,
    icon="file-text",
    unit="份",
    help="年初预算、提前下达、下达、交回和年末结转；另一人复核后才记账。登记请到“资金下达与结余”。",
    read="payment.read",
    write="payment.make",
    region="county_id",
    order=("-id",),
    name=str,
    columns=COLUMNS,
    filters=(
        Filter("kind", "种类", "choice"),
        Filter("programme", "资金项目", "choice", options=programmes),
        Filter("fund", "资金来源", "choice"),
        Filter("state", "状态", "choice"),
        Filter("issued", "发文日期", "dates", "issued_on"),
        Filter("county", "县（市、区）", "region", "county_id"),
    ),
    search=(Search("number", "contains"),),
    search_hint="文号或凭证号",
    actions=(
        RowAction(
            "check",
            "复核并记账",
            check,
            "payment.check",
            "请对照原件核对文号、金额、来源和年度。复核后资金记入账簿，不能修改。",
            is_open=lambda paper: paper.state == PaperState.WAITING,
            fresh=True,
        ),
        RowAction(
            "reject",
            "退回",
            reject,
            "payment.check",
            "这份登记作废，请经办人重新登记。",
            questions=(Question("reason", "原因", "long_text", min=2, max=200),),
            is_open=lambda paper: paper.state == PaperState.WAITING,
            fresh=True,
            danger=True,
        ),
    ),
    details=(
        Block(
            "资金文件",
            (
                *COLUMNS,
                Column("advanced_fen", "其中：已提前下达", "money"),
                Column("county", "县（市、区）", "region", "county_id"),
                Column("arrived_on", "收文日期", "date"),
                Column("opened_on", "可用起始日", "date"),
                Column("maker", "登记人", "name"),
                Column("made_at", "登记时间", "moment"),
                Column("checker", "复核人", "name"),
                Column("checked_at", "复核时间", "moment"),
                Column("note", "说明"),
            ),
        ),
    ),
)
