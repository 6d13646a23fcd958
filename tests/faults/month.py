"""A month of the finance office that can be taken up wherever it was left, and what must be true at its end."""

from __future__ import annotations

import base64
import threading
import time
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Sum

from minzheng.foundation.benefits.tests.making import month
from minzheng.foundation.ledger.models import Posting
from minzheng.foundation.payments import actions, delivery, fetching
from minzheng.foundation.payments.models import Batch, BatchState, Delivery, LineState, PaymentLine
from minzheng.foundation.payments.prove import prove, prove_cash
from minzheng.foundation.payments.tests.office import Office
from tests.counterparts.bank import Bank, is_sealed

AMOUNT = 7000  # fen a month and person (payments/tests/test_scale.py)
PATIENCE = 8


class Month:
    """`text` like 2010-01. With `folder` the bank empties the outbox, else it is spoken to."""

    def __init__(self, office: Office, bank: Bank, text: str, *, folder: bool) -> None:
        self.office, self.bank, self.text = office, bank, text
        self.channel = "folder.Folder" if folder else "http.Bank"
        self.folder = folder

    def work(self) -> None:
        """Whatever is still to do, by the same actions as the desk's buttons; nothing when all is done."""
        settings.PAYMENT_CHANNEL = f"minzheng.foundation.payments.channels.{self.channel}"
        for kind in ("monthly", "reissue"):
            batch = Batch.objects.filter(month=month(self.text), kind=kind).first()
            if batch is None or batch.state == BatchState.DRAFT:
                batch = self.office.make(self.text, kind=kind)
                if not batch.payable_count + batch.held_count:
                    actions.discard(self.office.maker, batch)
                    continue
                batch = self.office.freeze(batch)
            self._finish(batch)

    def _finish(self, batch: Batch) -> None:
        if batch.state == BatchState.FROZEN:
            batch = actions.check(self.office.checker, batch)
        if batch.state == BatchState.CHECKED:
            actions.send(self.office.maker, batch)
        self._deliver(batch)
        batch.refresh_from_db()
        if batch.lines.filter(state=LineState.SENT).exists():
            self._take_return(batch)
        actions.close(self.office.maker, batch)

    def _deliver(self, batch: Batch) -> None:
        """As an officer would: ask when there was no answer, deliver again what did not arrive."""
        for _ in range(PATIENCE):
            batch.refresh_from_db()
            if batch.delivery == Delivery.TAKEN:
                return
            if batch.delivery == Delivery.UNANSWERED:
                delivery.enquire(self.office.maker, batch)
            else:
                delivery.deliver_again(self.office.maker, batch)
        raise AssertionError(f"{batch}: {batch.delivery}")

    def _take_return(self, batch: Batch) -> None:
        if self.folder:
            content = brought_by_hand(batch.number)
            actions.import_return(self.office.maker, batch, name="回盘.txt", content=content)
        else:
            fetching.fetch_return(self.office.maker, batch)


class FolderBank:
    """A bank that empties the outbox and pays every file it finds, with no memory at all: twice put out is twice paid."""

    def __init__(self, bank: Bank) -> None:
        self.bank, self.stopped = bank, threading.Event()
        self.thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> FolderBank:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.thread.join()

    def _serve(self) -> None:
        while not self.stopped.wait(0.02):
            for found in Path(settings.PAYMENT_OUTBOX).glob("[!.]*.txt"):
                body = found.read_bytes()
                beside = found.with_name(f"{found.name}.p7s")
                assert is_sealed(body, base64.b64encode(beside.read_bytes()).decode(), self.bank.roots)
                found.unlink()
                self.bank.pay(f"{found.stem}.folder", body)
                ready = found.with_suffix(".return.part")
                ready.write_bytes(self.bank.return_file(f"{found.stem}.folder"))
                ready.rename(found.with_suffix(".return"))


def brought_by_hand(number: str) -> bytes:
    """The return file of a batch whose file lay in the outbox; waits for the bank."""
    file = Path(settings.PAYMENT_OUTBOX) / f"{number}.return"
    for _ in range(1000):
        if file.exists():
            return file.read_bytes()
        time.sleep(0.01)
    raise AssertionError(f"{number}: the bank never found the file")


def assert_whole(bank: Bank, text: str, people: int) -> None:
    """Nobody paid twice, nobody lost: by our lists, by the bank's own count, by proof and ledger."""
    first = month(text)
    batches = Batch.objects.filter(month=first)
    assert set(batches.values_list("state", flat=True)) == {"closed"}, text
    lines = PaymentLine.objects.filter(month=first)
    arrived = lines.filter(kind="regular", state="paid").count()
    reissued = lines.filter(kind="regular", state="reissued", carried_by__state="paid").count()
    assert arrived + reissued == people, (text, Counter(lines.values_list("kind", "state")))
    paid = bank.paid_to(f"{first:%Y%m}")
    assert len(paid) == people and set(paid.values()) == {(AMOUNT,)}, (text, len(paid))
    (proof,) = prove(first)
    assert proof.holds and proof.paid == people * AMOUNT, proof
    assert all(line.holds for line in prove_cash())
    assert Posting.objects.aggregate(fen=Sum("amount_fen"))["fen"] == 0
    connection.close()
