"""How a column's value is read from a row, written on screen and written into Excel."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Model
from django.utils import timezone
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from minzheng.foundation.people.masking import mask_account, mask_birth_date, mask_id_no, mask_phone
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registers.declaration import MASKED_KINDS, Column
from minzheng.foundation.registers.paths import field_at, value_at

MASKS = {
    "id_no": mask_id_no,
    "phone": mask_phone,
    "bank_account": mask_account,
    "birth_date": mask_birth_date,
}
# A cell that a spreadsheet would run as a formula (OWASP: CSV injection); and an apostrophe of the text's own,
# so that taking ours off again gives back exactly what stood there.
RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")


@dataclass(frozen=True)
class Cell:
    """One value, ready for the template. `raw` only for tones and tests; never printed."""

    column: Column
    text: str
    tone: str = ""

    @property
    def label(self) -> str:
        return self.column.label

    @property
    def kind(self) -> str:
        return self.column.kind

    @property
    def css(self) -> str:
        """Figures stand to the right; what is short and fixed does not break."""
        if self.column.kind in {"money", "number"}:
            return "number"
        return "" if self.column.kind in {"text", "region"} else "nowrap"


def raw_value(column: Column, row: Any) -> Any:
    """Money in fen, dates as dates, regions as Region; None where nothing is known."""
    return column.read(row) if column.read else value_at(row, column.walk)


def cell(column: Column, row: Any, *, revealed: bool = False, near: str = "") -> Cell:
    """`near`: the full name of the reader's own region, left off in front of regions below it."""
    value = raw_value(column, row)
    tone = str(column.tones.get(value, "neutral")) if column.kind == "badge" else ""
    return Cell(column, text_of(column, value, type(row), revealed=revealed, near=near), tone)


def text_of(column: Column, value: Any, model: type[Any], *, revealed: bool = False, near: str = "") -> str:
    """What a person reads; "" where nothing is known."""
    if value is None or value == "":
        return ""
    if column.kind in MASKED_KINDS and not revealed:
        return MASKS[column.kind](str(value))
    if column.kind in {"choice", "badge"}:
        return labels_of(column, model).get(value, str(value))
    if column.kind == "region":
        return _region_text(value, near)
    if column.kind == "money":
        return f"{value / 100:,.2f}元" if abs(value) < 2**50 else f"{Decimal(value) / 100:,.2f}元"
    if column.kind == "yes_no":
        return "是" if value else "否"
    if column.kind == "date":
        return f"{value:%Y-%m-%d}"
    if column.kind == "month":
        return f"{value.year}年{value.month}月"
    if column.kind == "moment":
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return str(value)


def excel_value(column: Column, row: Any) -> Any:
    """For a spreadsheet: money in yuan as a number, dates as dates, all text harmless; numbers stay masked."""
    value = raw_value(column, row)
    if column.kind == "money":
        return None if value is None else Decimal(value) / 100
    if column.kind == "number" and isinstance(value, int | float | Decimal):
        return value
    if column.kind == "date" and isinstance(value, dt.date):
        return value
    if column.kind == "region" and isinstance(value, Region):
        return harmless(value.full_name)
    return harmless(text_of(column, value, type(row)))


def harmless(text: str) -> str:
    """A leading apostrophe keeps every spreadsheet program from running the text as a formula.

    Control characters, which a sheet cannot hold, are left out.
    """
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{text}" if text.startswith(RISKY_STARTS) else text


def without_apostrophe(text: str) -> str:
    """The other way round, for a file of ours that comes back."""
    return text[1:] if text.startswith("'") and text[1:].startswith(RISKY_STARTS) else text


def labels_of(column: Column, model: type[Model]) -> dict[Any, str]:
    """The 中文 of each value: declared, or the model field's own choices."""
    return _labels(column.options, column.walk, model)


@lru_cache(maxsize=1000)
def _labels(options: tuple[tuple[Any, str], ...], path: str, model: type[Model]) -> dict[Any, str]:
    if options:
        return dict(options)
    field = field_at(model, path)
    return {value: str(label) for value, label in (field.flatchoices if field is not None else ())}


def _region_text(value: Any, near: str) -> str:
    if not isinstance(value, Region):
        return str(value)
    return value.full_name.removeprefix(near) or value.name
