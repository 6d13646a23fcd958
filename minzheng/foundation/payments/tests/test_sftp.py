"""The SFTP channel against a real SSH server that hangs up, is full, answers nothing or is somebody else."""

import hashlib

import asyncssh
import pytest
from django.core.exceptions import ImproperlyConfigured

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.tests.making import grant_nursing, make_person
from minzheng.foundation.payments import actions, delivery, fetching
from minzheng.foundation.payments.channels.sftp import Sftp
from minzheng.foundation.payments.models import Delivery
from minzheng.foundation.payments.tests.office import answer_text, assert_proven
from tests.counterparts.sftp_bank import SftpBank

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(settings, tmp_path):
    with SftpBank(tmp_path / "bank") as bank:
        key = tmp_path / "id"
        key.write_bytes(bank.client_key.export_private_key())
        settings.PAYMENT_CHANNEL = "minzheng.foundation.payments.channels.sftp.Sftp"
        settings.PAYMENT_BANK_URL, settings.PAYMENT_SFTP_HOST_KEY = bank.url, bank.host_key
        settings.PAYMENT_SFTP_KEY, settings.PAYMENT_BANK_TIMEOUT = str(key), 10
        yield bank


@pytest.fixture
def send(office, approver, django_capture_on_commit_callbacks):
    """A checked batch of two persons; `send(step)` does sending, or delivering again, with its commit."""
    for name in ("甲", "乙"):
        grant_nursing(approver, person=make_person(name))
    batch = actions.check(office.checker, office.freeze(office.make("2026-01")))

    def send(step=actions.send):
        with django_capture_on_commit_callbacks(execute=True):
            step(office.maker, batch)
        batch.refresh_from_db()
        return batch

    return send


def ask(office, batch):
    answer = delivery.enquire(office.maker, batch)
    batch.refresh_from_db()
    return answer


def content_of(bank, folder, batch):
    return (bank.folder / folder / f"{batch.number}.txt").read_bytes()


def test_it_puts_the_sealed_file_out_whole_and_fetches_the_answer(office, bank, send):
    batch = send()
    assert batch.delivery == Delivery.TAKEN
    assert bank.collect() == [f"{batch.number}.txt", f"{batch.number}.txt.p7s"]
    # The seal is there before the file: whoever sees the file can check it.
    assert bank.asked == [f"instructions/{batch.number}.txt.p7s", f"instructions/{batch.number}.txt"]
    assert hashlib.sha256(content_of(bank, "taken", batch)).hexdigest() == batch.file_sha256
    with pytest.raises(Refused, match="还没有回盘"):
        fetching.fetch_return(office.maker, batch)
    (bank.folder / "returns" / f"{batch.number}-R1.txt").write_text(answer_text(batch))
    file = fetching.fetch_return(office.maker, batch)
    assert (file.paid_count, file.problem_count) == (2, 0)
    assert_proven("2026-01")


@pytest.mark.parametrize("manner", ["hang up in the file", "disk full"])
def test_it_knows_that_nobody_saw_a_file_that_was_not_finished(bank, send, manner):
    bank.manner = manner
    batch = send()
    assert batch.delivery == Delivery.ABSENT
    assert bank.visible() in ([], [f"{batch.number}.txt.p7s"])
    assert send(delivery.deliver_again).delivery == Delivery.TAKEN
    assert hashlib.sha256(content_of(bank, "instructions", batch)).hexdigest() == batch.file_sha256
    assert len(bank.visible()) == 2 and not list((bank.folder / "instructions").glob(".*"))


@pytest.mark.parametrize(
    ("manner", "is_there"), [("hang up before the rename", False), ("silence", False), ("hang up after the rename", True)]
)  # fmt: skip
def test_it_does_not_know_what_became_of_a_rename_without_an_answer_and_asks(
    office, bank, send, manner, is_there
):
    bank.manner = manner
    batch = send()
    assert batch.delivery == Delivery.UNANSWERED
    with pytest.raises(Refused, match="不要重发"):
        send(delivery.deliver_again)
    if is_there:
        bank.collect()  # even when the bank has moved it meanwhile
    ask(office, batch)
    assert batch.delivery == (Delivery.TAKEN if is_there else Delivery.ABSENT)
    if not is_there:
        assert send(delivery.deliver_again).delivery == Delivery.TAKEN
        bank.collect()
    assert len(list((bank.folder / "taken").glob("*.txt"))) == 1


def test_it_never_talks_to_a_host_with_another_key(office, bank, send, settings):
    settings.PAYMENT_SFTP_HOST_KEY = SftpBank.public(asyncssh.generate_private_key("ssh-ed25519"))
    batch = send()
    assert batch.delivery == Delivery.ABSENT and "主机密钥与登记的不符" in batch.delivery_note
    assert bank.visible() == []
    settings.PAYMENT_SFTP_HOST_KEY = bank.host_key
    assert send(delivery.deliver_again).delivery == Delivery.TAKEN


def test_it_stops_when_another_file_lies_under_the_same_name(office, bank, send):
    bank.manner = "hang up after the rename"
    batch = send()
    (bank.folder / "instructions" / f"{batch.number}.txt").write_text("别的内容")
    ask(office, batch)
    assert batch.delivery == Delivery.OTHER


def test_it_leaves_unknown_what_an_unreachable_bank_cannot_answer(office, bank, send, settings):
    bank.manner = "hang up after the rename"
    batch = send()
    settings.PAYMENT_BANK_URL = "sftp://minzheng@127.0.0.1:1"
    ask(office, batch)
    assert batch.delivery == Delivery.UNANSWERED


def test_it_says_what_is_missing_before_anything_is_sent(settings):
    settings.PAYMENT_SFTP_HOST_KEY = ""
    with pytest.raises(ImproperlyConfigured, match="MINZHENG_BANK_HOST_KEY"):
        Sftp().prepare(None)
