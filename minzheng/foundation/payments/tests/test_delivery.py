"""The bank over HTTP, well-behaved and not: an unanswered file is asked about and never sent blindly again."""

import http.client

import pytest
from django.core.exceptions import ImproperlyConfigured

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.tests.making import grant_nursing, make_person
from minzheng.foundation.payments import actions, delivery, fetching
from minzheng.foundation.payments.channels.http import key_of
from minzheng.foundation.payments.models import Delivery
from minzheng.foundation.payments.tests.office import assert_proven
from tests.counterparts.bank import Bank

pytestmark = pytest.mark.django_db
GOOD, BAD = "6230901111111111111", "6230902222222222222"


@pytest.fixture
def bank(settings):
    with Bank("约定的密钥", late=0.6) as bank:
        settings.PAYMENT_CHANNEL = "minzheng.foundation.payments.channels.http.Bank"
        settings.PAYMENT_BANK_URL, settings.PAYMENT_BANK_KEY = bank.url, "约定的密钥"
        settings.PAYMENT_BANK_TIMEOUT = 0.3
        yield bank


@pytest.fixture
def checked(office, approver):
    for name, account in (("甲", GOOD), ("乙", GOOD), ("丙", BAD)):
        grant_nursing(approver, person=make_person(name, bank_account=account))
    batch = office.freeze(office.make("2026-01"))
    return actions.check(office.checker, batch)


@pytest.fixture
def send(office, checked, django_capture_on_commit_callbacks):
    def send():
        with django_capture_on_commit_callbacks(execute=True):
            actions.send(office.maker, checked)
        checked.refresh_from_db()
        return checked

    return send


@pytest.fixture
def again(office, django_capture_on_commit_callbacks):
    def again(batch):
        with django_capture_on_commit_callbacks(execute=True):
            delivery.deliver_again(office.maker, batch)
        batch.refresh_from_db()
        return batch

    return again


def ask(office, batch):
    answer = delivery.enquire(office.maker, batch)
    batch.refresh_from_db()
    return answer


def test_it_delivers_and_takes_the_return_file(office, bank, send):
    bank.fails = {BAD: "01"}
    batch = send()
    assert batch.delivery == Delivery.TAKEN and batch.delivered_at
    file = fetching.fetch_return(office.maker, batch)
    assert (file.paid_count, file.failed_count, file.problem_count) == (2, 1, 0)
    assert_proven("2026-01")


@pytest.mark.parametrize(
    ("manner", "has_it"),
    [
        ("accept and hang up", True),
        ("accept then 500", True),
        ("late", True),
        ("garbage", True),
        ("hang up", False),
        ("500", False),
        ("unsigned 404", False),
    ],
)
def test_it_asks_when_a_delivery_ends_without_an_answer(office, bank, send, again, manner, has_it):
    bank.misbehave(put=manner)
    batch = send()
    assert (batch.state, batch.delivery) == ("sent", Delivery.UNANSWERED)
    with pytest.raises(Refused, match="请先查询核对，不要重发"):
        delivery.deliver_again(office.maker, batch)
    bank.misbehave()
    ask(office, batch)
    assert batch.delivery == (Delivery.TAKEN if has_it else Delivery.ABSENT)
    if not has_it:
        assert again(batch).delivery == Delivery.TAKEN
    assert [len(times) for times in bank.paid.values()] == [1, 1, 1]
    assert_proven("2026-01")


@pytest.mark.parametrize("manner", ["unknown", "hang up", "late", "500", "unsigned 404", "garbage"])
def test_it_stays_unanswered_until_the_bank_says_it_clearly(office, bank, send, manner):
    bank.misbehave(put="hang up", get=manner)
    batch = send()
    assert ask(office, batch).note == "代发机构没有明确答复"
    assert batch.delivery == Delivery.UNANSWERED


def test_it_uses_one_key_however_often_it_delivers(bank, send, again):
    bank.misbehave(put="500")
    batch = send()
    for _ in range(3):
        delivery.enquire_unanswered()
        again(batch)
    assert {path for _, path in bank.asked} == {f"/v1/instructions/{key_of(batch)}"}


def test_it_asks_at_night_about_everything_unanswered(bank, send):
    bank.misbehave(put="accept and hang up")
    batch = send()
    assert delivery.enquire_unanswered() == {"已送达": 1}
    assert delivery.enquire_unanswered() == {}
    batch.refresh_from_db()
    assert batch.delivery == Delivery.TAKEN


def test_it_says_why_the_bank_refused_and_delivers_the_same_later(bank, send, again):
    bank.misbehave(put="refuse")
    batch = send()
    assert (batch.delivery, batch.delivery_note) == (Delivery.REFUSED, "代发机构不受理：批次金额超过当日限额")
    bank.misbehave()
    assert again(batch).delivery == Delivery.TAKEN


