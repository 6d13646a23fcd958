"""The buttons of a batch: each posts, does one action and comes back to the batch."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.idempotency.once import keyed
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.payments import actions, delivery, fetching
from minzheng.foundation.payments.models import Batch, Delivery
from minzheng.online.desk.payments.views import batch_of, tell
from minzheng.online.ui.forms import number_seen


def _do(request: HttpRequest, pk: int, permission: str, do: Callable[[Batch], str]) -> HttpResponse:
    """Run one action; `do` returns what to say when it went well."""
    batch = batch_of(request, pk, permission)
    try:
        messages.success(request, do(batch))
    except Refused as refusal:
        tell(request, refusal)
    return redirect("desk:payments:batch", pk)


@permit("payment.make", fresh=True)
@keyed
@require_POST
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    def do(batch: Batch) -> str:
        expected_fen, expected_count = (
            number_seen(request, name) for name in ("expected_fen", "expected_count")
        )
        frozen = actions.freeze(
            request.access, batch, expected_fen=expected_fen, expected_count=expected_count
        )
        return f"已冻结 {frozen.payable_count} 笔 {yuan(frozen.payable_fen)} 元，请另一位同志复核。"

    return _do(request, pk, "payment.make", do)


@permit("payment.check", fresh=True)
@keyed
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    def do(batch: Batch) -> str:
        actions.check(request.access, batch)
        return "已复核，可以送出。"

    return _do(request, pk, "payment.check", do)


@permit("payment.check")
@keyed
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    def do(batch: Batch) -> str:
        actions.send_back(request.access, batch, reason=request.POST.get("reason", ""))
        return "已退回编制。"

    return _do(request, pk, "payment.check", do)


@permit("payment.make", fresh=True)
@keyed
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    def do(batch: Batch) -> str:
        sent = actions.send(request.access, batch)
        return f"已送出 {sent.payable_count} 笔 {yuan(sent.payable_fen)} 元，等待回盘。"

    return _do(request, pk, "payment.make", do)


@permit("payment.make", fresh=True)
@keyed
@require_POST
def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    def do(batch: Batch) -> str:
        delivery.deliver_again(request.access, batch)
        return (
            "指令文件已再次送达，内容与送出时一字不差。"
            if _fate(batch) == Delivery.TAKEN
            else "已再次送出，请看送达状态。"
        )

    return _do(request, pk, "payment.make", do)


@permit("payment.make")
@require_POST
def enquire(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, "payment.make", lambda batch: f"{delivery.enquire(request.access, batch).note}。")


@permit("payment.make", fresh=True)
@require_POST
def fetch(request: HttpRequest, pk: int) -> HttpResponse:
    def do(batch: Batch) -> str:
        file = fetching.fetch_return(request.access, batch)
        return f"已取回回盘：成功 {file.paid_count} 笔，失败 {file.failed_count} 笔，有疑问 {file.problem_count} 行。"

    return _do(request, pk, "payment.make", do)


def _fate(batch: Batch) -> str:
    return str(Batch.objects.values_list("delivery", flat=True).get(pk=batch.pk))


@permit("payment.make", fresh=True)
@keyed
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    def do(batch: Batch) -> str:
        actions.close(request.access, batch)
        return "批次已办结。"

    return _do(request, pk, "payment.make", do)


@permit("payment.make", fresh=True)
@keyed
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    batch = batch_of(request, pk, "payment.make")
    try:
        actions.discard(request.access, batch)
    except Refused as refusal:
        tell(request, refusal)
        return redirect("desk:payments:batch", pk)
    messages.success(request, f"已删除草稿 {batch.number}。")
    return redirect("desk:payments:batches")
