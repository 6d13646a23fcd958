"""Writing sheets: a head one can read, text that no program runs, numbers that stay whole."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from minzheng.foundation.registers.columns import harmless

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD_FONT = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="0B4D5C")
MARK_FONT = Font(italic=True, color="9A3412")
MOST_PRINTED = 200  # Excel takes 255 characters in a header, its codes included
TEXT = "@"


@contextmanager
def new_book() -> Iterator[Workbook]:
    """A workbook to be written from top to bottom. Where that fails its sheets are closed, else openpyxl complains of
    them at some later moment, in somebody else's request."""
    book = Workbook(write_only=True)
    try:
        yield book
    except BaseException:
        for sheet in book.worksheets:
            sheet.close()
        raise


def start_sheet(
    book: Workbook, title: str, labels: Sequence[str], widths: Sequence[int] = (), *, mark: str = ""
) -> WriteOnlyWorksheet:
    """A sheet with its head row, which stays in sight. `mark`: whose copy it is, above the head and on printed pages."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A3" if mark else "A2"
    for number, label in enumerate(labels, start=1):
        width = widths[number - 1] if widths else max(12, len(label) * 2 + 4)
        sheet.column_dimensions[get_column_letter(number)].width = width
    if mark:
        printed = mark.replace("&", "&&")[:MOST_PRINTED]  # a single & begins a code of the spreadsheet's own
        sheet.oddHeader.center.text = sheet.oddFooter.center.text = printed
        line = WriteOnlyCell(sheet, harmless(mark))
        line.font = MARK_FONT
        sheet.append([line])
    sheet.append([head_cell(sheet, label) for label in labels])
    return sheet


def head_cell(sheet: WriteOnlyWorksheet, label: str) -> WriteOnlyCell:
    made = WriteOnlyCell(sheet, label)
    made.font, made.fill, made.alignment = HEAD_FONT, HEAD_FILL, Alignment(vertical="center", wrap_text=True)
    return made


def add_notes(book: Workbook, title: str, lines: Iterable[tuple[str, str]]) -> None:
    """A sheet of two columns: what, and its explanation."""
    sheet = book.create_sheet(title)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 80
    for left, right in lines:
        sheet.append([harmless(left), harmless(right)])


def to_bytes(book: Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
