"""A simulation's result as people read it: the same tables for the page and for Excel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minzheng.datacenter.simulation.sums import FATES, UNDETERMINED
from minzheng.online.ui.formats import big_number, money

NOT_SHOWN = "不显示"
UNPAID = ("neither", UNDETERMINED)
Result = Mapping[str, Any]


@dataclass(frozen=True)
class Cell:
    """A figure: `value` for a spreadsheet (yuan or a count; None is hidden), `text` for the page."""

    label: str
    value: float | int | str | None
    text: str


@dataclass(frozen=True)
class Table:
    """`rows`: (name, cells); every cell carries the label of its column, `head` names the first column."""

    key: str
    title: str
    head: str
    labels: list[str]
    rows: list[tuple[str, list[Cell]]]


def signed(fen: int | None) -> str:
    """+1,234.50元 more a month; 不显示 when hidden."""
    if fen is None:
        return NOT_SHOWN
    return f"+{money(fen)}" if fen > 0 else money(fen)


def count(label: str, number: int | None) -> Cell:
    return Cell(label, number, NOT_SHOWN if number is None else f"{number:,}")


def fen(label: str, amount: int | None, *, is_change: bool = False) -> Cell:
    text = signed(amount) if is_change else NOT_SHOWN if amount is None else money(amount)
    return Cell(label, None if amount is None else amount / 100, text)


def tables_of(result: Result) -> list[Table]:
    """By fate, by region, by residence, by group of people, and what is missing."""
    tables = [
        _table("fates", "前后变化", "变化", _fates(result)),
        _table("regions", "各地情况", "地区", _places([*result["by_region"], result["total"]])),
        _table("residence", "城乡", "城乡", _places([*result["by_residence"], result["total"]])),
        _table("people", "人群", "人群", _people([*result["by_age"], *result["by_disability"]])),
        _table("missing", "未定的家庭缺少什么", "缺少的事实或标准", _missing(result["missing"])),
    ]
    return [table for table in tables if table.rows]


def _table(key: str, title: str, head: str, rows: Iterator[tuple[str, list[Cell]]]) -> Table:
    found = list(rows)
    return Table(key, title, head, [cell.label for cell in found[0][1]] if found else [], found)


def _fates(result: Result) -> Iterator[tuple[str, list[Cell]]]:
    money_of = {one["code"]: one["difference_fen"] for one in result["by_fate"]}
    total = result["total"]
    for code, label in FATES.items():
        change = (
            Cell("每月差额", "", "—") if code in UNPAID else fen("每月差额", money_of[code], is_change=True)
        )
        yield label, [count("户", total["households"][code]), count("人", total["persons"][code]), change]
    yield (
        "合计",
        [
            count("户", total["households"]["all"]),
            count("人", total["persons"]["all"]),
            fen("每月差额", total["difference_fen"], is_change=True),
        ],
    )


def _places(lines: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[Cell]]]:
    for line in lines:
        households = line["households"]
        yield (
            line["label"],
            [
                count("提高或新纳入（户）", households["up"]),
                count("降低或不再符合（户）", households["down"]),
                count("未定（户）", households[UNDETERMINED]),
                fen("现行每月", line["before_fen"]),
                fen("方案每月", line["after_fen"]),
                fen("每月差额", line["difference_fen"], is_change=True),
            ],
        )


def _people(lines: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[Cell]]]:
    for line in lines:
        persons = line["persons"]
        yield (
            line["label"],
            [
                count("提高或新纳入（人）", persons["up"]),
                count("降低或不再符合（人）", persons["down"]),
                count("未定（人）", persons[UNDETERMINED]),
                count("全部（人）", persons["all"]),
            ],
        )


def _missing(missing: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[Cell]]]:
    for one in missing:
        yield one["label"], [count("户", one["households"])]


def tiles_of(result: Result) -> list[tuple[str, str, str]]:
    """(label, number, unit) of what one wants to know first."""
    total = result["total"]
    change = total["difference_fen"]
    counts = [("提高或新纳入", "up"), ("降低或不再符合", "down"), ("缺少事实，未定", UNDETERMINED)]
    return [
        (
            "每月少支出" if change is not None and change < 0 else "每月多支出",
            *_split(NOT_SHOWN if change is None else money(abs(change))),
        ),
        ("方案每月应发", *_split(fen("", total["after_fen"]).text)),
        *((label, *_split(_big(total["households"][key]))) for label, key in counts),
    ]


def _big(households: int | None) -> str:
    return NOT_SHOWN if households is None else f"{big_number(households)}户"


def _split(text: str) -> tuple[str, str]:
    """The number and its unit, which stands smaller beside it; what is not shown has none."""
    return (text, "") if text == NOT_SHOWN else (text[:-1], text[-1])


def charts_of(result: Result) -> list[tuple[str, str, list[tuple[str, float]]]]:
    """(title, unit, bars) of pictures that have something to show."""
    differences = [
        (line["label"], line["difference_fen"] / 100)
        for line in result["by_region"]
        if line["difference_fen"]
    ]
    bands = [(band["label"], band["households"]) for band in result["bands"] if band["households"]]
    charts: list[tuple[str, str, list[tuple[str, float]]]] = [
        ("各地每月多支出", "元", [one for one in differences if one[1] > 0]),
        ("各地每月少支出", "元", [(label, -amount) for label, amount in differences if amount < 0]),
        ("每户每月的变化", "户", bands),
    ]
    return [one for one in charts if one[2]]
