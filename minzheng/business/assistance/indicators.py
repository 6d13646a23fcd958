"""What social assistance counts each month: families, people, money, standards in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from minzheng.business.assistance.benefits import DIBAO
from minzheng.datacenter.indicators.words import Better, Drill, Figures, Formula, Indicator, Period, Rows
from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount, State
from minzheng.foundation.benefits.months import next_month
from minzheng.foundation.payments.models import LineState, PaymentLine
from minzheng.foundation.people.models import Category, Membership
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.rules import default_counter

LINE = "社会救助"
Query = Callable[[dt.date], QuerySet]
BOTH = ""


def in_month(month: dt.date, path: str = "") -> Q:
    """Rights that run in the month; `path` leads to the entitlement."""
    return Q(
        Q(**{f"{path}until_month__isnull": True}) | Q(**{f"{path}until_month__gte": month}),
        **{f"{path}benefit": DIBAO.code, f"{path}since_month__lte": month},
    ) & ~Q(**{f"{path}state": State.VOID})


def kept(month: dt.date) -> QuerySet[Entitlement]:
    """Where the dibao register is kept in this system at all."""
    return Entitlement.objects.filter(benefit=DIBAO.code)


def households(category: str) -> Query:
    def rows(month: dt.date) -> QuerySet[Entitlement]:
        found = Entitlement.objects.filter(in_month(month))
        return found.filter(household__category=category) if category else found

    return rows


def persons(category: str) -> Query:
    """Members of the month's families; who died before the month is not among them (DC7)."""

    def rows(month: dt.date) -> QuerySet[Membership]:
        rights = Entitlement.objects.filter(in_month(month), household=OuterRef("household"))
        found = Membership.objects.filter(
            Exists(rights),
            Q(until__isnull=True) | Q(until__gt=month),
            Q(person__died_on__isnull=True) | Q(person__died_on__gte=month),
            since__lt=next_month(month),
        )
        return found.filter(household__category=category) if category else found

    return rows


def owed(category: str) -> Query:
    def rows(month: dt.date) -> QuerySet[EntitlementAmount]:
        found = EntitlementAmount.objects.filter(
            in_month(month, "entitlement__"),
            Q(until_month__isnull=True) | Q(until_month__gte=month),
            superseded_at__isnull=True,
            from_month__lte=month,
        )
        return found.filter(entitlement__household__category=category) if category else found

    return rows


def paid(category: str) -> Query:
    """Lines of the month's runs that the bank has paid, arrears and reissues included."""

    def rows(month: dt.date) -> QuerySet[PaymentLine]:
        found = PaymentLine.objects.filter(benefit=DIBAO.code, month=month, state=LineState.PAID)
        return found.filter(entitlement__household__category=category) if category else found

    return rows


def ran(month: dt.date) -> QuerySet[PaymentLine]:
    """Where the month has been run here: months that the former system paid have no spending in this one."""
    return PaymentLine.objects.filter(benefit=DIBAO.code, month=month)


def of_month(category: str) -> Drill:
    def filters(month: dt.date) -> dict[str, object]:
        states = [state for state in State.values if state != State.VOID]
        narrowed = {"category": category} if category else {}
        return {"since_to": month.isoformat(), "last_from": month.isoformat(), "state": states, **narrowed}

    return Drill("dibao", filters)


