"""Checking a file and a shown code: each way to cheat has its own answer."""

import io

import pytest
from django.core import signing
from django.core.files.storage import default_storage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from minzheng.foundation.certificates import actions, checking, seals
from minzheng.foundation.certificates.tests.conftest import TODAY, VILLAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(card, issuer, holder, access):
    return actions.issue(
        access("approver"), "test_card", holder, region=VILLAGE, origin="case:1", today=TODAY
    )


@pytest.fixture
def pdf(certificate):
    with default_storage.open(certificate.file) as stored:
        return stored.read()


def test_it_knows_the_file_that_was_issued(certificate, pdf):
    checked = checking.check_file(pdf)
    assert (checked.tone, checked.certificate) == ("ok", certificate)
    assert checked.title == "文件真实，证照有效"


def test_it_says_that_a_real_file_no_longer_holds(certificate, pdf, access):
    actions.revoke_by_officer(access("approver"), certificate, reason="待遇终止")
    assert checking.check_file(pdf).title == "文件真实，证照已注销"


@pytest.mark.parametrize(
    "place", [b"/CreationDate", b"/FontFile", b"/MediaBox"], ids=["date", "font", "page"]
)
def test_it_finds_one_changed_byte_anywhere(pdf, place):
    at = pdf.index(place) + len(place) + 6
    forged = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
    checked = checking.check_file(forged)
    assert checked.tone == "bad" and checked.certificate is None
    assert checked.title in {"文件被改动过", "不是有效的电子证照"}


def test_it_finds_what_was_added_after_the_signature(pdf):
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/Lang"] = writer.root.raw_get("/Lang") if "/Lang" in writer.root else None
    out = io.BytesIO()
    writer.update_root()
    writer.write(out)
    assert checking.check_file(out.getvalue()).title in {"文件被添加过内容", "文件被改动过"}


def test_it_refuses_a_seal_that_another_authority_made(certificate, pdf, tmp_path, settings):
    ours = settings.SEALS
    settings.SEALS = tmp_path
    seals.make_test_authority(tmp_path)
    forged = seals.seal_of("431227000000").sign(pdf_without_signature(), "签发", "冒名")
    settings.SEALS = ours
    assert checking.check_file(forged).title == "印章不可信"


def test_it_does_not_know_a_file_that_was_never_issued():
    own = seals.seal_of("431227000000").sign(pdf_without_signature(), "签发", "民政局")
    assert checking.check_file(own).title == "没有这份证照"


def pdf_without_signature():
    from minzheng.foundation.certificates.paper import pages

    said = {
        "title": "演示证", "statement": "", "number": "1", "identifier": "x", "issuer": "局", "issued_on": "今天",
        "rows": [["姓名", "某"]], "note": "", "url": "http://x", "is_test": True,
    }  # fmt: skip
    return pages("licence", [said, said])


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"\x00" * 5000], ids=["empty", "text", "stub", "zeros"]
)  # fmt: skip
def test_it_answers_rubbish_with_words(content):
    assert checking.check_file(content).title == "不是有效的电子证照"


def test_it_refuses_a_file_without_signature_and_one_too_large():
    assert "没有电子签章" in checking.check_file(pdf_without_signature()).why
    assert checking.check_file(b"%PDF-" + b"0" * checking.MOST_BYTES).title == "文件太大"


@pytest.mark.parametrize(("after", "found"), [(60, True), (61, False)])
def test_it_lets_a_shown_code_live_for_sixty_seconds(certificate, monkeypatch, after, found):
    monkeypatch.setattr(signing.time, "time", lambda: 1_800_000_000)
    code = checking.code_to_show(certificate)
    monkeypatch.setattr(signing.time, "time", lambda: 1_800_000_000 + after)
    assert (checking.shown_by(code) == certificate) is found


def test_it_refuses_a_code_that_somebody_else_made(certificate):
    assert checking.shown_by(signing.TimestampSigner(salt="other").sign(certificate.token)) is None
    assert checking.shown_by(checking.code_to_show(certificate) + "x") is None
