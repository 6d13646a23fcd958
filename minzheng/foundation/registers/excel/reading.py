"""Reading a sheet that someone else made: nothing in it is believed, and every complaint says what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from minzheng.foundation.actions import Refused
from minzheng.foundation.documents.workbooks import SAVE_AS, check_workbook
from minzheng.foundation.forms import Question
from minzheng.foundation.registers.columns import without_apostrophe

MOST_ROWS = 50_000
HEAD_WITHIN = 10  # a title may stand above the head
LOST_DIGITS = "这一格被当成数字，后几位已经丢失。请把单元格设为“文本”后重新填写完整号码。"
LONG_NUMBER = 10**15  # from here on a spreadsheet's number is no longer exact


def open_sheet(file: IO[bytes]) -> Any:
    """The first sheet of an .xlsx; Refused for anything else, for bombs and for macros."""
    check_workbook(file)
    try:
        book = load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # the size that a file claims may be a lie
    except (InvalidFileException, KeyError, IndexError, ValueError, OSError):
        raise Refused(f"这个文件打不开，可能已损坏。{SAVE_AS}") from None
    return sheet


def typed_rows(
    sheet: Any, questions: dict[str, Question]
) -> Iterator[tuple[int, dict[str, str], dict[str, str]]]:
    """(row number as Excel counts, {key: typed text}, {key: what to do}) of every row that is not empty."""
    places: dict[int, Question] | None = None
    found = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if places is None:
            places = _head(row, questions)
            if places is None and number >= HEAD_WITHIN:
                raise Refused("没有找到列名。请用下载的模板填写，不要改动第一行。")
            continue
        typed: dict[str, str] = {}
        errors: dict[str, str] = {}
        for place, question in places.items():
            value = row[place] if place < len(row) else None
            if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= LONG_NUMBER:
                errors[question.key] = LOST_DIGITS
            if text := text_of_cell(value):
                typed[question.key] = text
        if typed:
            found += 1
            if found > MOST_ROWS:
                raise Refused(f"一次最多导入 {MOST_ROWS:,} 行。请分成几个文件，分别上传。")
            yield number, typed, errors
        elif number > MOST_ROWS * 2:
            raise Refused("表里空行太多。请删去空行，或把内容复制到新的模板里再上传。")
    if places is None:
        raise Refused("这个文件是空的。请用下载的模板填写后再上传。")


def _head(row: tuple[Any, ...], questions: dict[str, Question]) -> dict[int, Question] | None:
    """Place → question, if this row names every required column; None if it names none of them."""
    labels = {question.label: question for question in questions.values()}
    places = {
        place: labels[label]
        for place, cell in enumerate(row)
        if (label := str(cell or "").strip().rstrip("*").strip()) in labels
    }
    if not places:
        return None
    missing = [q.label for q in questions.values() if q.required and q not in places.values()]
    if missing:
        raise Refused(f"少了这几列：{'、'.join(missing)}。请用下载的模板填写，不要删改第一行。")
    return places


def text_of_cell(value: Any) -> str:
    """What was typed, as text: a date as 2026-11-02, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(round(value, 6))
    return without_apostrophe(str(value)).strip()
