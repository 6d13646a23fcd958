"""What social assistance counts each month: families, people, money, standards in force."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from minzheng.business.assistance.benefits import DIBAO
from minzheng.business.assistance.benefits import TEMPORARY_RESERVE as RESERVE
from minzheng.business.assistance.tekun.indicators import TEKUN_INDICATORS
from minzheng.datacenter.indicators import reserves
from minzheng.datacenter.indicators.benefits import (
    Query,
    counties_with,
    entitled,
    every_county,
    in_month,
    kept,
    owed,
    paid,
    ran,
    recipients_filter,
    standard,
)
from minzheng.datacenter.indicators.words import Better, Drill, Figures, Formula, Indicator, Period, Rows
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.months import next_month
from minzheng.foundation.cases.models import CaseClock
from minzheng.foundation.people.models import Category, Membership
from minzheng.foundation.regions.models import Level

__all__ = ["TEKUN_INDICATORS"]

LINE = "社会救助"
BOTH = ""
KEPT = Rows(kept(DIBAO.code))


def side(rows: Query, category: str, path: str = "household__category") -> Query:
    """Only the urban or the rural families; both with an empty category."""
    return (lambda month: rows(month).filter(**{path: category})) if category else rows


def persons(month: dt.date) -> QuerySet[Membership]:
    """Members of the month's families; who died before the month is not among them (DC7)."""
    rights = Entitlement.objects.filter(in_month(month, DIBAO.code), household=OuterRef("household"))
    return Membership.objects.filter(
        Exists(rights),
        Q(until__isnull=True) | Q(until__gt=month),
        Q(person__died_on__isnull=True) | Q(person__died_on__gte=month),
        since__lt=next_month(month),
    )


def of_month(category: str) -> Drill:
    narrowed = {"category": category} if category else {}
    return Drill("dibao", lambda month: {**recipients_filter(month), **narrowed}, title="查看家庭名单")


STANDARDS = (
    standard("N01", "城市低保标准", "dibao_urban", line=LINE, unit="元/人·月", seed="003", share=12),
    standard("N02", "农村低保标准", "dibao_rural", line=LINE, unit="元/人·年", seed="003"),
    standard(
        "N05a", "城市低保标准（2018年提标）", "dibao_urban", line=LINE, unit="元/人·月", seed="004", share=12
    ),
    standard("N05b", "农村低保标准（2018年提标）", "dibao_rural", line=LINE, unit="元/人·年", seed="004"),
)


def _counts(prefix: str, title: str, category: str) -> tuple[Indicator, ...]:
    """Families, people and money of one side, or of both."""
    spent = Rows(side(paid(DIBAO.code), category, "entitlement__household__category"), amount="amount_fen")
    return (
        Indicator(
            code=f"{prefix}households", title=f"{title}户数", line=LINE, unit="户", better=Better.NONE, aspect="兜底",
            counts=f"当月享受{title}的家庭", drill=of_month(category), source="待遇台账",
            formula=Formula(numerator=Rows(side(entitled(DIBAO.code), category)), known=KEPT),
        ),
        Indicator(
            code=f"{prefix}persons", title=f"{title}人数", line=LINE, unit="人", better=Better.NONE, aspect="兜底",
            counts=f"当月享受{title}的家庭中的在册成员", source="待遇台账和家庭成员", drill=of_month(category),
            formula=Formula(numerator=Rows(side(persons, category), "household__region_id"), known=KEPT),
        ),
        Indicator(
            code=f"{prefix}spending", title=f"{title}支出", line=LINE, unit="元", better=Better.NONE,
            counts=f"当月发放中已发的{title}金，含补差和重发", source="发放明细",
            formula=Formula(numerator=spent, known=Rows(ran(DIBAO.code))),
        ),
    )  # fmt: skip


DIBAO_COUNTS = (
    *_counts("dibao.", "低保", BOTH),
    *_counts("dibao.urban_", "城市低保", Category.URBAN.value),
    *_counts("dibao.rural_", "农村低保", Category.RURAL.value),
)