def standard(name: str, months: int = 1) -> Figures:
    """The standard in force on the month's first day, by province, city and county; fen a `months`-th of a year."""

    def read(month: dt.date) -> dict[str, int]:
        rows = _standards(month)
        return {code: row[name].value // months for code, row in rows.items() if name in row}

    return Figures(read)


def counties(name: str, wanted: object) -> Figures:
    """1 for each county in which the standard has that value."""

    def read(month: dt.date) -> dict[str, int]:
        book = default_counter().standards(settings.STANDARDS_SET)
        kind = book.declared[name].kind
        rows = _standards(month, Level.COUNTY)
        return {code: int(kind.plain(row[name].value) == wanted) for code, row in rows.items() if name in row}

    return Figures(read)


def every_county(month: dt.date) -> dict[str, int]:
    return {code: 1 for code in _standards(month, Level.COUNTY)}


def _standards(month: dt.date, highest: Level = Level.PROVINCE) -> dict[str, dict]:
    book = default_counter().standards(settings.STANDARDS_SET)
    day = month.year * 10000 + month.month * 100 + month.day
    places = Region.objects.on(month).filter(level__gte=highest, level__lte=Level.COUNTY)
    return {code: book.row(code, day) for code in places.values_list("code", flat=True)}


def _standard(code: str, title: str, name: str, months: int, seed: str, unit: str) -> Indicator:
    figures = standard(name, months)
    return Indicator(
        code=code, title=title, line=LINE, unit=unit, counts="当月执行的标准", period=Period.POINT,
        lowest=Level.COUNTY, formula=Formula(numerator=figures, known=figures, summed=False), seed=seed,
        source="标准库（standards/）",
    )  # fmt: skip


STANDARDS = (
    _standard("N01", "城市低保标准", "dibao_urban", 12, "003", "元/人·月"),
    _standard("N02", "农村低保标准", "dibao_rural", 1, "003", "元/人·年"),
    _standard("N05a", "城市低保标准（2018年提标）", "dibao_urban", 12, "004", "元/人·月"),
    _standard("N05b", "农村低保标准（2018年提标）", "dibao_rural", 1, "004", "元/人·年"),
)


def _parts(code: str, title: str, category: str) -> tuple[Indicator, ...]:
    """Families, people and money of one side, or of both."""
    prefix = f"dibao.{code}_" if code else "dibao."
    return (
        Indicator(
            code=f"{prefix}households", title=f"{title}户数", line=LINE, unit="户", better=Better.NONE,
            counts=f"当月享受{title}的家庭", drill=of_month(category), source="待遇台账",
            formula=Formula(numerator=Rows(households(category)), known=Rows(kept)),
        ),
        Indicator(
            code=f"{prefix}persons", title=f"{title}人数", line=LINE, unit="人", better=Better.NONE,
            counts=f"当月享受{title}的家庭中的在册成员", source="待遇台账和家庭成员", drill=of_month(category),
            formula=Formula(numerator=Rows(persons(category), "household__region_id"), known=Rows(kept)),
        ),
        Indicator(
            code=f"{prefix}spending", title=f"{title}支出", line=LINE, unit="元", better=Better.NONE,
            counts=f"当月发放中已发的{title}金，含补差和重发", source="发放明细",
            formula=Formula(numerator=Rows(paid(category), amount="amount_fen"), known=Rows(ran)),
        ),
    )  # fmt: skip


DIBAO_COUNTS = (
    *_parts("", "低保", BOTH),
    *_parts("urban", "城市低保", Category.URBAN.value),
    *_parts("rural", "农村低保", Category.RURAL.value),
)


def _topup(code: str, title: str, category: str) -> Indicator:
    return Indicator(
        code=code, title=f"{title}月人均救助水平", line=LINE, unit="元/人·月", seed="003", source="待遇台账",
        counts=f"当月应发{title}金", of=f"当月{title}人数", drill=of_month(category),
        formula=Formula(
            numerator=Rows(owed(category), "entitlement__region_id", "amount_fen"),
            denominator=Rows(persons(category), "household__region_id"),
            known=Rows(kept),
        ),
    )  # fmt: skip


TOPUPS = (_topup("N03a", "城市低保", Category.URBAN.value), _topup("N03b", "农村低保", Category.RURAL.value))

DIFFERENCE = Indicator(
    code="N07", title="精准差额救助县比例", line=LINE, unit="%", seed="003", period=Period.POINT,
    counts="按差额计算低保金的县（市、区）", of="全部县（市、区）", lowest=Level.COUNTY, source="标准库（standards/）",
    formula=Formula(
        numerator=counties("pay_mode", "差额"), denominator=Figures(every_county), known=Figures(every_county)
    ),
)  # fmt: skip

DELEGATED = Indicator(
    code="N08", title="审核确认权限下放县", line=LINE, unit="个", seed="001", period=Period.POINT,
    counts="委托乡镇（街道）审核确认的县（市、区）", lowest=Level.COUNTY, source="标准库（standards/）",
    formula=Formula(numerator=counties("dibao_delegated", True), known=Figures(every_county)),
)  # fmt: skip

HELPED = Indicator(
    code="N09", title="惠及困难群众", line=LINE, unit="人", seed="001", better=Better.NONE, source="待遇台账和家庭成员",
    counts="当月享受社会救助的人", note="目前只有低保接入，其他救助接入后一并计算",
    formula=Formula(numerator=Rows(persons(BOTH), "household__region_id"), known=Rows(kept)),
)  # fmt: skip
