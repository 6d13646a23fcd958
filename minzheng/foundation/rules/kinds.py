"""Kinds of value. Inside the engine every value is a whole number or a truth value; this file turns them in and out.

bool → bool; int → int; money → fen; date → YYYYMMDD; choice → index in its options; choices → bit mask of options.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

PERIODS = {"fen": "", "fen/year": "year", "fen/month": "month"}
PERIOD_TEXT = {"": "元", "year": "元/年", "month": "元/月"}
# Sums of this size in a hundred-million-person run still fit 64 bits, and no family owns ten billion yuan.
LARGEST_FEN = 10**12
AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?)\s*(元|分)(?:/(年|月))?")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is: `name`, the `options` of a choice, the period (`per`) of money, or the months of an int."""

    name: str
    options: tuple[str, ...] = ()
    per: str = ""

    def __str__(self) -> str:
        match self.name:
            case "money":
                return f"金额（{PERIOD_TEXT[self.per]}）"
            case "choice" | "choices":
                return f"选项（{'、'.join(self.options)}）"
        return {"bool": "是否", "int": "整数", "date": "日期", "zero": "0", "text": "文字"}[self.name]

    def read(self, raw: Any, *, fen: bool = False) -> int | bool:
        """Engine value of what a person or a file wrote; ValueError says in Chinese what to write instead.

        `fen`: bare whole numbers are fen in this kind's own period (documents written by the system itself).
        """
        match self.name:
            case "bool":
                if raw in ("是", "否") or isinstance(raw, bool):
                    return raw is True or raw == "是"
                raise ValueError(f"应填 是 或 否，不能填“{raw}”")
            case "int":
                if isinstance(raw, int) and not isinstance(raw, bool):
                    return raw
                raise ValueError(f"应填整数，不能填“{raw}”")
            case "money":
                return _read_money(raw, self.per, fen)
            case "date":
                return read_date(raw)
            case "choice":
                if raw in self.options:
                    return self.options.index(raw)
                raise ValueError(f"应从 {'、'.join(self.options)} 中选一项，不能填“{raw}”")
        unknown = [item for item in raw if item not in self.options] if isinstance(raw, list) else [raw]
        if unknown:
            raise ValueError(f"应为列表，每项从 {'、'.join(self.options)} 中选，不能填“{unknown[0]}”")
        return sum(1 << self.options.index(item) for item in set(raw))

    def plain(self, value: int | bool | None) -> Any:
        """JSON form of an engine value: fen stay whole fen, dates become ISO text, a choice its text, unknown None."""
        if value is None:
            return None
        match self.name:
            case "bool":
                return bool(value)
            case "date":
                return str(to_date(value))
            case "choice":
                return self.options[value]
            case "choices":
                return [option for i, option in enumerate(self.options) if value >> i & 1]
        return int(value)

    def show(self, value: int | bool | None) -> str:
        """The value as an official reads it: 630.00元/月, 是, 2021-09-01, 未定."""
        if value is None:
            return "未定"
        match self.name:
            case "bool":
                return "是" if value else "否"
            case "money":
                sign = "-" if value < 0 else ""
                return f"{sign}{abs(value) // 100}.{abs(value) % 100:02d}{PERIOD_TEXT[self.per]}"
            case "choices":
                return "、".join(self.plain(value))
        return str(self.plain(value))


def _read_money(raw: Any, per: str, fen: bool) -> int:
    hint = f"“1020{PERIOD_TEXT[per]}”" + ("或“12240元/年”" if per == "year" else "")
    if per == "year":
        hint = "“1020元/月”或“12240元/年”"
    if isinstance(raw, int) and not isinstance(raw, bool) and (fen or raw == 0):
        value = Decimal(raw)
    else:
        found = AMOUNT.fullmatch(raw.strip()) if isinstance(raw, str) else None
        if not found:
            raise ValueError(f"金额要写明单位，例如{hint}，不能只写“{raw}”")
        number, unit, period = Decimal(found[1]), found[2], found[3]
        value = number * 100 if unit == "元" else number
        period = {"年": "year", "月": "month", None: ""}[period]
        if per == "year" and period == "month":
            value *= 12
        elif period != per:
            raise ValueError(f"“{raw}”的期间不对，请写成{hint}")
    if value != value.to_integral_value():
        raise ValueError(f"“{raw}”不足一分，金额最多两位小数")
    if abs(value) > LARGEST_FEN:
        raise ValueError(f"“{raw}”过大，请检查是否多写了几位")
    return int(value)


def read_date(raw: Any) -> int:
    """YYYYMMDD of a date or of text like 2021-09-01."""
    if isinstance(raw, dt.datetime):
        raw = raw.date()
    if isinstance(raw, str):
        try:
            raw = dt.date.fromisoformat(raw.strip())
        except ValueError:
            raise ValueError(f"应填真实存在的日期，例如 2021-09-01，不能填“{raw}”") from None
    if not isinstance(raw, dt.date):
        raise ValueError(f"应填日期，例如 2021-09-01，不能填“{raw}”")
    return raw.year * 10000 + raw.month * 100 + raw.day


def to_date(value: int) -> dt.date:
    return dt.date(value // 10000, value // 100 % 100, value % 100)


BOOL, INT, DATE, ZERO = Kind("bool"), Kind("int"), Kind("date"), Kind("zero")
