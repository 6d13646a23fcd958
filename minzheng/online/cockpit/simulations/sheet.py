"""A simulation as an Excel file: the tables of the page, and where they come from."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from minzheng.datacenter.simulation.models import Simulation
from minzheng.foundation.registers.columns import harmless
from minzheng.foundation.registers.excel.sheets import add_notes, new_book, start_sheet, to_bytes
from minzheng.online.cockpit.simulations.tables import NOT_SHOWN, tables_of


def workbook(simulation: Simulation) -> bytes:
    """One sheet per table; amounts are yuan."""
    with new_book() as book:
        add_notes(book, "说明", _about(simulation))
        for table in tables_of(simulation.result):
            labels = [
                f"{label}（元）" if label.startswith(("每月", "现行", "方案")) else label
                for label in table.labels
            ]
            sheet = start_sheet(book, table.title, [table.head, *labels], [24, *[20] * len(labels)])
            for name, cells in table.rows:
                sheet.append(
                    [harmless(name), *(NOT_SHOWN if cell.value is None else cell.value for cell in cells)]
                )
        return to_bytes(book)


def _about(simulation: Simulation) -> Iterator[tuple[str, str]]:
    result = simulation.result
    yield "方案", simulation.title
    yield "测算地区", result["region"]["name"]
    yield "规则和标准", f"{result['on']}，{result['standards']}"
    yield "事实截至", result["facts_on"]
    yield "待遇", "、".join(result["benefits"])
    for change in result["changes"]:
        yield change["label"], f"{change['before']} → {change['after']}（现行依据：{change['cite'] or '无'}）"
    yield "测算人", str(simulation.owner)
    yield "测算时间", f"{timezone.localtime(simulation.created_at):%Y-%m-%d %H:%M}"
    yield "不显示", "少于5户（人）的数，和会推出它的数，都不显示。"
