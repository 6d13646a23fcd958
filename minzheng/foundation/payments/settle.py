"""Compare, per entitlement and month, what is owed with what was charged; the difference is back-pay or recovery.

    owed(month) = regular line + arrears − recoveries

holds for every month that has been run, after every change of a right: late facts and back-dated standards give
exactly one Arrear or Recovery per difference (DC6, DC7), and settling twice finds nothing more to do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection

from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.payments.models import Batch, BatchKind, BatchState

# Months of some entitlements, each with what is owed less what was charged. An ended right's later months count
# too: money may have been charged for them. Months that the former system paid are not this one's business.
_DIFFERENCES = """
    WITH months AS (
        SELECT e.id, e.person_id, e.end_reason, m.month::date AS month, COALESCE(a.amount_fen, 0) AS owed
        FROM benefits_entitlement e
        CROSS JOIN LATERAL generate_series(
            GREATEST(e.since_month, e.paid_before + interval '1 month'), %(through)s::date, interval '1 month'
        ) AS m(month)
        LEFT JOIN benefits_entitlementamount a
            ON a.entitlement_id = e.id AND a.superseded_at IS NULL AND e.state <> 'void'
            AND a.from_month <= m.month AND (a.until_month IS NULL OR a.until_month >= m.month)
            AND (e.until_month IS NULL OR e.until_month >= m.month)
        WHERE e.id = ANY(%(ids)s)
    ),
    charged AS (
        SELECT entitlement_id, month, sum(amount_fen) AS fen FROM (
            SELECT l.entitlement_id, l.month, l.amount_fen FROM payments_paymentline l
            JOIN payments_batch b ON b.id = l.batch_id AND b.state <> 'draft'
            WHERE l.entitlement_id = ANY(%(ids)s) AND l.kind = 'regular'
            UNION ALL
            SELECT entitlement_id, month, amount_fen FROM payments_arrear
            WHERE entitlement_id = ANY(%(ids)s) AND voided_at IS NULL
            UNION ALL
            SELECT entitlement_id, month, -amount_fen FROM payments_recovery
            WHERE entitlement_id = ANY(%(ids)s) AND state <> 'void'
        ) AS charges GROUP BY entitlement_id, month
    )
    SELECT m.id, m.person_id, m.end_reason, m.month, m.owed - COALESCE(c.fen, 0)
    FROM months m LEFT JOIN charged c ON c.entitlement_id = m.id AND c.month = m.month
    WHERE m.owed <> COALESCE(c.fen, 0)
"""
_GIVEN = """
    WITH differences AS (
        SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::date[], %s::bigint[])
            AS d(entitlement_id, person_id, end_reason, month, difference)
    )
"""
# First take back what has not happened yet, so that a corrected error leaves no back-pay beside a recovery.
_VOID_ARREARS = """
    UPDATE payments_arrear a SET voided_at = now() FROM differences d
    WHERE a.entitlement_id = d.entitlement_id AND a.month = d.month
      AND a.line_id IS NULL AND a.voided_at IS NULL
"""
_VOID_RECOVERIES = """
    UPDATE payments_recovery r SET state = 'void' FROM differences d
    WHERE r.entitlement_id = d.entitlement_id AND r.month = d.month AND r.state = 'open'
"""
_NEW_ARREARS = """
    INSERT INTO payments_arrear (entitlement_id, month, amount_fen, recorded_at)
    SELECT entitlement_id, month, difference, now() FROM differences
"""
_NEW_RECOVERIES = """
    INSERT INTO payments_recovery (entitlement_id, person_id, month, amount_fen, reason, state, evidence, recorded_at)
    SELECT entitlement_id, person_id, month, -difference, COALESCE(NULLIF(end_reason, ''), 'amount'), 'open', '', now()
    FROM differences