def _topup(code: str, title: str, category: str) -> Indicator:
    due = side(owed(DIBAO.code), category, "entitlement__household__category")
    return Indicator(
        code=code, title=f"{title}月人均救助水平", line=LINE, unit="元/人·月", seed="003", source="待遇台账", aspect="兜底",
        counts=f"当月应发{title}金", of=f"当月{title}人数", drill=of_month(category),
        formula=Formula(
            numerator=Rows(due, "entitlement__region_id", "amount_fen"),
            denominator=Rows(side(persons, category), "household__region_id"),
            known=KEPT,
        ),
    )  # fmt: skip


TOPUPS = (_topup("N03a", "城市低保", Category.URBAN.value), _topup("N03b", "农村低保", Category.RURAL.value))

DIFFERENCE = Indicator(
    code="N07", title="精准差额救助县比例", line=LINE, unit="%", seed="003", period=Period.POINT,
    counts="按差额计算低保金的县（市、区）", of="全部县（市、区）", lowest=Level.COUNTY,
    source="标准库（standards/）", personal=False,
    formula=Formula(
        numerator=counties_with("pay_mode", "差额"), denominator=Figures(every_county),
        known=Figures(every_county),
    ),
)  # fmt: skip

DELEGATED = Indicator(
    code="N08", title="审核确认权限下放县", line=LINE, unit="个", seed="001", period=Period.POINT,
    counts="委托乡镇（街道）审核确认的县（市、区）", lowest=Level.COUNTY,
    source="标准库（standards/）", personal=False,
    formula=Formula(numerator=counties_with("dibao_delegated", True), known=Figures(every_county)),
)  # fmt: skip

HELPED = Indicator(
    code="N09", title="惠及困难群众", line=LINE, unit="人", seed="001", better=Better.NONE, aspect="扩围",
    counts="当月享受社会救助的人", note="目前只有低保接入，其他救助接入后一并计算",
    source="待遇台账和家庭成员", drill=of_month(BOTH),
    formula=Formula(numerator=Rows(persons, "household__region_id"), known=KEPT),
)  # fmt: skip


def late_papers(month: dt.date) -> QuerySet[CaseClock]:
    """Clocks for completing the papers that ended in the month and were not stopped in time."""
    in_time = Q(stopped_on__isnull=False, stopped_on__lte=F("due_on"))
    return papers_due(month).exclude(in_time)


def papers_due(month: dt.date) -> QuerySet[CaseClock]:
    return CaseClock.objects.filter(
        case__item="A6", key="papers", due_on__gte=month, due_on__lt=next_month(month)
    )


def _reserve(
    code: str, title: str, counts: str, numerator: Rows, of: str = "", out_of: Rows | None = None, **more: Any
) -> Indicator:
    """One figure of the townships' reserve funds, known where a county has any (民发〔2018〕23号)."""
    return Indicator(
        code=f"reserve.{code}", title=title, line=LINE, counts=counts, of=of, aspect="救急", personal=False,
        formula=Formula(numerator=numerator, denominator=out_of, known=Rows(reserves.funds(RESERVE.code))), **more,
    )  # fmt: skip


RESERVES = (
    _reserve(
        "below_floor", "低于下限的备用金", "月末余额低于下限的乡镇（街道）备用金", Rows(reserves.below_floor(RESERVE.code)),
        unit="个", better=Better.LESS, source="备用金凭证",
    ),
    _reserve(
        "late_papers", "急难救助逾期补齐材料", "当月到期、没有按时补齐材料的先行救助", Rows(late_papers, "case__region_id"),
        "当月应当补齐材料的先行救助", Rows(papers_due, "case__region_id"), unit="%", better=Better.LESS, source="办件时限",
    ),
    _reserve(
        "unreconciled", "未对账的备用金", "当月没有对账或对账没有确认的乡镇（街道）备用金", Rows(reserves.unreconciled(RESERVE.code)),
        unit="个", better=Better.LESS, source="备用金月度对账",
    ),
    _reserve(
        "used", "备用金使用率", "当月垫付的救助金，不含已退回的", Rows(reserves.advanced(RESERVE.code), "fund__region_id", "amount_fen"),
        "备用金上限", Rows(reserves.funds(RESERVE.code), amount="ceiling_fen"), unit="%", better=Better.NONE, source="备用金凭证",
    ),
)  # fmt: skip
