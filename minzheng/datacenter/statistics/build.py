"""What stands in a report: a county's from its values, a city's or province's from the frozen reports of its counties."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from minzheng.datacenter.indicators.models import IndicatorValue
from minzheng.datacenter.statistics.models import MonthlyReport, State
from minzheng.datacenter.statistics.words import ReportTable
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, Level, Region, within

Cells = dict[str, int | None]  # by column; None: no data, which is not 0


@dataclass(frozen=True)
class Line:
    """One division of the table."""

    code: str
    name: str
    cells: Cells


@dataclass(frozen=True)
class Content:
    """`total` is the region itself, `lines` what is below it; `missing` names the counties that have not frozen theirs."""

    total: Line
    lines: list[Line]
    missing: list[str]

    def as_json(self) -> dict[str, Any]:
        return {
            "total": vars(self.total),
            "lines": [vars(line) for line in self.lines],
            "missing": self.missing,
        }


def content_of(report: MonthlyReport) -> Content:
    kept = report.content
    return Content(Line(**kept["total"]), [Line(**line) for line in kept["lines"]], kept["missing"])


def build(table: ReportTable, region: Region, month: dt.date) -> Content:
    """The table as the data are now."""
    return (
        _from_values(table, region, month)
        if region.level >= Level.COUNTY
        else _from_reports(table, region, month)
    )


def _from_values(table: ReportTable, region: Region, month: dt.date) -> Content:
    below = list(Region.objects.on(month).filter(parent=region).order_by("code"))
    known: dict[str, Cells] = {}
    found = IndicatorValue.objects.filter(
        indicator__in=table.codes, month=month, region__in=[region.code, *(each.code for each in below)]
    )
    for value in found:
        known.setdefault(value.region_id, {})[value.indicator] = value.numerator
    lines = [Line(each.code, each.name, _cells(table, known.get(each.code, {}))) for each in below]
    return Content(Line(region.code, region.name, _cells(table, known.get(region.code, {}))), lines, [])


def _from_reports(table: ReportTable, region: Region, month: dt.date) -> Content:
    below = list(Region.objects.on(month).filter(parent=region).order_by("code"))
    counties = Region.objects.on(month).filter(within(region.prefix, "code"), level=Level.COUNTY)
    names = dict(counties.values_list("code", "name"))
    frozen = latest_frozen(table, month, region.prefix)
    digits = SIGNIFICANT_DIGITS[region.level + 1]
    sums: dict[str, Cells] = {}
    for code, report in frozen.items():
        into = sums.setdefault(code[:digits].ljust(12, "0"), _cells(table, {}))
        _add(into, content_of(report).total.cells)
    total = _cells(table, {})
    for cells in sums.values():
        _add(total, cells)
    lines = [Line(each.code, each.name, sums.get(each.code) or _cells(table, {})) for each in below]
    missing = [name for code, name in sorted(names.items()) if code not in frozen]
    return Content(Line(region.code, region.name, total), lines, missing)


def latest_frozen(table: ReportTable, month: dt.date, prefix: str = "") -> dict[str, MonthlyReport]:
    """{county: its latest frozen report of the month}."""
    found = MonthlyReport.objects.filter(
        within(prefix), table=table.code, month=month, state=State.FROZEN, region__level=Level.COUNTY
    )
    return {report.region_id: report for report in found.order_by("version")}


def _cells(table: ReportTable, known: Cells) -> Cells:
    return {code: known.get(code) for code in table.codes}


def _add(into: Cells, more: Cells) -> None:
    for code, number in more.items():
        if number is not None:
            into[code] = (into.get(code) or 0) + number


def digest_of(report: MonthlyReport) -> str:
    """SHA-256 in hex over what the report says and which it is."""
    said = [report.table, report.region_id, report.month.isoformat(), report.version, report.content]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Change:
    """One cell that differs between two states of a table."""

    place: str
    column: str
    before: int | None
    after: int | None


def changes(before: Content, after: Content) -> Iterator[Change]:
    """Cells that differ, in the order of the table; a division that is only in one counts as without data there."""
    old = {line.code: line for line in (before.total, *before.lines)}
    new = {line.code: line for line in (after.total, *after.lines)}
    for code in dict.fromkeys([*old, *new]):
        was = old[code].cells if code in old else {}
        now = new[code].cells if code in new else {}
        name = (new.get(code) or old[code]).name
        for column in dict.fromkeys([*was, *now]):
            if was.get(column) != now.get(column):
                yield Change(name, column, was.get(column), now.get(column))