"""

# (change, of differences with this sign, whether what it takes back is another difference then)
_CHANGES = (
    (_VOID_ARREARS, -1, True),
    (_VOID_RECOVERIES, 1, True),
    (_NEW_ARREARS, 1, False),
    (_NEW_RECOVERIES, -1, False),
)
Difference = tuple[int, int, str, dt.date, int]  # right, person, why it ended, month, fen owed less charged


def last_run(benefit: str, county: str) -> dt.date | None:
    """The latest month whose list has been frozen for that county and benefit."""
    run = Batch.objects.filter(benefit=benefit, county_id=county, kind=BatchKind.MONTHLY)
    return run.exclude(state=BatchState.DRAFT).order_by("-month").values_list("month", flat=True).first()


def settle(entitlements: Sequence[int], through: dt.date) -> None:
    """Bring arrears and recoveries of these entitlements up to date, for months up to `through`.

    The caller holds the lock of their county and benefit (benefits/lock.py).
    """
    ids: dict[str, Any] = {"ids": list(entitlements), "through": through}
    with connection.cursor() as cursor:

        def differences() -> list[Difference]:
            cursor.execute(_DIFFERENCES, ids)
            return cursor.fetchall()

        found = differences()
        for change, sign, is_void in _CHANGES:
            of_sign = [one for one in found if one[-1] * sign > 0]
            if not of_sign:
                continue
            cursor.execute(_GIVEN + change, [list(column) for column in zip(*of_sign, strict=True)])
            if is_void and cursor.rowcount:
                found = differences()
    offset_unpaid(entitlements)


# A recovery meets money that never left the house: the charge's own line, or the reissue that carries it, failed or
# is held. Then nobody owes anything back; the line is paid out less (or not at all). Several recoveries may meet
# one line, so they are taken in order as far as the line's amount goes.
_ATTACH = """
    WITH charge AS (
        SELECT r.id, r.amount_fen, COALESCE(l.carried_by_id, l.id) AS line_id
        FROM payments_recovery r JOIN LATERAL (
            SELECT l.id, l.carried_by_id FROM payments_paymentline l
            WHERE l.entitlement_id = r.entitlement_id AND l.month = r.month AND l.kind = 'regular'
            UNION ALL
            SELECT l.id, l.carried_by_id FROM payments_arrear a JOIN payments_paymentline l ON l.id = a.line_id
            WHERE a.entitlement_id = r.entitlement_id AND a.month = r.month
        ) AS l ON true
        WHERE r.entitlement_id = ANY(%(ids)s) AND r.state = 'open' AND r.unpaid_line_id IS NULL
    ),
    fitting AS (
        SELECT c.id, c.line_id,
               sum(c.amount_fen) OVER (PARTITION BY c.line_id ORDER BY c.id) AS taken,
               l.amount_fen - COALESCE((
                   SELECT sum(r.amount_fen) FROM payments_recovery r
                   WHERE r.unpaid_line_id = l.id AND r.state IN ('open', 'offset')
               ), 0) AS free
        FROM (SELECT DISTINCT ON (c.id) c.* FROM charge c
              JOIN payments_paymentline l ON l.id = c.line_id AND l.state IN ('failed', 'held')
              ORDER BY c.id, c.line_id) AS c
        JOIN payments_paymentline l ON l.id = c.line_id
        JOIN payments_batch b ON b.id = l.batch_id AND b.state IN ('sent', 'returned', 'closed')
    )
    UPDATE payments_recovery r SET unpaid_line_id = f.line_id FROM fitting f WHERE r.id = f.id AND f.taken <= f.free
"""
_CANCEL = """
    WITH covered AS (
        SELECT r.unpaid_line_id AS id FROM payments_recovery r
        JOIN payments_paymentline l ON l.id = r.unpaid_line_id AND l.state IN ('failed', 'held')
        WHERE r.entitlement_id = ANY(%(ids)s) AND r.state IN ('open', 'offset')
        GROUP BY r.unpaid_line_id, l.amount_fen HAVING sum(r.amount_fen) = l.amount_fen
    ), cancelled AS (
        UPDATE payments_paymentline l SET state = 'cancelled' FROM covered c WHERE l.id = c.id RETURNING l.id
    )
    UPDATE payments_recovery r SET state = 'offset' FROM cancelled c WHERE r.unpaid_line_id = c.id AND r.state = 'open'
"""


def offset_unpaid(entitlements: Sequence[int]) -> None:
    """Set open recoveries off against their own charge where that was never paid out."""
    with connection.cursor() as cursor:
        cursor.execute(_ATTACH, {"ids": list(entitlements)})
        cursor.execute(_CANCEL, {"ids": list(entitlements)})


def settle_amended(entitlement_id: int) -> None:
    """After one right changed: settle it over all months that have been run."""
    entitlement = Entitlement.objects.only("benefit", "region").get(pk=entitlement_id)
    through = last_run(entitlement.benefit, entitlement.county)
    if through is not None:
        settle([entitlement_id], through)
