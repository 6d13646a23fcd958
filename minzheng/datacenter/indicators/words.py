"""The word Indicator (指标): what is counted, over what, how often, and where one sees who is behind the number.

    HOUSEHOLDS = Indicator(
        code="dibao.households", title="低保户数", line="社会救助", unit="户", counts="当月享受低保的家庭",
        formula=Formula(numerator=Rows(entitled), known=Rows(kept)),
        drill=Drill("dibao", lambda month: {"since_to": f"{month}"}),
    )

docs/indicators.md explains every field with an example.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar

from django.db.models import QuerySet

from minzheng.foundation.regions.models import Level
from minzheng.foundation.registry.words import Word, all_shelves

ASPECTS = ("兜底", "救急", "提标", "扩围")


class Better(Enum):
    """Which way is welcome; `none` is not judged."""

    MORE = "more"
    LESS = "less"
    NONE = "none"


class Period(Enum):
    """What time one value stands for."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    POINT = "point"

    @property
    def label(self) -> str:
        return {"month": "月", "quarter": "季度", "half_year": "半年", "year": "年", "point": "时点"}[
            self.value
        ]


@dataclass(frozen=True)
class Rows:
    """What is counted in a month: one row each of `rows(month)`, or their `amount` (an ORM path) summed.

    `region` is the path of the 12-digit code in which a row lies: a village, or any division above it.
    """

    rows: Callable[[dt.date], QuerySet[Any]]
    region: str = "region_id"
    amount: str = ""


@dataclass(frozen=True)
class Figures:
    """Numbers that stand in no table (standards in force): `read(month)` gives {12-digit code: whole number}."""

    read: Callable[[dt.date], Mapping[str, int]]


@dataclass(frozen=True)
class Formula:
    """How the value of every region is worked out, in one statement over all regions.

    `known` tells in which counties these data are kept at all: there a count without rows is 0, elsewhere it is
    unknown and has no value. With a denominator, a region whose denominator is 0 has no value either.
    `summed=False`: each region has its own figure (a standard), which is not the sum of those below.
    """

    numerator: Rows | Figures
    known: Rows | Figures
    denominator: Rows | Figures | None = None
    summed: bool = True


@dataclass(frozen=True)
class Drill:
    """Where the rows behind the numerator are listed: a register's code and its filters for a month."""

    register: str
    filters: Callable[[dt.date], Mapping[str, Any]]
    permission: str = "register.read"
    title: str = "查看名单"


@dataclass(frozen=True, kw_only=True)
class Indicator(Word):
    """One figure of the department. Without a formula it is reported by hand, with a document as evidence.

    `unit` decides how a value reads: 元 is whole fen, % is a share of the denominator times 100, all else counts.
    """

    file: ClassVar[str] = "indicators"

    line: str  # the heading it stands under: 社会救助, 养老 …
    unit: str
    counts: str  # the numerator in words
    of: str = ""  # the denominator in words
    note: str = ""
    period: Period = Period.MONTH
    better: Better = Better.MORE
    lowest: Level = Level.TOWNSHIP
    formula: Formula | None = None
    drill: Drill | None = None
    seed: str = ""  # which of the five source documents names it
    source: str = "各级填报"
    aspect: str = ""  # which side of assistance it measures, one of ASPECTS
    personal: bool = True  # small numbers may point at people; False: places, standards

    @property
    def number(self) -> str:
        """N03 of N03a: the row of the inventory of indicators; empty for those of our own."""
        return self.code[:3] if self.code[0] == "N" and self.code[1:3].isdigit() else ""

    @property
    def is_money(self) -> bool:
        return self.unit.startswith("元")

    @property
    def is_ratio(self) -> bool:
        """Ratios and standards hold for a part as for the whole; counts are shared out among the parts."""
        return (
            bool(self.of)
            or self.unit in {"%", "分钟", "名", "年"}
            or (self.formula is not None and not self.formula.summed)
        )

    @property
    def scale(self) -> int:
        return 100 if self.unit == "%" else 1

    @property
    def definition(self) -> str:
        """分子 ÷ 分母, in words."""
        words = f"{self.counts} ÷ {self.of}" if self.of else self.counts
        return f"{words}。{self.note}" if self.note else f"{words}。"

    def show(self, value: Decimal | int | None) -> str:
        """As a person reads it: 374.00元/人·月, 93.5%, 1,482 户; — where nothing is known."""
        if value is None:
            return "—"
        if self.is_money:
            return f"{Decimal(value) / 100:,.2f}{self.unit}"
        if self.unit == "%":
            return f"{value:.1f}%"
        return f"{Decimal(value).normalize():,f} {self.unit}"

    def problems(self) -> Iterable[str]:
        if not self.counts:
            yield "counts 没有填写：请用文字写明分子（数的是什么）。"
        if self.formula is not None and bool(self.formula.denominator) != bool(self.of):
            yield "of 与 formula.denominator 不一致：有分母就写明分母是什么，没有就都不写。"
        if self.aspect and self.aspect not in ASPECTS:
            yield f"aspect“{self.aspect}”不认识：请写 {'、'.join(ASPECTS)} 之一，或不写。"
        if self.unit == "%" and not self.of:
            yield "单位是 % 却没有写分母 of：请写明是占什么的百分之几。"
        if self.drill is not None:
            for shelf in all_shelves():
                if shelf.word.file == "registers" and self.drill.register not in shelf:
                    yield f"drill 的台账 {self.drill.register} 不存在：请改为已声明的台账代码。"
