"""The instruction file: what the one-card system fetches (docs/money.md)."""

import hashlib

import pytest
from openpyxl import load_workbook

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.tests.making import grant_nursing, make_person
from minzheng.foundation.payments import actions, delivery, instruction

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(office, approver):
    grant_nursing(approver, person=make_person("吴老三", id_no="431227195001010012"))
    grant_nursing(approver, person=make_person("无账号", bank_account=""))
    batch = office.freeze(office.make("2026-01"))
    return actions.check(office.checker, batch)


def send(office, batch, commit):
    with commit(execute=True):
        return actions.send(office.maker, batch)


def outbox(settings):
    """Without the seals: a seal without its file moves no money."""
    names = (path.name for path in settings.PAYMENT_OUTBOX.iterdir())
    return sorted(name for name in names if not name.endswith(".p7s"))


def test_it_writes_one_row_per_payment_with_control_totals(
    office, checked, settings, django_capture_on_commit_callbacks
):
    batch = send(office, checked, django_capture_on_commit_callbacks)
    head, row, trailer = (settings.PAYMENT_OUTBOX / f"{batch.number}.txt").read_text().splitlines()
    assert head == f"H|MZ-YKT-1|{batch.number}|431227000000|test_nursing|202601|1|70.00"
    reference = f"{batch.number}-{batch.lines.get(held_reason='').sequence:07d}"
    assert row.split("|")[2:] == [
        reference,
        "吴老三",
        "431227195001010012",
        "新晃农商行",
        "6230901234567890123",
        "70.00",
        "重度残疾人护理补贴2026年01月",
    ]
    before = f"{head}\r\n{row}\r\n".encode()
    assert trailer == f"T|1|70.00|{hashlib.sha256(before).hexdigest()}"


def test_it_shows_nothing_in_the_outbox_before_the_commit(office, checked, settings):
    actions.send(office.maker, checked)
    assert not settings.PAYMENT_OUTBOX.exists() or outbox(settings) == []


def test_it_leaves_only_the_complete_file(office, checked, settings, django_capture_on_commit_callbacks):
    batch = send(office, checked, django_capture_on_commit_callbacks)
    assert outbox(settings) == [f"{batch.number}.txt"]
    assert (settings.PAYMENT_OUTBOX / f"{batch.number}.txt.p7s").exists()
    batch.refresh_from_db()
    assert batch.delivered_at


def test_it_writes_the_same_bytes_after_a_crash_before_the_file(
    office, checked, settings, django_capture_on_commit_callbacks
):
    batch = actions.send(office.maker, checked)  # the commit's hook never ran
    with django_capture_on_commit_callbacks(execute=True):
        delivery.deliver_again(office.maker, batch)
    content = (settings.PAYMENT_OUTBOX / f"{batch.number}.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == batch.file_sha256


def test_it_never_puts_a_file_out_twice(office, checked, settings, django_capture_on_commit_callbacks):
    batch = send(office, checked, django_capture_on_commit_callbacks)
    (settings.PAYMENT_OUTBOX / f"{batch.number}.txt").unlink()  # the bank has fetched it
    with pytest.raises(Refused, match="不要重发"):
        delivery.deliver_again(office.maker, batch)
    assert outbox(settings) == []


def test_it_gives_the_same_bytes_for_a_download_long_after(office, checked, tmp_path):
    batch = actions.send(office.maker, checked)
    office.answer(batch)
    with (tmp_path / "copy.txt").open("wb") as file:
        instruction.write_text(batch, file)
    assert hashlib.sha256((tmp_path / "copy.txt").read_bytes()).hexdigest() == batch.file_sha256


def test_it_refuses_to_write_a_file_before_it_was_sent(office, checked):
    with pytest.raises(Refused, match="还没有送出"):
        delivery.deliver_again(office.maker, checked)


def test_it_keeps_a_hostile_name_inside_its_cell(
    office, approver, settings, django_capture_on_commit_callbacks
):
    grant_nursing(approver, person=make_person("=1|2\n3"))
    batch = office.freeze(office.make("2026-01"))
    actions.check(office.checker, batch)
    batch = send(office, batch, django_capture_on_commit_callbacks)
    text = (settings.PAYMENT_OUTBOX / f"{batch.number}.txt").read_text()
    assert [len(line.split("|")) for line in text.splitlines()] == [8, 9, 4]
    assert "=1 2 3" in text


def test_it_gives_the_same_rows_as_a_table_of_texts(
    office, checked, tmp_path, django_capture_on_commit_callbacks
):
    batch = send(office, checked, django_capture_on_commit_callbacks)
    instruction.write_xlsx(batch, tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    rows = list(book["代发明细"].iter_rows())
    assert [cell.value for cell in rows[0]] == list(instruction.COLUMNS)
    assert (rows[1][5].value, rows[1][5].data_type) == ("6230901234567890123", "s")
    assert dict(book["控制合计"].iter_rows(values_only=True))["文本文件校验值 SHA-256"] == batch.file_sha256
