"""What is done to a fund: each posts, does one action and comes back to the fund."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record
from minzheng.foundation.idempotency.once import keyed
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.registers.excel.sheets import XLSX
from minzheng.foundation.reserves import actions
from minzheng.foundation.reserves.models import Reconciliation, ReserveFund, Voucher
from minzheng.foundation.reserves.reconcile import confirm, reconcile
from minzheng.online.desk.reserves.audit_list import vouchers_of, workbook
from minzheng.online.desk.reserves.forms import AmountForm, CountForm, LimitsForm
from minzheng.online.desk.reserves.views import fund_of, fund_page
from minzheng.online.ui.forms import number_seen


def _do(
    request: HttpRequest, pk: int, permission: str, form: Form, act: str, do: Callable[[ReserveFund, dict[str, Any]], str]
) -> HttpResponse:  # fmt: skip
    fund = fund_of(request, pk, permission)
    if form.is_valid():
        try:
            messages.success(request, do(fund, form.cleaned_data))
            return redirect("desk:reserves:fund", pk)
        except Refused as refusal:
            form.add_error(None, refusal)
    return fund_page(request, fund, **{act: form})


@permit("reserve.fund", fresh=True)
@keyed
@require_POST
def top_up(request: HttpRequest, pk: int) -> HttpResponse:
    def do(fund: ReserveFund, given: dict[str, Any]) -> str:
        made = actions.top_up(request.access, fund, amount_fen=given["amount"], reference=given["reference"])
        return f"已拨入 {yuan(made.amount_fen)} 元，凭证 {made.number}。"

    return _do(request, pk, "reserve.fund", AmountForm(request.POST, prefix="top_up"), "top_up", do)


@permit("reserve.fund", fresh=True)
@keyed
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    def do(fund: ReserveFund, given: dict[str, Any]) -> str:
        made = actions.give_back(
            request.access, fund, amount_fen=given["amount"], reference=given["reference"]
        )
        return f"已退回县级 {yuan(made.amount_fen)} 元，凭证 {made.number}。"

    return _do(request, pk, "reserve.fund", AmountForm(request.POST, prefix="give_back"), "give_back", do)


@permit("reserve.fund", fresh=True)
@keyed
@require_POST
def replenish(request: HttpRequest, pk: int) -> HttpResponse:
    """Against the vouchers that the page showed: their sum travels with the button."""
    fund = fund_of(request, pk, "reserve.fund")
    try:
        made = actions.replenish(
            request.access,
            fund,
            expected_fen=number_seen(request, "expected_fen"),
            reference=request.POST.get("reference", ""),
        )
        messages.success(request, f"已补足 {yuan(made.amount_fen)} 元，凭证 {made.number}。")
    except Refused as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("desk:reserves:fund", pk)


@permit("reserve.open", fresh=True)
@keyed
@require_POST
def limits(request: HttpRequest, pk: int) -> HttpResponse:
    def do(fund: ReserveFund, given: dict[str, Any]) -> str:
        actions.set_limits(
            request.access,
            fund,
            ceiling_fen=given["ceiling"],
            floor_fen=given["floor"],
            document=given["document"],
        )
        return "限额已调整。"

    return _do(request, pk, "reserve.open", LimitsForm(request.POST, prefix="limits"), "limits", do)


@permit("reserve.pay", fresh=True)
@keyed
@require_POST
def count(request: HttpRequest, pk: int) -> HttpResponse:
    def do(fund: ReserveFund, given: dict[str, Any]) -> str:
        made = reconcile(
            request.access, fund, month=given["month"], counted_fen=given["counted"], note=given["note"]
        )
        return "已对账，账实相符。" if made.difference_fen == 0 else "已登记，差异报县级处理。"

    return _do(request, pk, "reserve.pay", CountForm(request.POST, prefix="count"), "count", do)


@permit("reserve.open", fresh=True)
@keyed
@require_POST
def confirm_month(request: HttpRequest, pk: int) -> HttpResponse:
    found = Reconciliation.objects.select_related("fund__region")
    one = request.access.get("reserve.open", found, "fund__region_id", pk=pk)
    try:
        confirm(request.access, one)
        messages.success(request, "已确认。")
    except Refused as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("desk:reserves:fund", one.fund_id)


@permit("reserve.pay", fresh=True)
@keyed
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = Voucher.objects.select_related("fund__region", "person")
    voucher = request.access.get("reserve.pay", found, "fund__region_id", pk=pk)
    try:
        actions.take_back(
            request.access,
            voucher,
            receipt=request.POST.get("receipt", ""),
            reason=request.POST.get("reason", ""),
        )
        messages.success(request, "退款已收回备用金。")
    except Refused as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("desk:reserves:fund", voucher.fund_id)


@permit("reserve.read", fresh=True)
def audit_list(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The year's vouchers as Excel, for the auditors; who took it is recorded with everybody in it."""
    fund = fund_of(request, pk)
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    vouchers = vouchers_of(fund, first, last)
    record(
        "reserve.audit_list",
        "下载备用金年度审计清单",
        actor=request.user,
        subject=fund,
        persons=[one.person_id for one in vouchers if one.person_id],
        region=fund.region_id,
        is_read=True,
        year=year,
    )
    response = HttpResponse(workbook(fund, year, vouchers), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="reserve-{fund.region_id[:9]}-{year}.xlsx"'
    return response
