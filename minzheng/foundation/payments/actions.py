"""Writes on batches. Each waits its turn (benefits/lock.py) and, done twice, has one effect."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from minzheng.foundation.accounts.behind import another_person, person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits.lock import lock
from minzheng.foundation.benefits.months import add_months, month_of
from minzheng.foundation.benefits.words import benefit
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.payments import cash, evidence, instruction, seal
from minzheng.foundation.payments.calculate import calculate, clear
from minzheng.foundation.payments.delivery import hand_out
from minzheng.foundation.payments.models import Batch, BatchKind, BatchState, Delivery, LineState, ReturnFile
from minzheng.foundation.payments.reconcile import take_answer
from minzheng.foundation.payments.settle import last_run
from minzheng.foundation.payments.undo import release_charges
from minzheng.foundation.regions.models import Level, Region

_ORDER = list(BatchState.values)


def _county(batch: Batch) -> str:
    return batch.county_id


def _code(region: Region) -> str:
    return region.code


def _turn(batch: Batch) -> Batch:
    """The batch as it is now, locked."""
    lock(batch.benefit, batch.county_id)
    return Batch.objects.select_for_update(of=["self"]).get(pk=batch.pk)


def _reached(batch: Batch, state: BatchState) -> bool:
    return _ORDER.index(batch.state) >= _ORDER.index(state)


@action("payment.make", "编制发放批次", permission="payment.make", region=_code)
def make_batch(
    access: Any, county: Region, *, code: str, month: dt.date, kind: str = BatchKind.MONTHLY
) -> Batch:
    """Draft the list of benefit `code` for one month (its first day), or find the draft that is there already."""
    benefit(code)
    if county.level != Level.COUNTY:
        raise Refused("发放批次按县（市、区）编制，请选择县级区划。")
    maker = person_of(access)
    lock(code, county.code)
    batches = Batch.objects.filter(benefit=code, county=county)
    if draft := batches.filter(month=month, kind=kind, state=BatchState.DRAFT).first():
        return _recalculated(draft)
    if kind == BatchKind.MONTHLY:
        _refuse_out_of_order(county.code, code, month, access.today)
    elif last_run(code, county.code) is None:
        raise Refused("还没有发放过，没有可以重发的款项。请先编制月度批次。")
    sequence = batches.filter(month=month).count() + 1
    batch = Batch(
        number=f"{county.prefix}-{code}-{month:%Y%m}-{sequence}",
        benefit=code,
        county=county,
        month=month,
        kind=kind,
        sequence=sequence,
        made_by=access.user,
        maker=maker,
    )
    batch.save()
    return _recalculated(batch)


def _refuse_out_of_order(county: str, code: str, month: dt.date, today: dt.date) -> None:
    """Month after month without a gap, so that no month is forgotten and none is paid before its time."""
    if month > month_of(today):
        raise Refused(f"{month:%Y年%m月}还没有到，不能提前编制。")
    last = last_run(code, county)
    if last is not None and month <= last:
        raise Refused(
            f"{month:%Y年%m月}的批次已经编制过。漏发的人员会自动列入下一个月的补差，失败的请编制重发批次。"
        )
    if last is not None and month > add_months(last, 1) and not benefit(code).once:
        raise Refused(
            f"上次发放到{last:%Y年%m月}。请先编制{add_months(last, 1):%Y年%m月}的批次，月份不能跳过。"
        )
    waiting = Batch.objects.filter(
        benefit=code, county_id=county, kind=BatchKind.MONTHLY, state__in=_ORDER[:3]
    )
    if other := waiting.first():
        raise Refused(f"批次 {other.number} 还没有送出。请先办完或删除它，再编制新的月份。")


def _recalculated(batch: Batch) -> Batch:
    calculate(batch)
    batch.save()
    return batch


@action("payment.discard", "删除发放批次草稿", permission="payment.make", region=_county)
def discard(access: Any, batch: Batch) -> None:
    current = _turn(batch)
    if current.state != BatchState.DRAFT:
        raise Refused("批次已经冻结，不能删除。如有错误，请退回编制。")
    clear(current)
    Batch.objects.filter(pk=current.pk).delete()


@action("payment.freeze", "冻结发放批次", permission="payment.make", region=_county)
def freeze(access: Any, batch: Batch, *, expected_fen: int, expected_count: int) -> Batch:
    """Fix the list and its evidence. `expected_*`: the payable total the maker saw; another one is refused."""
    current = _turn(batch)
    if _reached(current, BatchState.FROZEN):
        return current
    calculate(current)
    if (current.payable_fen, current.payable_count) != (expected_fen, expected_count):
        raise Refused(
            f"名单刚有变化：您看到 {expected_count} 笔 {yuan(expected_fen)} 元，现在是 {current.payable_count} 笔 "
            f"{yuan(current.payable_fen)} 元。请刷新后重新核对，再冻结。"
        )
    if not current.lines.exists():
        raise Refused("名单是空的，没有可以冻结的款项。")
    current.maker, current.made_by = person_of(access), access.user
    current.evidence = evidence.evidence_hash(current)
    current.state, current.frozen_at, current.note = BatchState.FROZEN, timezone.now(), ""
    current.save()
    evidence.settle_left_out(current)
    return current


@action("payment.check", "复核发放批次", permission="payment.check", region=_county)
def check(access: Any, batch: Batch) -> Batch:
    """A second person confirms the frozen list (maker ≠ checker, by person)."""
    current = _turn(batch)
    if _reached(current, BatchState.CHECKED):
        return current
    if current.state != BatchState.FROZEN:
        raise Refused("批次还没有冻结，不能复核。请编制人先冻结名单。")
    checker = another_person(access, current.maker_id, did="编制", does="复核")
    evidence.refuse_if_tampered(current)
    evidence.refuse_if_overtaken(current)
    current.checker, current.checked_by = checker, access.user
    current.state, current.checked_at = BatchState.CHECKED, timezone.now()
    current.save()
    return current


@action("payment.send_back", "退回发放批次", permission="payment.check", region=_county)
def send_back(access: Any, batch: Batch, *, reason: str) -> Batch:
    """Back to the maker, before the file has gone out: the list is open again, its charges never happened."""
    current = _turn(batch)
    if current.state not in (BatchState.FROZEN, BatchState.CHECKED):
        raise Refused("只有已冻结、还没有送出的批次可以退回。")
    if not reason.strip():
        raise Refused("请写明退回原因，编制人要据此修改。")
    current.state, current.note, current.evidence = BatchState.DRAFT, reason.strip()[:200], ""
    current.checker = current.checked_by = current.checked_at = current.frozen_at = None
    current.save()
    release_charges(current)
    return current


@action("payment.send", "送出发放指令", permission="payment.make", region=_county)
def send(access: Any, batch: Batch) -> Batch:
    """Commit first, then hand out: the file appears in the outbox only after the books say that it was sent."""
    current = _turn(batch)
    if _reached(current, BatchState.SENT):
        return current
    if current.state != BatchState.CHECKED:
        raise Refused("批次还没有复核，不能送出。")
    evidence.refuse_if_tampered(current)
    evidence.refuse_if_overtaken(current)
    evidence.link(current)
    seal.refuse_without_seal(current)
    cash.post_sent(current, access.user, access.today)
    current.file_sha256 = instruction.spool(current)
    current.lines.filter(state=LineState.READY).update(state=LineState.SENT)
    current.state, current.sent_at = BatchState.SENT, timezone.now()
    current.save()
    evidence.offset_held(current)
    transaction.on_commit(lambda: hand_out(current, access.user))
    return current


@action("payment.return", "导入回盘文件", permission="payment.make", region=_county)
def import_return(access: Any, batch: Batch, *, name: str, content: bytes) -> ReturnFile:
    """Take the bank's answer: agreed rows settle their lines and the ledger; the rest is listed with its problem."""
    return _take_return(access, batch, name, content)


