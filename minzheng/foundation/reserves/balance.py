"""What a fund holds (the ledger's word) and what happened in a month (the vouchers')."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, Sum

from minzheng.foundation.benefits.months import next_month
from minzheng.foundation.ledger import books
from minzheng.foundation.reserves.models import INTO, ReserveFund, Voucher, VoucherKind
from minzheng.foundation.reserves.words import reserve


def balance_of(fund: ReserveFund) -> int:
    """Whole fen in the fund now."""
    return books.balance(reserve(fund.kind).programme, fund.region_id)


@dataclass(frozen=True)
class MonthFigures:
    """One month of a fund by its vouchers, whole fen."""

    opening: int
    received: int
    advanced: int
    repaid: int
    returned: int
    cases: int

    @property
    def closing(self) -> int:
        return self.opening + self.received + self.repaid - self.advanced - self.returned


def month_figures(fund: ReserveFund, month: dt.date) -> MonthFigures:
    """`month` is its first day."""
    until = next_month(month)
    vouchers = Voucher.objects.filter(fund=fund)
    before = vouchers.filter(on__lt=month).aggregate(
        into=Sum("amount_fen", filter=Q(kind__in=INTO), default=0),
        out=Sum("amount_fen", filter=~Q(kind__in=INTO), default=0),
    )
    within = {
        row["kind"]: row["fen"]
        for row in vouchers.filter(on__gte=month, on__lt=until).values("kind").annotate(fen=Sum("amount_fen"))
    }
    filled = (VoucherKind.OPENING, VoucherKind.TOP_UP, VoucherKind.REPLENISH)
    return MonthFigures(
        opening=before["into"] - before["out"],
        received=sum(within.get(kind, 0) for kind in filled),
        advanced=within.get(VoucherKind.ADVANCE, 0),
        repaid=within.get(VoucherKind.REPAID, 0),
        returned=within.get(VoucherKind.RETURN, 0),
        cases=vouchers.filter(kind=VoucherKind.ADVANCE, on__gte=month, on__lt=until).count(),
    )


def uncovered(fund: ReserveFund) -> list[Voucher]:
    """Advances that the county has not made good yet; what was taken back needs none."""
    waiting = Voucher.objects.filter(fund=fund, kind=VoucherKind.ADVANCE, covered_by=None, taken_back_by=None)
    return list(waiting.select_related("person").order_by("id"))
