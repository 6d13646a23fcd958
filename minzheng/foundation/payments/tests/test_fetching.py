"""`minzheng nightly` brings the bank's return files: each once, a bad one set aside with a task."""

import datetime as dt

import pytest

from minzheng.foundation.benefits.tests.making import grant_nursing, make_person
from minzheng.foundation.payments import fetching
from minzheng.foundation.payments.models import ReturnFile
from minzheng.foundation.payments.tests.office import answer_text, assert_proven
from minzheng.foundation.tasks.models import Task
from tests.counterparts.bank import Bank

pytestmark = pytest.mark.django_db
TONIGHT = dt.date(2026, 1, 12)


@pytest.fixture
def sent(office, approver, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.PAYMENT_RETURNS = tmp_path / "returns"
    settings.PAYMENT_RETURNS.mkdir()
    for name in ("甲", "乙"):
        grant_nursing(approver, person=make_person(name))

    def sent():
        batch = office.freeze(office.make("2026-01"))
        with django_capture_on_commit_callbacks(execute=True):
            office.send(batch)
        return batch

    return sent


def tonight():
    return dict(fetching.fetch_returns(TONIGHT))


def test_it_imports_what_lies_in_the_folder_once(sent, settings):
    batch = sent()
    assert tonight() == {}
    (settings.PAYMENT_RETURNS / f"{batch.number}-R1.txt").write_text(answer_text(batch))
    assert tonight() == {"已导入": 1}
    assert tonight() == {}
    file = ReturnFile.objects.get()
    assert (file.paid_count, file.imported_by) == (2, None)
    assert_proven("2026-01")


def test_it_sets_a_bad_file_aside_with_one_task_and_takes_the_good_one_the_next_night(sent, settings):
    batch = sent()
    good = answer_text(batch)
    brought = settings.PAYMENT_RETURNS / f"{batch.number}-R1.txt"
    brought.write_text(good.replace("T|2|140.00", "T|2|140.01"))
    for _ in range(2):
        assert tonight() == {"不能导入，已另存并派任务": 1}
    (kept,) = (settings.PAYMENT_RETURNS / "bad").iterdir()
    assert kept.read_bytes() == brought.read_bytes() and kept.stat().st_mode & 0o077 == 0
    task = Task.objects.get(kind="payment.return")
    assert batch.number in task.title and "合计行与明细不符" in task.reason
    batch.refresh_from_db()
    assert "合计行与明细不符" in batch.return_note
    brought.write_text(good)
    assert tonight() == {"已导入": 1}
    batch.refresh_from_db()
    assert batch.return_note == ""
    assert_proven("2026-01")


def test_it_fetches_over_http_and_waits_for_a_bank_that_is_not_ready(sent, settings):
    with Bank("约定的密钥") as bank:
        settings.PAYMENT_CHANNEL = "minzheng.foundation.payments.channels.http.Bank"
        settings.PAYMENT_BANK_URL, settings.PAYMENT_BANK_KEY = bank.url, "约定的密钥"
        sent()
        bank.misbehave(answer="not yet")
        assert tonight() == {}
        bank.misbehave(answer="truncate")
        assert tonight() == {"不能导入，已另存并派任务": 1}
        bank.misbehave()
        assert (tonight(), tonight()) == ({"已导入": 1}, {})
    assert_proven("2026-01")
