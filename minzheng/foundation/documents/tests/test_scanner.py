"""Every upload is shown to the scanner that is configured; one that does not answer is no permission."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from minzheng.foundation.documents.check import UploadRefused, check_upload
from minzheng.foundation.documents.scanner import PIECE
from minzheng.foundation.documents.workbooks import check_workbook
from tests.counterparts.clamd import EICAR, Clamd

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def scanner(settings):
    with Clamd() as running:
        settings.SCANNER, settings.SCANNER_SECONDS = running.address, 0.3
        yield running


def upload(content):
    return SimpleUploadedFile("病历.pdf", content, "application/pdf")


def workbook(text):
    held, book = io.BytesIO(), Workbook()
    book.active.append([text])
    book.save(held)
    held.seek(0)
    return held


def test_it_shows_the_scanner_every_byte_and_keeps_what_is_clean(scanner):
    content = PDF + b" " * (2 * PIECE + 1)
    assert check_upload(upload(content)).content == content
    assert scanner.seen == [content]


def test_it_refuses_a_paper_with_a_virus_and_says_what_to_do(scanner):
    with pytest.raises(UploadRefused, match="带有病毒"):
        check_upload(upload(PDF + EICAR))


def test_a_workbook_is_shown_too_and_read_from_its_beginning_afterwards(scanner):
    file = workbook("张三")
    check_workbook(file)
    assert scanner.seen == [file.read()]


@pytest.mark.parametrize("behaviour", ["errs", "hangs_up", "silent", "garbage"])
def test_no_clear_answer_is_no_permission(scanner, behaviour):
    scanner.behaviour = behaviour
    with pytest.raises(UploadRefused, match="暂时没有完成"):
        check_upload(upload(PDF))
    with pytest.raises(ValidationError, match="暂时没有完成"):
        check_workbook(workbook("张三"))


def test_a_scanner_that_is_not_there_is_no_permission(scanner, settings):
    settings.SCANNER = "/nowhere/clamd.sock"
    with pytest.raises(UploadRefused, match="暂时没有完成"):
        check_upload(upload(PDF))


def test_nobody_is_asked_where_none_is_configured(scanner, settings):
    settings.SCANNER = ""
    check_upload(upload(PDF + EICAR))
    assert scanner.seen == []
