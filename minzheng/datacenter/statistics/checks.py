"""What is wrong or odd in a table: relations that must hold, sums, sudden changes. Odd things need a note."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from minzheng.datacenter.statistics.build import Content, Line
from minzheng.datacenter.statistics.reconcile import reconcile
from minzheng.datacenter.statistics.words import ReportTable
from minzheng.foundation.items.figures import figures
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.regions.models import Region


@dataclass(frozen=True)
class Finding:
    """`blocks`: must be put right before freezing; otherwise a note explains it. `key` names it for the note."""

    key: str
    place: str
    text: str
    blocks: bool


def check(
    table: ReportTable, region: Region, month: dt.date, content: Content, before: Content | None
) -> list[Finding]:
    """All findings, those that block first. `before`: the month before, or None when there is none."""
    titles = {column.indicator: f"{column.group}{column.title}" for column in table.columns}
    found = [
        *_relations(table, content, titles),
        *_sums_of_lines(table, content, titles),
        *_money(table, region, month, content),
        *_missing(content),
    ]
    if before is not None:
        limit = int(figures(month, region.code)("statistics_change_percent"))
        found += _jumps(table, content.total, before.total, titles, limit)
    return sorted(found, key=lambda one: not one.blocks)


def _relations(table: ReportTable, content: Content, titles: dict[str, str]) -> Iterator[Finding]:
    for line in (content.total, *content.lines):
        for more, less in table.at_least:
            if _known(line, more, less) and line.cells[more] < line.cells[less]:  # type: ignore[operator]
                text = (
                    f"{titles[more]} {line.cells[more]} 少于{titles[less]} {line.cells[less]}，请核对台账。"
                )
                yield Finding(f"less:{line.code}:{more}:{less}", line.name, text, True)
        for whole, parts in table.sums:
            if _known(line, whole, *parts):
                together = sum(line.cells[part] or 0 for part in parts)
                if together != line.cells[whole]:
                    text = f"{titles[whole]} {line.cells[whole]}，各部分合计 {together}，不一致。"
                    yield Finding(f"sum:{line.code}:{whole}", line.name, text, True)


def _sums_of_lines(table: ReportTable, content: Content, titles: dict[str, str]) -> Iterator[Finding]:
    for code in table.codes:
        known = [line.cells[code] for line in content.lines if line.cells[code] is not None]
        total = content.total.cells[code]
        if known and total is not None and sum(known) != total:  # type: ignore[arg-type]
            text = f"{titles[code]}：下级合计 {sum(known)}，本级 {total}，不一致。"  # type: ignore[arg-type]
            yield Finding(f"below:{code}", content.total.name, text, True)


def _money(table: ReportTable, region: Region, month: dt.date, content: Content) -> Iterator[Finding]:
    for number, row in enumerate(reconcile(table, region, month, content)):
        if not row.holds:
            text = f"支出与发放明细、资金账不一致，差 {yuan(row.difference)} 元。请先在资金—月度平账中查清。"
            yield Finding(f"money:{number}", row.place, text, True)


def _missing(content: Content) -> Iterator[Finding]:
    if content.missing:
        names = "、".join(content.missing[:8]) + ("等" if len(content.missing) > 8 else "")
        text = f"{len(content.missing)} 个县（市、区）还没有冻结本月报表：{names}。汇总数不含这些地方。"
        yield Finding("missing", content.total.name, text, False)


def _jumps(
    table: ReportTable, now: Line, before: Line, titles: dict[str, str], limit: int
) -> Iterator[Finding]:
    for code in table.codes:
        was, is_now = before.cells.get(code), now.cells[code]
        if was is None or is_now is None or abs(is_now - was) * 100 <= was * limit:
            continue
        moved = f"{(is_now - was) * 100 / was:+.1f}%" if was else "上月为0"
        text = f"{titles[code]}比上月变化 {moved}，超过 {limit}%，请说明原因。"
        yield Finding(f"jump:{code}", now.name, text, False)


def _known(line: Line, *codes: str) -> bool:
    return all(line.cells[code] is not None for code in codes)
