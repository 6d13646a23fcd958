"""A report as a file, in the layout of the national tables: two rows of heads, divisions below, the total last."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from minzheng.datacenter.statistics.build import content_of
from minzheng.datacenter.statistics.models import MonthlyReport
from minzheng.datacenter.statistics.words import ReportTable
from minzheng.foundation.registers.columns import harmless
from minzheng.foundation.registers.excel.sheets import add_notes, head_cell, new_book, to_bytes
from minzheng.online.ui.formats import cn_datetime, cn_month


def name_of(declared: ReportTable, report: MonthlyReport, suffix: str) -> str:
    state = f"第{report.version}版" if report.is_frozen else report.get_state_display()
    return f"{report.region.name}{declared.title}{report.month:%Y%m}{state}.{suffix}"


def csv_of(declared: ReportTable, report: MonthlyReport) -> bytes:
    """UTF-8 with a mark, so that spreadsheet programs read it rightly; one row of whole heads."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["区划代码", "地区", *(column.heading for column in declared.columns)])
    writer.writerows(
        [harmless(code), harmless(name), *numbers] for code, name, numbers in _rows(declared, report)
    )
    return ("\ufeff" + out.getvalue()).encode()


def workbook(declared: ReportTable, report: MonthlyReport) -> bytes:
    """Money in yuan as numbers; the sheet 说明 says month, version, who answers for it and its checksum."""
    with new_book() as book:
        sheet = book.create_sheet(declared.title)
        sheet.freeze_panes = "C4"
        for number in range(len(declared.columns) + 2):
            sheet.column_dimensions[get_column_letter(number + 1)].width = 16
        sheet.append([head_cell(sheet, f"{report.region.name}{cn_month(report.month)}{declared.title}")])
        groups = [column.group for column in declared.columns]
        shown = [
            group if number == 0 or group != groups[number - 1] else "" for number, group in enumerate(groups)
        ]
        sheet.append([head_cell(sheet, text) for text in ["", "", *shown]])
        heads = [f"{column.title}（{column.declared.unit}）" for column in declared.columns]
        sheet.append([head_cell(sheet, text) for text in ["区划代码", "地区", *heads]])
        for code, name, numbers in _rows(declared, report):
            sheet.append([code, harmless(name), *numbers])
        add_notes(book, "说明", _about(declared, report))
        return to_bytes(book)


def _rows(declared: ReportTable, report: MonthlyReport) -> Iterator[tuple[str, str, list[Any]]]:
    content = content_of(report)
    for line in (*content.lines, content.total):
        name = "合计" if line.code == report.region_id else line.name
        yield (
            line.code,
            name,
            [_number(column.is_money, line.cells[column.indicator]) for column in declared.columns],
        )


def _number(is_money: bool, number: int | None) -> Any:
    """An empty cell where nothing is known."""
    return Decimal(number) / 100 if is_money and number is not None else number


def _about(declared: ReportTable, report: MonthlyReport) -> Iterator[tuple[str, str]]:
    yield "报表", f"{declared.title}（{declared.cite}）"
    yield "地区和月份", f"{report.region.full_name}，{cn_month(report.month)}"
    yield "版本", f"第{report.version}版，{report.get_state_display()}"
    if report.reason:
        yield "更正原因", report.reason
    if report.is_frozen:
        yield "编制、冻结", f"{report.maker}；{report.checker}，{cn_datetime(report.frozen_at)}"
        yield "校验值", report.sha256
    for one in report.findings:
        yield f"说明：{one['place']}", f"{one['text']}　{report.notes.get(one['key'], '')}"
