"""The end of the month: the book, the money on the table and the cases must say the same (S-046)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.accounts.behind import another_person, person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits.months import add_months, month_of
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.reserves.actions import locked
from minzheng.foundation.reserves.balance import month_figures
from minzheng.foundation.reserves.models import Reconciliation, ReserveFund
from minzheng.foundation.reserves.prove import unmatched
from minzheng.foundation.reserves.watch import reconciled


@action("reserve.reconcile", "备用金月度对账", permission="reserve.pay")
def reconcile(
    access: Any, fund: ReserveFund, *, month: dt.date, counted_fen: int, note: str = ""
) -> Reconciliation:
    """Count what is there at the end of `month` (its first day); again until the county has confirmed it.

    A difference is written down with its explanation, and cannot be confirmed before it is cleared.
    """
    current = locked(fund)
    if month >= month_of(access.today):
        raise Refused(f"{month:%Y年%m月}还没有过完，月末以后再对账。")
    _refuse_gap(current, month)
    old = Reconciliation.objects.filter(fund=current, month=month).first()
    if old is not None and old.checker_id is not None:
        raise Refused(f"{month:%Y年%m月}已由县级确认，不能再改。")
    figures = month_figures(current, month)
    if counted_fen < 0:
        raise Refused("实点金额不能是负数，请重新清点。")
    if counted_fen != figures.closing and not note.strip():
        raise Refused(
            f"账面 {yuan(figures.closing)} 元，实点 {yuan(counted_fen)} 元，相差 {yuan(counted_fen - figures.closing)} 元。"
            "请先查明原因；一时查不明的，写明差异说明，报县级处理。"
        )
    made, _ = Reconciliation.objects.update_or_create(
        fund=current,
        month=month,
        defaults={
            "opening_fen": figures.opening,
            "received_fen": figures.received,
            "advanced_fen": figures.advanced,
            "repaid_fen": figures.repaid,
            "returned_fen": figures.returned,
            "closing_fen": figures.closing,
            "counted_fen": counted_fen,
            "cases": figures.cases,
            "note": note.strip()[:300],
            "maker": person_of(access),
            "made_on": access.today,
        },
    )
    reconciled(current, month)
    return made


@action(
    "reserve.confirm", "确认备用金月度对账", permission="reserve.open", region=lambda one: one.fund.region_id
)
def confirm(access: Any, reconciliation: Reconciliation) -> Reconciliation:
    """By the county, by another person, and only where book, money and cases agree."""
    locked(reconciliation.fund)
    current = Reconciliation.objects.select_for_update().get(pk=reconciliation.pk)
    if current.checker_id is not None:
        return current
    checker = another_person(access, current.maker_id, did="对账", does="确认")
    if current.difference_fen:
        raise Refused(f"实点与账面还差 {yuan(current.difference_fen)} 元，请退回乡镇（街道）查清后再确认。")
    if wrong := unmatched(current.fund, current.month):
        raise Refused(f"有 {len(wrong)} 张凭证与办件不符（{wrong[0]}），请先查清。")
    current.checker, current.checked_on = checker, access.today
    current.save()
    return current


def _refuse_gap(fund: ReserveFund, month: dt.date) -> None:
    """Month after month: a month that was left out would hide a difference for ever."""
    first = month_of(fund.opened_on)
    if month < first:
        raise Refused(f"备用金 {fund.opened_on} 才设立，这个月不用对账。")
    before = add_months(month, -1)
    if before >= first and not fund.months.filter(month=before).exists():
        raise Refused(f"{before:%Y年%m月}还没有对账，请按月份先后办理。")
