"""The amounts of an entitlement by month: read one, or lay a new span over the old ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount, State
from minzheng.foundation.benefits.months import add_months


@dataclass(frozen=True)
class Span:
    """`amount_fen` a month from `from_month` to `until_month` (inclusive; None: until further decision)."""

    from_month: dt.date
    until_month: dt.date | None
    amount_fen: int


@dataclass(frozen=True)
class Why:
    """The decision behind an amount: reason code, legal basis, day, and the frozen decision of the rules."""

    reason: str
    cite: str
    decided_on: dt.date
    decision: dict[str, Any] | None = None


def owed_in(entitlement: Entitlement, month: dt.date) -> int:
    """Whole fen owed for one month; 0 outside the entitlement's months."""
    if entitlement.state == State.VOID or month < entitlement.since_month:
        return 0
    if entitlement.until_month is not None and month > entitlement.until_month:
        return 0
    covering = Q(from_month__lte=month) & (Q(until_month__isnull=True) | Q(until_month__gte=month))
    amount = entitlement.amounts.filter(covering, superseded_at__isnull=True).first()
    return amount.amount_fen if amount else 0


def lay(entitlement: Entitlement, span: Span, why: Why) -> None:
    """Make `span` hold; what it covers of earlier rows is superseded, what lies beside it goes on as it was."""
    upto = Q(from_month__lte=span.until_month) if span.until_month else Q()
    covered = entitlement.amounts.filter(upto, superseded_at__isnull=True).filter(
        Q(until_month__isnull=True) | Q(until_month__gte=span.from_month)
    )
    old = list(covered.order_by("from_month"))
    covered.update(superseded_at=timezone.now())
    rows = [
        EntitlementAmount(
            entitlement=entitlement,
            from_month=span.from_month,
            until_month=span.until_month,
            amount_fen=span.amount_fen,
            reason=why.reason,
            cite=why.cite,
            decided_on=why.decided_on,
            decision=why.decision or {},
        )
    ]
    for row in old:
        if row.from_month < span.from_month:
            rows.append(_part(row, row.from_month, add_months(span.from_month, -1)))
        if span.until_month and (row.until_month is None or row.until_month > span.until_month):
            rows.append(_part(row, add_months(span.until_month, 1), row.until_month))
    EntitlementAmount.objects.bulk_create(rows)


def _part(row: EntitlementAmount, first: dt.date, last: dt.date | None) -> EntitlementAmount:
    return EntitlementAmount(
        entitlement_id=row.entitlement_id,
        from_month=first,
        until_month=last,
        amount_fen=row.amount_fen,
        reason=row.reason,
        cite=row.cite,
        decided_on=row.decided_on,
        decision=row.decision,
    )