@action("payment.fetched", "夜间取回并导入回盘文件", region=_county)
def take_fetched(access: Any, batch: Batch, *, name: str, content: bytes) -> ReturnFile:
    """The same without an officer: the file came over the bank's own channel (fetching.py)."""
    return _take_return(access, batch, name, content)


def _take_return(access: Any, batch: Batch, name: str, content: bytes) -> ReturnFile:
    current = _turn(batch)
    if not _reached(current, BatchState.SENT):
        raise Refused("批次还没有送出，不会有回盘。请核对批次号。")
    file, is_new = take_answer(current, name, content, access.user)
    if is_new:
        cash.post_returned(file, access.user, access.today)
        evidence.offset_held(current)
        if current.state == BatchState.SENT:
            current.state = BatchState.RETURNED
        if current.delivery == Delivery.UNANSWERED:  # whoever answers line by line has received it
            current.delivery, current.delivered_at = Delivery.TAKEN, timezone.now()
        current.return_note = ""
        current.save()
    return file


@action("payment.close", "办结发放批次", permission="payment.make", region=_county)
def close(access: Any, batch: Batch) -> Batch:
    """Every line has its answer. Failed lines are left for a reissue; they do not hold the month open."""
    current = _turn(batch)
    if _reached(current, BatchState.CLOSED):
        return current
    if not _reached(current, BatchState.SENT):
        raise Refused("批次还没有送出，不能办结。")
    if waiting := current.lines.filter(state=LineState.SENT).count():
        raise Refused(
            f"还有 {waiting} 笔没有回盘结果。请先导入回盘文件；没有答复的向代发机构查询，不要重发。"
        )
    current.state, current.closed_at = BatchState.CLOSED, timezone.now()
    current.save()
    return current
