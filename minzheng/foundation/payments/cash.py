"""A batch's money in the ledger: available → in transit when the file goes out, → paid or back when it is answered."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Sum

from minzheng.foundation.accounts.models import User
from minzheng.foundation.benefits.words import benefit
from minzheng.foundation.items.figures import figures
from minzheng.foundation.ledger.books import Line, post
from minzheng.foundation.ledger.drawing import Plan, move
from minzheng.foundation.ledger.models import Fund, Kind, Posting
from minzheng.foundation.payments.models import Batch, Recovery, ReturnFile


def plan_of(county: str, on: dt.date) -> Plan:
    """In which order, and with which shares, funds pay in that county (standards/national/funds.yaml)."""
    declared = figures(on, county, settings.STANDARDS_SET)
    return Plan(
        order=tuple(sorted(Fund.values, key=lambda fund: int(declared(f"fund_order_{fund}")))),
        shares={fund: int(declared(f"fund_share_{fund}")) for fund in Fund.values},
    )


def post_sent(batch: Batch, by: User, on: dt.date) -> None:
    """Refused when the county has not enough money for the whole list."""
    programme = benefit(batch.benefit).programme
    plan = plan_of(batch.county_id, on)
    lines = move(programme, batch.county_id, batch.payable_fen, Kind.AVAILABLE, Kind.TRANSIT, plan=plan)
    if lines:
        post(f"送代发 {batch.number}", _merged(lines), f"{_prefix(batch)}sent", by, on)


def post_returned(file: ReturnFile, by: User | None, on: dt.date) -> None:
    """Paid money is spent; failed money comes back to the funds that gave it."""
    batch = file.batch
    programme = benefit(batch.benefit).programme
    left = in_transit(batch)
    paid = move(programme, batch.county_id, file.paid_fen, Kind.TRANSIT, Kind.PAID, limits=left)
    for line in paid:
        if line.account in left:
            left[line.account] += line.amount_fen
    failed = move(programme, batch.county_id, file.failed_fen, Kind.TRANSIT, Kind.AVAILABLE, limits=left)
    if lines := _merged(paid + failed):
        post(f"回盘 {batch.number}", lines, f"{_prefix(batch)}return:{file.sha256}", by, on)


def post_recovered(recovery: Recovery, by: User, on: dt.date) -> None:
    """Money given back is available again."""
    entitlement = recovery.entitlement
    programme = benefit(entitlement.benefit).programme
    lines = move(programme, entitlement.county, recovery.amount_fen, Kind.PAID, Kind.AVAILABLE)
    post(f"追回退款 {entitlement}", _merged(lines), f"recovery:{recovery.pk}:returned", by, on)


def in_transit(batch: Batch) -> dict[int, int]:
    """Fen of this batch that the bank still has to answer for, by account."""
    rows = (
        Posting.objects.filter(entry__key__startswith=_prefix(batch), account__kind=Kind.TRANSIT)
        .values_list("account_id")
        .annotate(fen=Sum("amount_fen"))
    )
    return dict(rows)


def _prefix(batch: Batch) -> str:
    return f"batch:{batch.number}:"


def _merged(lines: list[Line]) -> list[Line]:
    sums: dict[int, int] = {}
    for line in lines:
        sums[line.account] = sums.get(line.account, 0) + line.amount_fen
    return [Line(account, fen) for account, fen in sums.items() if fen]
