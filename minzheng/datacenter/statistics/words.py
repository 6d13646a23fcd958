"""The word ReportTable (统计报表): which figures a monthly table holds, and what must agree among them.

MONTHLY = ReportTable(
    code="dibao-monthly", title="最低生活保障月报",
    columns=(ReportColumn("dibao.urban_persons", "人数", "城市低保"), …),
    at_least=(("dibao.persons", "dibao.households"),),
    sums=(("dibao.persons", ("dibao.urban_persons", "dibao.rural_persons")),),
    spending=(Spending("dibao.spending", "dibao"),),
)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from minzheng.datacenter.indicators.words import Indicator
from minzheng.foundation.registry.words import Word, shelf


@dataclass(frozen=True)
class ReportColumn:
    """One figure of the table: an indicator's code, its heading, and the heading above that."""

    indicator: str
    title: str
    group: str = ""

    @property
    def declared(self) -> Indicator:
        return shelf(Indicator).get(self.indicator)

    @property
    def is_money(self) -> bool:
        return self.declared.is_money

    @property
    def heading(self) -> str:
        """城市低保人数（人）: the whole name in one cell."""
        return f"{self.group}{self.title}（{self.declared.unit}）"


@dataclass(frozen=True)
class Spending:
    """A column of money that must be what the month's lines and the ledger say was paid for a benefit."""

    column: str
    benefit: str


@dataclass(frozen=True, kw_only=True)
class ReportTable(Word):
    """A monthly table: a row for each division, a column for each indicator. All columns are sums, no ratios."""

    file: ClassVar[str] = "reports"

    columns: tuple[ReportColumn, ...]
    at_least: tuple[tuple[str, str], ...] = ()  # the first is never less than the second
    sums: tuple[tuple[str, tuple[str, ...]], ...] = ()  # the first is what the others come to
    spending: tuple[Spending, ...] = ()
    cite: str = ""

    @property
    def codes(self) -> list[str]:
        return [column.indicator for column in self.columns]

    def column(self, code: str) -> ReportColumn:
        return next(column for column in self.columns if column.indicator == code)

    def problems(self) -> Iterable[str]:
        used = [code for pair in self.at_least for code in pair]
        used += [code for whole, parts in self.sums for code in (whole, *parts)]
        used += [one.column for one in self.spending]
        for code in sorted(set(used) - set(self.codes)):
            yield f"校验关系里的 {code} 不是表中的列：请加上这一列，或改正代码。"
        for code in self.codes:
            if code not in shelf(Indicator):
                yield f"列 {code} 不是已声明的指标：请改正代码。"
            elif shelf(Indicator).get(code).is_ratio:
                yield f"列 {code} 是比率，不能逐级相加：请改用它的分子和分母。"
