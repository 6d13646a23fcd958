"""The funds' part of the proof: vouchers = ledger, and every advance is one decided case of the same amount."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from minzheng.foundation.benefits.months import next_month
from minzheng.foundation.ledger.books import balance
from minzheng.foundation.ledger.models import Kind
from minzheng.foundation.regions.models import within
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.reserves.models import INTO, ReserveFund
from minzheng.foundation.reserves.words import Reserve, reserve

_FUNDS = """
    SELECT f.id,
        COALESCE(sum(CASE WHEN v.kind = ANY(%(into)s) THEN v.amount_fen ELSE -v.amount_fen END), 0),
        COALESCE(sum(v.amount_fen) FILTER (WHERE v.kind = 'advance'), 0),
        COALESCE(sum(v.amount_fen) FILTER (WHERE v.kind = 'repaid'), 0)
    FROM reserves_reservefund f LEFT JOIN reserves_voucher v ON v.fund_id = f.id
    WHERE f.id = ANY(%(funds)s) GROUP BY f.id
"""
# A case was paid in cash when a move says so; a case without its voucher, and a voucher without its case, are both wrong.
_CASES = """
    WITH paid AS (
        SELECT c.id, c.number, c.amount_fen, rpad(left(c.region_id, 9), 12, '0') AS township
        FROM cases_case c WHERE c.item = ANY(%(items)s)
          AND EXISTS (SELECT FROM cases_casemove m WHERE m.case_id = c.id AND m.marks @> ARRAY['paid_cash']::varchar[]
                      AND m."on" BETWEEN %(first)s AND %(last)s)
    ), advanced AS (
        SELECT v.case_id, v.number, v.amount_fen, f.region_id AS township, f.kind
        FROM reserves_voucher v JOIN reserves_reservefund f ON f.id = v.fund_id
        WHERE v.kind = 'advance' AND f.kind = %(kind)s AND v."on" BETWEEN %(first)s AND %(last)s
    )
    SELECT COALESCE(a.township, p.township), COALESCE(a.number, p.number),
           COALESCE(p.amount_fen, 0), COALESCE(a.amount_fen, 0)
    FROM paid p FULL JOIN advanced a ON a.case_id = p.id
    WHERE (COALESCE(a.township, p.township)) LIKE %(prefix)s
"""


@dataclass(frozen=True)
class ReserveProof:
    """One fund over all time; whole fen. `vouchers` and `ledger` are what it holds, `cases` what was granted in cash."""

    fund: ReserveFund
    vouchers: int
    ledger: int
    advanced: int
    cases: int
    repaid: int
    spent: int  # the ledger's own account of what was paid out, less what came back
    unmatched: int

    @property
    def difference(self) -> int:
        """Off by so much, wherever it is."""
        return (
            abs(self.vouchers - self.ledger)
            + abs(self.advanced - self.cases)
            + abs(self.advanced - self.repaid - self.spent)
        )

    @property
    def holds(self) -> bool:
        return self.difference == 0 and self.unmatched == 0 and self.ledger >= 0


def prove_reserves(prefix: str = "") -> list[ReserveProof]:
    """One proof for each fund of the regions whose codes begin with `prefix`."""
    funds = list(ReserveFund.objects.filter(within(prefix)).select_related("region").order_by("region"))
    if not funds:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_FUNDS, {"into": [kind.value for kind in INTO], "funds": [fund.pk for fund in funds]})
        sums = {row[0]: [int(fen) for fen in row[1:]] for row in cursor.fetchall()}
    pairs: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for declared in shelf(Reserve):
        for township, _, of_case, of_voucher in _pairs(declared, prefix):
            pairs.setdefault((declared.code, township), []).append((of_case, of_voucher))
    proofs = []
    for fund in funds:
        held, advanced, repaid = sums[fund.pk]
        programme = reserve(fund.kind).programme
        own = pairs.get((fund.kind, fund.region_id), [])
        proofs.append(
            ReserveProof(
                fund=fund,
                vouchers=held,
                ledger=balance(programme, fund.region_id),
                advanced=advanced,
                cases=sum(of_case for of_case, _ in own),
                repaid=repaid,
                spent=balance(programme, fund.region_id, Kind.PAID),
                unmatched=sum(of_case != of_voucher for of_case, of_voucher in own),
            )
        )
    return proofs


def unmatched(fund: ReserveFund, month: dt.date) -> list[str]:
    """Numbers of vouchers and cases of a month that do not belong together."""
    pairs = _pairs(reserve(fund.kind), fund.region.prefix, month, next_month(month) - dt.timedelta(days=1))
    return [number for _, number, of_case, of_voucher in pairs if of_case != of_voucher]


def _pairs(
    declared: Reserve, prefix: str, first: dt.date = dt.date.min, last: dt.date = dt.date.max
) -> list[tuple[str, str, int, int]]:
    """(township, number, fen by the case, fen by the voucher)."""
    with connection.cursor() as cursor:
        cursor.execute(
            _CASES,
            {
                "items": list(declared.items),
                "kind": declared.code,
                "first": first,
                "last": last,
                "prefix": f"{prefix}%",
            },
        )
        return cursor.fetchall()
