"""The tennis club as a register under test, and hands to open its pages and its sheets."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from minzheng.foundation.registers.excel.sheets import XLSX
from tests.club.models import Member

VILLAGE = "431227107203"
OTHER_TOWNSHIP = "431227101200"


@pytest.fixture
def log_in(client, cast):
    """`log_in("clerk")` → a client in which the clerk of 晃洲镇 is at work."""

    def as_user(username):
        client.force_login(cast[username])
        return client

    return as_user


@pytest.fixture
def member(regions):
    """`member("A1", name="陈静")` → a stored member of the club."""

    def make(card_no, **facts):
        given = {"name": "陈静", "fee_fen": 120_00, "joined_on": dt.date(2024, 5, 1), "region_id": VILLAGE}
        return Member.objects.create(card_no=card_no, **{**given, **facts})

    return make


def sheet(*rows):
    """An uploaded .xlsx with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return SimpleUploadedFile("会员.xlsx", held.getvalue(), content_type=XLSX)


def rows_of(content, title=None):
    """Every row of a sheet as tuples."""
    book = load_workbook(io.BytesIO(content))
    return [
        tuple(cell for cell in row)
        for row in (book[title] if title else book.worksheets[0]).iter_rows(values_only=True)
    ]
