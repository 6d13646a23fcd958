"""The monthly proof: every fen owed for a month is paid, failed, held, under way or waiting. To the fen.

    owed = paid + failed + held + in flight + waiting − overpaid

`owed` comes from the rights as they are known today, the other side from lists, answers and recoveries: two
independent ways to the same sum. Money set off against a recovery is taken out of its bucket.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.ledger.books import balance
from minzheng.foundation.ledger.models import Kind
from minzheng.foundation.payments.plans import whole_county
from minzheng.foundation.registry.words import shelf

_PROOF = """
    WITH rights AS (
        SELECT id, benefit, rpad(left(region_id, %(digits)s), 12, '0') AS region, since_month, until_month, state,
               paid_before
        FROM benefits_entitlement WHERE region_id LIKE %(prefix)s
    ),
    -- A month of a county and benefit whose list has not been frozen is not run: nothing of it was charged.
    buckets AS (
        SELECT e.benefit, e.region, 'owed' AS bucket, a.amount_fen AS fen
        FROM rights e JOIN benefits_entitlementamount a ON a.entitlement_id = e.id AND a.superseded_at IS NULL
            AND a.from_month <= %(month)s AND (a.until_month IS NULL OR a.until_month >= %(month)s)
        WHERE e.state <> 'void' AND e.since_month <= %(month)s
          AND (e.until_month IS NULL OR e.until_month >= %(month)s)
          AND (e.paid_before IS NULL OR e.paid_before < %(month)s)
        UNION ALL
        SELECT e.benefit, e.region, final.state, l.amount_fen
        FROM rights e JOIN payments_paymentline l
            ON l.entitlement_id = e.id AND l.month = %(month)s AND l.kind = 'regular'
        JOIN payments_batch b ON b.id = l.batch_id AND b.state <> 'draft'
        JOIN payments_paymentline final ON final.id = COALESCE(l.carried_by_id, l.id)
        UNION ALL
        SELECT e.benefit, e.region, COALESCE(final.state, 'waiting'), a.amount_fen
        FROM rights e JOIN payments_arrear a
            ON a.entitlement_id = e.id AND a.month = %(month)s AND a.voided_at IS NULL
        LEFT JOIN payments_paymentline l ON l.id = a.line_id
        LEFT JOIN payments_paymentline final ON final.id = COALESCE(l.carried_by_id, l.id)
        UNION ALL
        SELECT e.benefit, e.region,
               CASE WHEN r.unpaid_line_id IS NULL THEN 'overpaid' ELSE final.state END,
               CASE WHEN r.unpaid_line_id IS NULL THEN r.amount_fen ELSE -r.amount_fen END
        FROM rights e JOIN payments_recovery r
            ON r.entitlement_id = e.id AND r.month = %(month)s AND r.state <> 'void'
        LEFT JOIN payments_paymentline l ON l.id = r.unpaid_line_id
        LEFT JOIN payments_paymentline final ON final.id = COALESCE(l.carried_by_id, l.id)
    )
    SELECT benefit, region,
        COALESCE(sum(fen) FILTER (WHERE bucket = 'owed'), 0),
        COALESCE(sum(fen) FILTER (WHERE bucket = 'paid'), 0),
        COALESCE(sum(fen) FILTER (WHERE bucket = 'failed'), 0),
        COALESCE(sum(fen) FILTER (WHERE bucket = 'held'), 0),
        COALESCE(sum(fen) FILTER (WHERE bucket IN ('ready', 'sent')), 0),
        COALESCE(sum(fen) FILTER (WHERE bucket = 'waiting'), 0),
        COALESCE(sum(fen) FILTER (WHERE bucket = 'overpaid'), 0),
        COALESCE(sum(fen) FILTER (WHERE bucket = 'cancelled'), 0),
        EXISTS (SELECT FROM payments_batch b WHERE b.benefit = buckets.benefit AND b.month = %(month)s
                AND b.kind = 'monthly' AND b.state <> 'draft' AND b.county_id = rpad(left(region, 6), 12, '0'))
    FROM buckets GROUP BY benefit, region ORDER BY benefit, region
