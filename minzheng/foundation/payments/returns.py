"""Read the bank's answer (回盘文件), text or xlsx, row by row; nothing is decided here (reconcile.py does)."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook

from minzheng.foundation.actions import Refused
from minzheng.foundation.documents.workbooks import check_workbook
from minzheng.foundation.ledger.money import fen, yuan
from minzheng.foundation.payments.models import Problem

VERSION = "MZ-YKT-R1"
PIECE = 1024 * 1024
COLUMNS = ("业务编号", "金额（元）", "结果代码", "说明")
# May follow: what the bank paid to, repeated from the instruction, so that rows that changed places are noticed.
MORE_COLUMNS = ("银行账号", "户名")


@dataclass(frozen=True)
class Row:
    """One answer: `sequence` and `amount_fen` are None when they cannot be read (then `problem` says so)."""

    row_number: int
    reference: str
    sequence: int | None
    amount_fen: int | None
    result: str
    note: str
    account_no: str
    account_name: str
    problem: str = ""


def read(name: str, content: bytes, batch_number: str) -> Iterator[Row]:
    """The rows of an answer to one batch, one after the other: a million would not fit in memory.

    Raises Refused when the file as a whole cannot be it; for wrong totals only after the last row.
    """
    cells = _from_xlsx(content) if name.lower().endswith(".xlsx") else _from_text(content, batch_number)
    for number, values in cells:
        yield _row(number, values, batch_number)


def _row(number: int, cells: list[str], batch_number: str) -> Row:
    width = len(COLUMNS) + len(MORE_COLUMNS)
    reference, amount, result, note, account, name = ([cell.strip() for cell in cells] + [""] * width)[:width]
    digits = reference.removeprefix(f"{batch_number}-")
    sequence = int(digits) if digits != reference and digits.isdecimal() and len(digits) == 7 else None
    problem = "" if sequence is not None else Problem.UNKNOWN
    try:
        amount_fen = fen(amount)
    except ValueError:
        amount_fen, problem = None, Problem.UNREADABLE
    texts = (result[:10], note[:120], account[:30], name[:60])
    return Row(number, reference[:80], sequence, amount_fen, *texts, problem)


def _from_text(content: bytes, batch_number: str) -> Iterator[tuple[int, list[str]]]:
    """`R` head with the batch number, `D` rows, `T` trailer with number and sum of the rows."""
    lines = _lines(content)
    head = next(lines, (1, ""))[1].split("|")
    if len(head) < 3 or head[:2] != ["R", VERSION]:
        raise Refused(f"这不是回盘文件：第一行应为“R|{VERSION}|批次号”。请向代发机构索取约定格式的文件。")
    if head[2] != batch_number:
        raise Refused(f"这是批次 {head[2]} 的回盘文件，不是本批次（{batch_number}）的。请到对应批次导入。")
    count, total = 0, 0
    last: tuple[int, list[str]] | None = (
        None  # held back: only the end of the file tells which row is the trailer
    )
    for number, line in lines:
        if line.strip():
            if last is not None:
                count, total = count + 1, total + _amount(last[1])
                yield last[0], last[1][1:] if last[1][0] == "D" else [""]
            last = number, line.split("|")
    if last is None or last[1][0] != "T":
        raise Refused("回盘文件没有合计行（T 行），可能没有传完整。请重新获取完整文件。")
    if last[1][1:3] != [str(count), yuan(total)]:
        raise Refused(
            f"回盘文件的合计行与明细不符：明细 {count} 笔 {yuan(total)} 元，合计行写 {' 笔 '.join(last[1][1:3])} 元。"
            "文件可能被改动或没有传完整，请重新获取。"
        )


def _amount(cells: list[str]) -> int:
    """What the trailer counts: a row that cannot be read counts nothing, and is reported as a row of its own."""
    try:
        return fen(cells[2]) if len(cells) > 2 else 0
    except ValueError:
        return 0


def _lines(content: bytes) -> Iterator[tuple[int, str]]:
    """Numbered from 1. Lines end with LF or CR LF only: other breaks may stand in a garbled row."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding=_encoding(content), newline="\n")
    for number, line in enumerate(text, 1):
        yield number, line.rstrip("\n").rstrip("\r").replace("\x00", "�")


def _encoding(content: bytes) -> str:
    """Banks still send GB 18030; UTF-8 is tried first because valid UTF-8 is hardly ever anything else."""
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            for start in range(0, len(content), PIECE):
                decoder.decode(content[start : start + PIECE])
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise Refused("文件编码无法识别。请用 UTF-8 或 GB 18030 编码重新导出。")


def _from_xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    check_workbook(io.BytesIO(content))
    try:
        sheet: Any = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        rows = sheet.iter_rows(values_only=True)
        head = next(rows, ())
    except Exception as error:  # openpyxl raises many kinds on a damaged file; all mean the same to the user
        raise Refused("这个 Excel 文件打不开，可能已损坏。请重新获取，或改用文本格式的回盘文件。") from error
    if tuple(str(cell or "").strip() for cell in head[:4]) != COLUMNS:
        raise Refused(f"Excel 回盘文件第一行应为：{'、'.join(COLUMNS)}。请按约定格式重新导出。")
    for number, row in enumerate(rows, 2):
        if any(cell is not None for cell in row):
            yield number, [_cell(cell) for cell in row]


def _cell(value: Any) -> str:
    """Excel gives amounts typed as numbers back as floats: 630.0 is 630.00."""
    if isinstance(value, float):
        return f"{value:.2f}" if abs(value * 100 - round(value * 100)) < 1e-6 else repr(value)
    return "" if value is None else str(value)
