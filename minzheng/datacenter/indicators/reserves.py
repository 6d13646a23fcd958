"""Rows for the indicators of reserve funds: which funds there are, what they hold at a month's end, what they paid."""

from __future__ import annotations

import datetime as dt

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from minzheng.datacenter.indicators.benefits import Query
from minzheng.foundation.benefits.months import next_month
from minzheng.foundation.reserves.models import INTO, Reconciliation, ReserveFund, Voucher, VoucherKind


def funds(kind: str) -> Query:
    """Funds that were open at the month's end."""

    def rows(month: dt.date) -> QuerySet[ReserveFund]:
        after = next_month(month)
        is_open = Q(closed_on__isnull=True) | Q(closed_on__gte=after)
        return ReserveFund.objects.filter(is_open, kind=kind, opened_on__lt=after)

    return rows


def below_floor(kind: str) -> Query:
    """Of these, the funds that by their vouchers held less than their floor when the month was over."""

    def rows(month: dt.date) -> QuerySet[ReserveFund]:
        signed = Case(When(kind__in=INTO, then=F("amount_fen")), default=-F("amount_fen"))
        vouchers = Voucher.objects.filter(fund=OuterRef("pk"), on__lt=next_month(month)).order_by()
        held = Subquery(
            vouchers.values("fund").annotate(fen=Sum(signed)).values("fen"), output_field=BigIntegerField()
        )
        return funds(kind)(month).alias(held=Coalesce(held, 0)).filter(held__lt=F("floor_fen"))

    return rows


def unreconciled(kind: str) -> Query:
    """Of these, the funds whose month nobody has reconciled, or whose reconciliation nobody has confirmed."""

    def rows(month: dt.date) -> QuerySet[ReserveFund]:
        confirmed = Reconciliation.objects.filter(fund=OuterRef("pk"), month=month, checker__isnull=False)
        return funds(kind)(month).filter(~Exists(confirmed))

    return rows


def advanced(kind: str) -> Query:
    """Help paid out in the month, except what was taken back in full."""
    return lambda month: Voucher.objects.filter(
        fund__kind=kind,
        kind=VoucherKind.ADVANCE,
        taken_back_by__isnull=True,
        on__gte=month,
        on__lt=next_month(month),
    )
