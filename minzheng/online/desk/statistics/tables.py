"""A report as text: heads with their groups, rows of numbers, findings with their notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from minzheng.datacenter.statistics.build import Change, Line, content_of
from minzheng.datacenter.statistics.models import MonthlyReport, State
from minzheng.datacenter.statistics.words import ReportTable
from minzheng.foundation.ledger.money import yuan

TONES = {State.DRAFT: "info", State.SUBMITTED: "warn", State.FROZEN: "ok"}
UNKNOWN = "—"


@dataclass(frozen=True)
class Table:
    """`groups`: (heading, how many columns); `heads` below them; `rows`: (name, cells), the total last."""

    groups: list[tuple[str, int]]
    heads: list[str]
    rows: list[tuple[str, list[str]]]


def table_of(declared: ReportTable, report: MonthlyReport) -> Table:
    content = content_of(report)
    groups: list[tuple[str, int]] = []
    for column in declared.columns:
        if groups and groups[-1][0] == column.group:
            groups[-1] = (column.group, groups[-1][1] + 1)
        else:
            groups.append((column.group, 1))
    rows = [(line.name, _cells(declared, line)) for line in content.lines]
    rows.append(("合计", _cells(declared, content.total)))
    return Table(groups, [f"{column.title}（{column.declared.unit}）" for column in declared.columns], rows)


def _cells(declared: ReportTable, line: Line) -> list[str]:
    return [text_of(column.is_money, line.cells[column.indicator]) for column in declared.columns]


def text_of(is_money: bool, number: int | None) -> str:
    """Money in yuan without its unit, which the head names."""
    if number is None:
        return UNKNOWN
    return yuan(number) if is_money else f"{number:,}"


def changes_of(declared: ReportTable, changes: Iterable[Change]) -> list[tuple[str, str, str, str]]:
    """(place, column, before, after) as text."""
    found = []
    for one in changes:
        column = declared.column(one.column)
        before, after = (text_of(column.is_money, number) for number in (one.before, one.after))
        found.append((one.place, column.heading, before, after))
    return found


def findings_of(report: MonthlyReport) -> Sequence[dict[str, Any]]:
    """Findings with the note that explains each, as the template shows them."""
    return [{**one, "note": report.notes.get(one["key"], "")} for one in report.findings]
