"""From the books to the bank. An external call that ends without an answer is *unknown*: enquire, never resend blindly.

    waiting ── the file is about to go: committed first ──▶ unanswered ──▶ taken · absent · refused · other

Only a batch that the bank says it does not have (absent, refused) is put out again, with the same bytes under the same
key. The bank is never called inside a transaction.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.audit.record import record
from minzheng.foundation.payments.channels import Answer, Fate, bank
from minzheng.foundation.payments.models import Batch, BatchState, Delivery

log = logging.getLogger(__name__)
SENDABLE = (Delivery.WAITING, Delivery.ABSENT, Delivery.REFUSED)
_FATES = {
    Fate.TAKEN: Delivery.TAKEN,
    Fate.ABSENT: Delivery.ABSENT,
    Fate.REFUSED: Delivery.REFUSED,
    Fate.OTHER: Delivery.OTHER,
    Fate.UNKNOWN: Delivery.UNANSWERED,
}


def _county(batch: Batch) -> str:
    return batch.county_id


def hand_out(batch: Batch, by: User | None) -> None:
    """Put the file out, once: of many callers at the same time one gets the turn. Outside a transaction."""
    channel = bank()
    with _alone(batch):
        if not _sendable(batch).exists():
            return
        try:
            channel.prepare(batch)
        except OSError:
            log.exception("batch %s could not be written", batch.pk)
            _sendable(batch).update(
                delivery_note="指令文件写不出，可能是磁盘已满或没有写入权限。请联系系统管理员后再次送达"
            )
            return
        _sendable(batch).update(delivery=Delivery.UNANSWERED, delivery_note="", asked_at=_now())
        _note(batch, channel.put(batch), by, "送达指令文件")
        batch.spool = None


def _sendable(batch: Batch) -> QuerySet[Batch]:
    return Batch.objects.filter(pk=batch.pk, delivery__in=SENDABLE)


@contextmanager
def _alone(batch: Batch) -> Iterator[None]:
    """Whoever talks to the bank about a batch does so alone: asking beside a delivery in progress would hear “absent”.

    The lock belongs to the connection, so that a killed process leaves none behind.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('delivery'), %s)", [batch.pk])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('delivery'), %s)", [batch.pk])


@action("payment.deliver", "再次送达指令文件", permission="payment.make", region=_county)
def deliver_again(access: Any, batch: Batch) -> None:
    """After a crash before the file went out, or when the bank says that it has not got it: the same bytes again."""
    current = Batch.objects.select_for_update(of=["self"]).get(pk=batch.pk)
    if not current.file_sha256 or current.sent_at is None:
        raise Refused("批次还没有送出，没有指令文件。")
    if current.delivery == Delivery.UNANSWERED:
        raise Refused("这份文件送出后没有得到答复，代发机构可能已经收到。请先查询核对，不要重发。")
    if current.delivery not in SENDABLE:
        raise Refused("指令文件早已送达。代发机构说没有收到的，请先查询核对，不要重发。")
    transaction.on_commit(lambda: hand_out(current, access.user))


def enquire(access: Any, batch: Batch) -> Answer:
    """Ask the bank what became of an unanswered file, and note what it says."""
    access.require("payment.make", batch.county_id)
    if batch.delivery != Delivery.UNANSWERED:
        raise Refused("这个批次没有待查询的送达。请刷新页面查看最新状态。")
    return _ask(batch, access.user)


def _ask(batch: Batch, by: User | None) -> Answer:
    with _alone(batch):
        answer = bank().enquire(batch)
        _note(batch, answer, by, "查询指令文件")
    return answer


def enquire_unanswered() -> Counter[str]:
    """Ask after every unanswered file (`minzheng nightly`); returns how many have which state now, by its 中文."""
    found: Counter[str] = Counter()
    for batch in Batch.objects.filter(state=BatchState.SENT, delivery=Delivery.UNANSWERED).order_by("pk"):
        found[Delivery(_FATES[_ask(batch, None).fate]).label] += 1
    return found


def _note(batch: Batch, answer: Answer, by: User | None, title: str) -> None:
    """Keep what was said. A late or stray word never undoes that the bank has the file."""
    state, now = _FATES[answer.fate], _now()
    changes: dict[str, Any] = {"delivery": state, "delivery_note": answer.note[:200], "asked_at": now}
    if state == Delivery.TAKEN:
        changes["delivered_at"] = now
    with transaction.atomic():
        Batch.objects.filter(pk=batch.pk, delivery=Delivery.UNANSWERED).update(**changes)
        record(
            "payment.delivery",
            title,
            actor=by,
            subject=batch,
            region=batch.county_id,
            outcome=answer.fate.value,
        )


def _now() -> Any:
    return import_string(settings.PAYMENT_CLOCK)()
