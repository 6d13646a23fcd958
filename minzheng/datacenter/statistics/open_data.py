"""Open data: county tables out of frozen reports, small cells and all that would give them away left out.

Only counties are published. What a province adds up would tell, beside the counties' own tables, what those hide.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.db.models import Max, QuerySet

from minzheng.datacenter.small_cells import protect
from minzheng.datacenter.statistics.build import Cells, Content, Line, content_of
from minzheng.datacenter.statistics.models import MonthlyReport, State
from minzheng.datacenter.statistics.words import ReportTable
from minzheng.foundation.items.figures import figures
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.regions.models import Level

HIDDEN, UNKNOWN = "不公开", "无数据"
LICENCE = "可以自由使用、转载、加工，包括商业使用；请注明来源和月份，不得用来推断个人或家庭。"
Cell = tuple[str, str]  # division, column


def published() -> QuerySet[MonthlyReport]:
    """The latest frozen version of each county's table and month, the newest first."""
    frozen = MonthlyReport.objects.filter(state=State.FROZEN, region__level=Level.COUNTY)
    newest = frozen.values("table", "region", "month").annotate(last=Max("pk")).values("last")
    return frozen.filter(pk__in=newest).select_related("region").order_by("-month", "region_id", "table")


def least_of(report: MonthlyReport) -> int:
    """k: a cell of fewer people or families is not published (a dated standard)."""
    return int(figures(report.month, report.region_id)("open_data_least"))


def hidden_cells(table: ReportTable, content: Content, least: int) -> set[Cell]:
    """The cells that are not published: what small cells follow from is hidden with them, money with its families."""
    counts = [column.indicator for column in table.columns if not column.is_money]
    cells, sums = _counts(table, content, counts)
    lines = (content.total, *content.lines)
    kinds = {column.indicator: column.group for column in table.columns}
    # Six people of one family betray it as well: where one count of a kind is small, the others of it are secret.
    few = {(code, kinds[column]) for (code, column), count in cells.items() if 0 < count < least}
    secret = [cell for cell, count in cells.items() if count and (cell[0], kinds[cell[1]]) in few]
    families = protect(cells, sums, secret, least)
    # Money betrays the few whom it is for: it is hidden wherever a count of the same kind is.
    no_money = {
        (line.code, column.indicator)
        for line in lines
        for column in table.columns
        if column.is_money
        and any((line.code, code) in families for code in counts if kinds[code] == column.group)
    }
    return families | no_money


def _counts(
    table: ReportTable, content: Content, counts: list[str]
) -> tuple[dict[Cell, int], list[tuple[Cell, list[Cell]]]]:
    """All known counts, and how they add up: each line from its kinds, the county from its townships."""
    lines = (content.total, *content.lines)
    cells = {
        (line.code, code): number
        for line in lines
        for code in counts
        if (number := line.cells[code]) is not None
    }
    sums: list[tuple[Cell, list[Cell]]] = [
        ((line.code, whole), [(line.code, part) for part in parts])
        for line in lines
        for whole, parts in table.sums
        if whole in counts
    ]
    sums += [((content.total.code, code), [(line.code, code) for line in content.lines]) for code in counts]
    known = [(whole, [part for part in parts if part in cells]) for whole, parts in sums if whole in cells]
    return cells, [(whole, parts) for whole, parts in known if parts]


def rows_of(table: ReportTable, report: MonthlyReport) -> Iterator[list[str]]:
    """The table as text, the county last; money in yuan."""
    content = content_of(report)
    hide = hidden_cells(table, content, least_of(report))
    for line in (*content.lines, content.total):
        yield [line.code, line.name, *(_text(table, line, code, hide) for code in table.codes)]


def _text(table: ReportTable, line: Line, code: str, hide: set[Cell]) -> str:
    cells: Cells = line.cells
    if (line.code, code) in hide:
        return HIDDEN
    number = cells[code]
    if number is None:
        return UNKNOWN
    return yuan(number) if table.column(code).is_money else str(number)


def csv_of(table: ReportTable, report: MonthlyReport) -> str:
    """UTF-8 text with a mark at its beginning, by which spreadsheet programs read it rightly."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(["区划代码", "地区", *(column.heading for column in table.columns)])
    writer.writerows(rows_of(table, report))
    return out.getvalue()


def dictionary_of(table: ReportTable) -> list[tuple[str, str, str]]:
    """The data dictionary: (column, unit, what it counts)."""
    return [
        ("区划代码", "", "12位区划代码（国家统计局统计用区划代码）"),
        ("地区", "", "乡镇（街道）名称；最后一行为全县合计"),
        *((column.heading, column.declared.unit, column.declared.definition) for column in table.columns),
    ]
