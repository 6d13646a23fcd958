"""A batch's money in the ledger: available → in transit when the file goes out, → paid or back when it is answered."""

from __future__ import annotations

from django.db.models import Sum

from minzheng.foundation.accounts.models import User
from minzheng.foundation.benefits.words import benefit
from minzheng.foundation.ledger.books import Line, move, post
from minzheng.foundation.ledger.models import Account, Fund, Kind, Posting
from minzheng.foundation.payments.models import Batch, Recovery, ReturnFile


def post_sent(batch: Batch, by: User) -> None:
    """Refused when the county has not enough money for the whole list."""
    programme = benefit(batch.benefit).programme
    lines = move(programme, batch.county_id, batch.payable_fen, Kind.AVAILABLE, Kind.TRANSIT)
    if lines:
        post(f"送代发 {batch.number}", lines, f"{_prefix(batch)}sent", by)


def post_returned(file: ReturnFile, by: User) -> None:
    """Paid money is spent; failed money comes back to the funds that gave it."""
    batch = file.batch
    programme = benefit(batch.benefit).programme
    left = in_transit(batch)
    paid = move(programme, batch.county_id, file.paid_fen, Kind.TRANSIT, Kind.PAID, left)
    for fund, fen in _taken(paid).items():
        left[fund] -= fen
    failed = move(programme, batch.county_id, file.failed_fen, Kind.TRANSIT, Kind.AVAILABLE, left)
    if lines := _merged(paid + failed):
        post(f"回盘 {batch.number}", lines, f"{_prefix(batch)}return:{file.sha256}", by)


def post_recovered(recovery: Recovery, by: User) -> None:
    """Money given back is available again."""
    entitlement = recovery.entitlement
    programme = benefit(entitlement.benefit).programme
    lines = move(programme, entitlement.county, recovery.amount_fen, Kind.PAID, Kind.AVAILABLE)
    post(f"追回退款 {entitlement}", lines, f"recovery:{recovery.pk}:returned", by)


def in_transit(batch: Batch) -> dict[str, int]:
    """Fen of this batch that the bank still has to answer for, by fund."""
    rows = (
        Posting.objects.filter(entry__key__startswith=_prefix(batch), account__kind=Kind.TRANSIT)
        .values_list("account__fund")
        .annotate(fen=Sum("amount_fen"))
    )
    return {fund: 0 for fund in Fund.values} | dict(rows)


def _prefix(batch: Batch) -> str:
    return f"batch:{batch.number}:"


def _taken(lines: list[Line]) -> dict[str, int]:
    funds = dict(Account.objects.filter(pk__in=[line.account for line in lines]).values_list("pk", "fund"))
    return {funds[line.account]: -line.amount_fen for line in lines if line.amount_fen < 0}


def _merged(lines: list[Line]) -> list[Line]:
    sums: dict[int, int] = {}
    for line in lines:
        sums[line.account] = sums.get(line.account, 0) + line.amount_fen
    return [Line(account, fen) for account, fen in sums.items() if fen]
