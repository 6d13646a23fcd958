"""A case that is paid in cash is an advance; a night asks for the month's reconciliation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.events.bus import on
from minzheng.foundation.reserves.actions import take_back
from minzheng.foundation.reserves.advance import advance
from minzheng.foundation.reserves.models import Voucher, VoucherKind
from minzheng.foundation.reserves.watch import ask_for_reconciliation


@on("case.paid_cash")
def pay_from_the_reserve(**payload: Any) -> None:
    """In the transaction of the move: what cannot be paid was not decided either."""
    case = Case.objects.select_related("applicant").get(pk=payload["case"])
    paid = CaseMove.objects.select_related("actor__person").get(pk=payload["log"])
    advance(Access(paid.actor, paid.on), case, paid=paid)


@on("case.paid_back")
def take_the_money_back(**payload: Any) -> None:
    """What turned out to be untrue was given back on the case itself."""
    move = CaseMove.objects.select_related("actor__person").get(pk=payload["log"])
    voucher = Voucher.objects.select_related("fund").get(kind=VoucherKind.ADVANCE, case_id=payload["case"])
    take_back(
        Access(move.actor, move.on), voucher, receipt=move.record["receipt"], reason=move.record["reason"]
    )


@on("night.came")
def ask_for_the_month(day: str) -> None:
    ask_for_reconciliation(dt.date.fromisoformat(day))