def test_it_stops_when_the_bank_has_another_file_under_the_key(office, bank, send):
    bank.misbehave(put="accept and hang up", get="other file")
    batch = send()
    ask(office, batch)
    assert batch.delivery == Delivery.OTHER
    with pytest.raises(Refused, match="不要重发"):
        delivery.deliver_again(office.maker, batch)


def test_it_trusts_no_reply_under_another_key(bank, send, settings):
    settings.PAYMENT_BANK_KEY = "别的密钥"
    assert send().delivery == Delivery.UNANSWERED


def test_it_knows_from_a_return_file_that_the_bank_has_the_instruction(office, bank, send):
    bank.misbehave(put="accept and hang up")
    batch = send()
    fetching.fetch_return(office.maker, batch)
    batch.refresh_from_db()
    assert (batch.state, batch.delivery) == ("returned", Delivery.TAKEN)


@pytest.mark.parametrize(
    ("manner", "paid", "problems"),
    [("swap rows", 3, []), ("pay twice", 2, ["duplicate", "duplicate"]), ("wrong amount", 2, ["amount"])],
)
def test_it_marks_nobody_paid_by_a_spoiled_return_file(office, bank, send, manner, paid, problems):
    batch = send()
    bank.misbehave(answer=manner)
    file = fetching.fetch_return(office.maker, batch)
    assert file.paid_count == paid
    assert list(file.rows.exclude(problem="").values_list("problem", flat=True)) == problems
    assert_proven("2026-01")


@pytest.mark.parametrize(
    ("manner", "message"), [("truncate", "没有合计行"), ("not yet", "还没有回盘"), ("hang up", "稍后再取")]
)
def test_it_takes_nothing_from_half_a_return_file(office, bank, send, manner, message):
    batch = send()
    bank.misbehave(answer=manner)
    with pytest.raises(Refused, match=message):
        fetching.fetch_return(office.maker, batch)
    assert batch.lines.filter(state="paid").count() == 0


def test_the_bank_refuses_another_body_under_the_same_key(bank, send):
    batch = send()
    assert bank.take(key_of(batch), b"another") == (409, {"state": "conflict"})
    line = http.client.HTTPConnection(bank.url.split("/")[2], timeout=1)
    line.request(
        "PUT",
        f"/v1/instructions/{key_of(batch)}",
        b"x",
        {"X-Minzheng-Time": "1", "X-Minzheng-Signature": "x"},
    )
    with pytest.raises(http.client.HTTPException):
        line.getresponse()


def test_it_sends_no_account_numbers_in_clear(bank, checked, send, settings):
    settings.PAYMENT_BANK_URL = "http://bank.example/v1"
    with pytest.raises(ImproperlyConfigured, match="https"):
        send()
    checked.refresh_from_db()
    assert checked.delivery == Delivery.WAITING


def test_it_says_when_the_file_cannot_be_written(bank, send, again, settings):
    settings.PAYMENT_CHANNEL = "minzheng.foundation.payments.channels.folder.Folder"
    outbox = settings.PAYMENT_OUTBOX
    outbox.write_text("a file where the folder should be")
    batch = send()
    assert batch.delivery == Delivery.WAITING and "写不出" in batch.delivery_note
    outbox.unlink()
    assert again(batch).delivery == Delivery.TAKEN


def test_it_can_tell_after_a_crash_whether_the_folder_was_served(office, checked, settings, again):
    """The hidden file is renamed after the books say so: while it is hidden nobody can have fetched it."""
    settings.PAYMENT_CHANNEL = "minzheng.foundation.payments.channels.folder.Folder"
    batch = actions.send(office.maker, checked)
    type(batch).objects.filter(pk=batch.pk).update(delivery=Delivery.UNANSWERED)
    hidden = settings.PAYMENT_OUTBOX / f".{batch.number}.txt.part"
    hidden.parent.mkdir()
    hidden.touch()  # killed between the books and the rename
    batch.refresh_from_db()
    ask(office, batch)
    assert again(batch).delivery == Delivery.TAKEN
    type(batch).objects.filter(pk=batch.pk).update(delivery=Delivery.UNANSWERED)
    (
        settings.PAYMENT_OUTBOX / f"{batch.number}.txt"
    ).unlink()  # killed after the rename, and the bank fetched it
    batch.refresh_from_db()
    ask(office, batch)
    assert batch.delivery == Delivery.TAKEN
    assert not list(settings.PAYMENT_OUTBOX.glob("*.txt"))
