"""Posting to the ledger and reading it back. Amounts are whole fen, regions 12-digit codes, years budget years."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet, Sum, Window
from django.utils import timezone

from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused
from minzheng.foundation.ledger.models import Account, Entry, Fund, Kind, Posting


class KeyReused(ValueError):
    """The key has already been used for another entry: the same key must always carry the same lines."""


@dataclass(frozen=True, order=True)
class Line:
    """`amount_fen` into (+) or out of (−) one account."""

    account: int
    amount_fen: int


def account(fund: str, programme: str, region: str, kind: str, year: int | None = None) -> Account:
    """The account of that place and budget year (default: this one), opened on first use."""
    found, _ = Account.objects.get_or_create(
        fund=fund, programme=programme, region_id=region, kind=kind, year=year or timezone.localdate().year
    )
    return found


def post(
    title: str, lines: Iterable[Line], key: str, made_by: User | None = None, day: dt.date | None = None
) -> Entry:
    """Enter balanced lines once. The same key with the same lines is the same entry; with others, KeyReused.

    `day` is the day in the books, default today. Raises Refused when an account would fall below zero.
    """
    wanted = sorted(line for line in lines if line.amount_fen != 0)
    if not wanted or sum(line.amount_fen for line in wanted) != 0:
        raise ValueError(f"ledger: lines of {key} do not balance")
    digest = hashlib.sha256(
        json.dumps([(line.account, line.amount_fen) for line in wanted]).encode()
    ).hexdigest()
    try:
        with transaction.atomic():
            entry, is_new = Entry.objects.get_or_create(
                key=key,
                defaults={
                    "title": title,
                    "digest": digest,
                    "made_by": made_by,
                    "day": day or timezone.localdate(),
                },
            )
            if not is_new:
                if entry.digest != digest:
                    raise KeyReused(key)
                return entry
            Posting.objects.bulk_create(
                Posting(entry=entry, account_id=line.account, amount_fen=line.amount_fen) for line in wanted
            )
    except IntegrityError as error:
        if "no_negative_balance" in str(error):
            raise Refused("资金余额不足，没有记账。请先登记到账资金，再重试。") from None
        raise
    return entry


def receive(
    fund: str,
    programme: str,
    region: str,
    amount_fen: int,
    key: str,
    made_by: User | None = None,
    year: int | None = None,
) -> Entry:
    """Money allotted to a county (资金下达) becomes available there."""
    if amount_fen <= 0:
        raise Refused("到账金额应大于零，请核对拨款凭证。")
    source, available = (
        account(fund, programme, region, kind, year) for kind in (Kind.SOURCE, Kind.AVAILABLE)
    )
    lines = [Line(source.pk, -amount_fen), Line(available.pk, amount_fen)]
    return post(f"{Fund(fund).label}到账", lines, key, made_by)


def balance(programme: str, region: str, kind: str = Kind.AVAILABLE, fund: str | None = None) -> int:
    """Whole fen in one kind of place, of one fund or of all; all budget years together."""
    found = Account.objects.filter(programme=programme, region_id=region, kind=kind)
    if fund:
        found = found.filter(fund=fund)
    return found.aggregate(total=Sum("balance_fen"))["total"] or 0


def balance_of(fund: str, programme: str, region: str, kind: str, year: int) -> int:
    """Whole fen in one place of one fund and budget year."""
    found = Account.objects.filter(fund=fund, programme=programme, region_id=region, kind=kind, year=year)
    return found.values_list("balance_fen", flat=True).first() or 0


def statement(accounts: Sequence[Any]) -> QuerySet[Posting]:
    """Postings of some accounts, newest first, each with `running_fen`: its account's balance after it."""
    running = Window(Sum("amount_fen"), partition_by=F("account"), order_by=F("id").asc())
    return (
        Posting.objects.filter(account__in=accounts)
        .annotate(running_fen=running)
        .select_related("entry", "account")
        .order_by("-id")
    )