"""


@dataclass(frozen=True)
class Proof:
    """One benefit in one division for one month; all amounts whole fen."""

    benefit: str
    region: str
    is_run: bool
    owed: int
    paid: int
    failed: int
    held: int
    in_flight: int
    waiting: int
    overpaid: int
    cancelled: int  # cancelled lines less what cancelled them: must be zero

    @property
    def difference(self) -> int:
        """What is owed and not accounted for; 0 proves the month."""
        accounted = self.paid + self.failed + self.held + self.in_flight + self.waiting + self.cancelled
        return self.owed - accounted + self.overpaid

    @property
    def holds(self) -> bool:
        return self.difference == 0 and self.cancelled == 0


@dataclass(frozen=True)
class CashProof:
    """One programme's money in one county: what the lists say against what the ledger says, in whole fen."""

    programme: str
    region: str
    place: str
    lists: int
    ledger: int

    @property
    def difference(self) -> int:
        return self.lists - self.ledger

    @property
    def holds(self) -> bool:
        return self.difference == 0


def prove(month: dt.date, prefix: str = "", digits: int = 6) -> list[Proof]:
    """One Proof per benefit and division; `digits` 6 for counties, 9 for townships. `prefix` narrows the region."""
    with transaction.atomic(), whole_county() as cursor:
        cursor.execute(_PROOF, {"month": month, "prefix": f"{prefix}%", "digits": digits})
        # PostgreSQL sums bigints as numeric; fen are whole numbers again here.
        rows = cursor.fetchall()
    return [Proof(benefit, region, is_run, *map(int, sums)) for benefit, region, *sums, is_run in rows]


_LISTS = """
    SELECT b.benefit, b.county_id,
        COALESCE(sum(l.amount_fen) FILTER (WHERE l.state = 'paid'), 0),
        COALESCE(sum(l.amount_fen) FILTER (WHERE l.state = 'sent'), 0)
    FROM payments_paymentline l JOIN payments_batch b ON b.id = l.batch_id
    WHERE b.county_id LIKE %(prefix)s GROUP BY b.benefit, b.county_id
"""
_RETURNED = """
    SELECT e.benefit, rpad(left(e.region_id, 6), 12, '0'), sum(r.amount_fen)
    FROM payments_recovery r JOIN benefits_entitlement e ON e.id = r.entitlement_id
    WHERE r.state = 'returned' AND e.region_id LIKE %(prefix)s GROUP BY 1, 2
"""


def prove_cash(prefix: str = "") -> list[CashProof]:
    """What the lists have paid and sent, over all time, against the ledger's two accounts for it."""
    paid: dict[tuple[str, str], int] = {}
    sent: dict[tuple[str, str], int] = {}
    with transaction.atomic(), whole_county() as cursor:
        cursor.execute(_LISTS, {"prefix": f"{prefix}%"})
        for code, county, paid_fen, sent_fen in cursor.fetchall():
            key = (shelf(Benefit).get(code).programme, county)
            paid[key] = paid.get(key, 0) + paid_fen
            sent[key] = sent.get(key, 0) + sent_fen
        cursor.execute(_RETURNED, {"prefix": f"{prefix}%"})
        for code, county, returned_fen in cursor.fetchall():
            key = (shelf(Benefit).get(code).programme, county)
            paid[key] = paid.get(key, 0) - returned_fen
    return [
        CashProof(
            programme, county, place.label, int(sums[programme, county]), balance(programme, county, place)
        )
        for place, sums in ((Kind.PAID, paid), (Kind.TRANSIT, sent))
        for programme, county in sorted(sums)
    ]


def latest_paid_month() -> dt.date | None:
    """The latest month any county has had an answer for."""
    from minzheng.foundation.payments.models import Batch, BatchKind

    answered = Batch.objects.filter(kind=BatchKind.MONTHLY, state__in=["returned", "closed"])
    return answered.order_by("-month").values_list("month", flat=True).first()
