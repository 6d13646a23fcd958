"""Reading a department's file: CSV (UTF-8, GB18030) or .xlsx, as columns of text. A broken file is refused loudly."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from minzheng.datacenter.deliveries.words import FileColumn, FileFormat
from minzheng.foundation.actions import Refused
from minzheng.foundation.registers.excel.reading import LONG_NUMBER, open_sheet, text_of_cell

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

MOST_BYTES = 200 * 1024 * 1024
MOST_ROWS = 2_000_000
HEAD_WITHIN = 10  # a title may stand above the head
LOST_DIGITS = "（数字格式，后几位已丢失）"
SEPARATORS = ",\t;|"
AT_ONCE = 50_000

Line = tuple[int, Sequence[str]]  # (number as the file counts, cells)


@dataclass(frozen=True)
class Table:
    """The declared columns as text ("" where empty; a column that the file lacks is all empty).

    `numbers`: each row's number in the file; `ragged`: rows with another number of cells than the head.
    """

    numbers: np.ndarray
    columns: dict[str, pa.Array]
    ragged: np.ndarray


def read_file(content: bytes, form: FileFormat) -> Table:
    """Raises Refused, saying what to do, for anything that is not a whole file of this format."""
    import numpy as np
    import pyarrow as pa

    if not content.strip():
        raise Refused("这个文件是空的。请重新导出后再送。")
    if len(content) > MOST_BYTES:
        raise Refused(f"文件超过 {MOST_BYTES >> 20} MB。请按乡镇（街道）或按月份分成几个文件。")
    lines = _xlsx(content) if content.startswith(b"PK") else _csv(content, form)
    width, places, above = _head(lines, form)
    numbers: list[np.ndarray] = []
    ragged: list[np.ndarray] = []
    parts: dict[str, list[pa.Array]] = {column.key: [] for column in form.columns}
    while block := list(islice(lines, AT_ONCE)):
        counts = np.fromiter((len(cells) for _, cells in block), np.int64, len(block))
        numbers.append(np.fromiter((number for number, _ in block), np.int64, len(block)))
        ragged.append(counts != width)
        for key, place in places.items():
            cells = [row[place].strip() if place < len(row) else "" for _, row in block]
            parts[key].append(pa.array(cells, pa.string()))
        if sum(map(len, numbers)) > MOST_ROWS:
            raise Refused(f"一个文件最多 {MOST_ROWS:,} 行。请按乡镇（街道）分成几个文件。")
    if not numbers:
        raise Refused(f"第{above}行是列名，下面一行数据也没有。请核对导出的条件，重新导出后再送。")
    rows = sum(map(len, numbers))
    columns = {
        key: pa.concat_arrays(found) if found else pa.repeat(pa.scalar(""), rows)
        for key, found in parts.items()
    }
    return Table(np.concatenate(numbers), columns, np.concatenate(ragged))


def _head(lines: Iterator[Line], form: FileFormat) -> tuple[int, dict[str, int], int]:
    """(number of cells, {column: its place}, row number) of the row of headers."""
    first: list[str] = []
    for number, cells in islice(lines, HEAD_WITHIN):
        first = first or list(cells)
        found = {place: column for place, cell in enumerate(cells) if (column := _named(cell, form))}
        places = {column.key: place for place, column in found.items()}
        if not found:
            continue
        if len(places) < len(found):
            raise Refused(f"第{number}行有两列是同一个列名。请删去重复的一列。")
        missing = [c.header for c in form.columns if c.required and c.key not in places]
        if not missing and "id_no" in form.keys and not {"id_no", "birth_date"} & set(places):
            missing = [form.column("id_no").header]
        if missing:
            raise Refused(
                f"这不是“{form.title}”的文件，或者少了列：{'、'.join(missing)}。"
                f"应有的列：{'、'.join(c.header for c in form.columns)}。请下载样表对照。"
            )
        return len(cells), places, number
    seen = "、".join(cell for cell in first if cell)[:60]
    raise Refused(
        f"前 {HEAD_WITHIN} 行里没有找到“{form.title}”的列名（文件开头是：{seen or '空'}）。请下载样表对照，核对是否选错了数据种类。"
    )


def _named(cell: str, form: FileFormat) -> FileColumn | None:
    said = "".join(cell.split()).rstrip("*")
    return next(
        (c for c in form.columns if said in {"".join(one.split()) for one in (c.header, *c.aliases)}), None
    )


def _csv(content: bytes, form: FileFormat) -> Iterator[Line]:
    text = _text(content)
    if "\0" in text:
        raise Refused("这不是文本文件。请送 CSV 或 .xlsx 文件。")
    opening = text[:4000]
    separator = max(SEPARATORS, key=opening.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    count, last = 0, []
    try:
        for cells in rows:
            if any(cells):
                count, last = max(count, len(cells)), cells
                yield rows.line_num, cells
    except csv.Error:
        raise Refused(
            f"第{rows.line_num}行附近读不下去：引号没有配对，或文件没有传完整。请重新导出后再送。"
        ) from None
    if last and len(last) < count and not text.endswith(("\n", "\r")):
        raise Refused(
            f"最后一行只有 {len(last)} 列，应有 {count} 列，文件可能没有传完整。请重新传送整个文件。"
        )


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(
        "文字的编码既不是 UTF-8 也不是 GB18030，或者不是 CSV、.xlsx 文件。请用 Excel 或 WPS 另存为 .xlsx 后再送。"
    )


def _xlsx(content: bytes) -> Iterator[Line]:
    sheet = open_sheet(io.BytesIO(content))
    width = 0
    try:
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = [_cell(value) for value in row]
            if any(cells):
                # A sheet's rows end where their last cell is filled; that is no damage.
                width = max(width, len(cells))
                yield number, cells + [""] * (width - len(cells))
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, KeyError):
        raise Refused(
            "这个 .xlsx 文件没有传完整，或者已经损坏。请用 Excel 或 WPS 打开检查，另存后再送。"
        ) from None


def _cell(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= LONG_NUMBER:
        return LOST_DIGITS
    return text_of_cell(value)
