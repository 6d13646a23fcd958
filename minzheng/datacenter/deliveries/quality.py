"""Quality rules: every row judged by whole columns at a time (numpy, Arrow). A rule gives a mask, never an exception."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from minzheng.datacenter.deliveries.reading import LOST_DIGITS, Table
from minzheng.datacenter.deliveries.words import FileColumn, FileFormat
from minzheng.foundation.people.id_numbers import CHECK_CHARACTERS, WEIGHTS

if TYPE_CHECKING:
    Mask = np.ndarray

RULES = {
    "ragged": "这一行的列数与列名不一样，请检查有没有多出或漏掉分隔符",
    "blank": "必填，不能空",
    "lost": "被当成数字，后几位已经丢失，请把这一列设为“文本”后重新导出",
    "number": "不是18位号码",
    "check": "号码校验不通过，请对照证件逐位核对",
    "date": "不是真实存在的日期",
    "future": "日期晚于送来的那天",
    "money": "不是金额，请只写数字，最多两位小数，单位元",
    "integer": "不是整数",
    "code": "不是约定的写法",
    "twice": "与前面的一行完全相同，只算一次",
}
# A row whose number is wrong may still be matched by name and birth date; the others say nothing that could be used.
ABOUT_NUMBER = {"lost", "number", "check"}
DATE = (
    r"^(?P<y>\d{4})(?:(?P<m>\d{2})(?P<d>\d{2})|[-/.年](?P<m1>\d{1,2})[-/.月](?P<d1>\d{1,2})日?)(?:[ T].*)?$"
)
MONEY = r"^(?P<yuan>\d{1,12})(?:\.(?P<cents>\d{1,2})0*)?$"


@dataclass(frozen=True)
class Problem:
    rule: str
    column: FileColumn | None
    mask: Mask

    @property
    def text(self) -> str:
        return RULES[self.rule]


@dataclass(frozen=True)
class Judged:
    """Every row with what it means. `values`: Arrow columns, null where empty or wrong; dates are ISO text, money fen.

    `rejected`: rows that say nothing usable; `unnumbered`: usable rows without a valid number.
    """

    table: Table
    values: dict[str, pa.Array]
    problems: list[Problem]
    rejected: Mask
    unnumbered: Mask

    def counts(self) -> dict[str, int]:
        """{rule: rows that break it}."""
        found: dict[str, Mask] = {}
        for problem in self.problems:
            found[problem.rule] = found.get(problem.rule, np.zeros(len(problem.mask), bool)) | problem.mask
        return {rule: int(mask.sum()) for rule, mask in found.items() if mask.any()}

    def said_of(self, rows: Mask) -> dict[int, list[list[str]]]:
        """{place: [[header, what is wrong]]} of the chosen rows."""
        said: dict[int, list[list[str]]] = {}
        for problem in self.problems:
            for place in np.flatnonzero(problem.mask & rows).tolist():
                header = problem.column.header if problem.column else "整行"
                said.setdefault(place, []).append([header, problem.text])
        return said


def judge(table: Table, form: FileFormat, today: dt.date) -> Judged:
    problems: list[Problem] = [Problem("ragged", None, table.ragged)]
    values: dict[str, pa.Array] = {}
    for column in form.columns:
        text = table.columns[column.key]
        empty = _np(pc.equal(text, ""))
        if column.required:
            problems.append(Problem("blank", column, empty))
        values[column.key], found = _read(column, text, empty, today)
        problems += found
    rows = pc.binary_join_element_wise(*table.columns.values(), "\x1f")
    codes = _np(rows.dictionary_encode().indices)
    first = np.zeros(len(codes), bool)
    first[np.unique(codes, return_index=True)[1]] = True
    problems.append(Problem("twice", None, ~first))
    problems = [problem for problem in problems if problem.mask.any()]
    rejected = np.zeros(len(codes), bool)
    for problem in problems:
        if problem.rule not in ABOUT_NUMBER or ("birth_date" not in form.keys and "name" not in form.keys):
            rejected |= problem.mask
    numbered = _np(values["id_no"].is_valid()) if "id_no" in values else np.zeros(len(codes), bool)
    return Judged(table, values, problems, rejected, ~numbered & ~rejected)


def _read(column: FileColumn, text: pa.Array, empty: Mask, today: dt.date) -> tuple[pa.Array, list[Problem]]:
    lost = _np(pc.equal(text, LOST_DIGITS)) & ~empty
    tidy = pc.ascii_upper(pc.replace_substring_regex(pc.utf8_normalize(text, "NFKC"), r"\s+", ""))
    match column.kind:
        case "id_no":
            value, found = _id_numbers(column, pc.replace_substring(tidy, "-", ""), ~empty & ~lost, today)
        case "date":
            value, found = _dates(column, pc.utf8_normalize(text, "NFKC"), ~empty & ~lost, today)
        case "money":
            bare = pc.replace_substring_regex(tidy, "[,¥￥元]", "")
            value, found = _money(column, bare, ~empty & ~lost)
        case "number":
            fits = _np(pc.match_substring_regex(tidy, r"^\d{1,9}$"))
            value = _whole(tidy, fits)
            found = [Problem("integer", column, ~fits & ~empty & ~lost)]
        case "code":
            keys = [*column.values]
            places = pc.index_in(pc.utf8_trim_whitespace(text), pa.array(keys))
            value = pc.take(pa.array([column.values[key] for key in keys]), places)
            found = [Problem("code", column, ~_np(places.is_valid()) & ~empty)]
        case "name":
            bare = pc.replace_substring_regex(pc.utf8_normalize(text, "NFKC"), r"[\s·•.]", "")
            value, found = pc.if_else(pa.array(empty), None, bare), []
        case _:
            value, found = pc.if_else(pa.array(empty), None, text), []
    if lost.any():
        found.append(Problem("lost", column, lost))
    return value, found


def _id_numbers(
    column: FileColumn, text: pa.Array, filled: Mask, today: dt.date
) -> tuple[pa.Array, list[Problem]]:
    """GB 11643-1999 over a whole column (people/id_numbers.py says the same of one)."""
    shaped = _np(pc.match_substring_regex(text, r"^\d{17}[\dX]$")) & filled
    digits = np.zeros((len(shaped), 18), np.uint8)
    if shaped.any():
        digits[shaped] = (
            np.array(text.filter(pa.array(shaped)).to_pylist(), "S18").view(np.uint8).reshape(-1, 18)
        )
    sums = (digits[:, :17].astype(np.int64) - 48) @ np.array(WEIGHTS)
    right = np.frombuffer(CHECK_CHARACTERS.encode(), np.uint8)[sums % 11] == digits[:, 17]
    tens = digits[:, 6:14].astype(np.int64) - 48
    year = tens[:, :4] @ np.array([1000, 100, 10, 1])
    month, day = tens[:, 4] * 10 + tens[:, 5], tens[:, 6] * 10 + tens[:, 7]
    right &= _are_days(year, month, day) & (year * 10000 + month * 100 + day <= _number(today))
    good = shaped & right
    return pc.if_else(pa.array(good), text, None), [
        Problem("number", column, filled & ~shaped),
        Problem("check", column, shaped & ~right),
    ]


def _dates(
    column: FileColumn, text: pa.Array, filled: Mask, today: dt.date
) -> tuple[pa.Array, list[Problem]]:
    parts = pc.extract_regex(text, DATE)
    shaped = _np(parts.is_valid()) & filled

    def number(*names: str) -> np.ndarray:
        texts = [pc.struct_field(parts, name).fill_null("") for name in names]
        joined = pc.binary_join_element_wise(*texts, "")
        return np.asarray(pc.if_else(pc.equal(joined, ""), "0", joined).cast(pa.int64()))

    year, month, day = number("y"), number("m", "m1"), number("d", "d1")
    real = shaped & _are_days(year, month, day)
    ahead = real & column.past & (year * 10000 + month * 100 + day > _number(today))
    good = real & ~ahead
    iso = [
        f"{y:04d}-{m:02d}-{d:02d}" if ok else None
        for y, m, d, ok in zip(year.tolist(), month.tolist(), day.tolist(), good.tolist(), strict=True)
    ]
    return pa.array(iso, pa.string()), [
        Problem("date", column, filled & ~real),
        Problem("future", column, ahead),
    ]


def _money(column: FileColumn, text: pa.Array, filled: Mask) -> tuple[pa.Array, list[Problem]]:
    parts = pc.extract_regex(text, MONEY)
    good = _np(parts.is_valid()) & filled
    mask = pa.array(good)
    yuan = pc.if_else(mask, pc.struct_field(parts, "yuan"), "0").fill_null("0").cast(pa.int64())
    cents = pc.if_else(mask, pc.struct_field(parts, "cents"), "").fill_null("")
    cents = pc.utf8_rpad(cents, 2, "0").cast(pa.int64())
    fen = pc.add(pc.multiply(yuan, 100), cents)
    return pc.if_else(mask, fen, None), [Problem("money", column, filled & ~good)]


def _whole(text: pa.Array, fits: Mask) -> pa.Array:
    return pc.if_else(pa.array(fits), pc.if_else(pa.array(fits), text, "0").cast(pa.int64()), None)


def _are_days(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> Mask:
    """Which of these are days of the calendar, of 1850 or later."""
    leap = (year % 4 == 0) & (year % 100 != 0) | (year % 400 == 0)
    lengths = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    length = lengths[np.clip(month, 0, 12)] + (leap & (month == 2))
    return (year >= 1850) & (year < 2200) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= length)


def _number(day: dt.date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _np(array: pa.Array | pa.ChunkedArray) -> np.ndarray:
    return array.to_numpy(zero_copy_only=False)
