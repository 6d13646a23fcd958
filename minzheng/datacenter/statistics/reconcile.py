"""Money in a report against the month's lines and against the ledger: to the fen, or the report is not frozen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from minzheng.datacenter.statistics.build import Content
from minzheng.datacenter.statistics.words import ReportTable, Spending
from minzheng.foundation.benefits.words import benefit
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, Level, Region

_LINES = """
    SELECT rpad(left(region_id, %s), 12, '0'), sum(amount_fen) FROM payments_paymentline
    WHERE benefit = %s AND month = %s AND state = 'paid' AND region_id BETWEEN %s AND %s GROUP BY 1
"""
# The bank's answers are posted under the key of the file (payments/cash.py): joined by equality, so by index.
_LEDGER = """
    SELECT sum(posting.amount_fen)
    FROM payments_batch AS batch
    JOIN payments_returnfile AS file ON file.batch_id = batch.id
    JOIN ledger_entry AS entry ON entry.key = 'batch:' || batch.number || ':return:' || file.sha256
    JOIN ledger_posting AS posting ON posting.entry_id = entry.id
    JOIN ledger_account AS account ON account.id = posting.account_id
    WHERE batch.benefit = %s AND batch.month = %s AND batch.county_id BETWEEN %s AND %s
      AND account.kind = 'paid' AND account.programme = %s
"""


@dataclass(frozen=True)
class Reconciled:
    """One division: what the report, the lines and (for the whole region) the ledger say was paid, in whole fen."""

    place: str
    report: int
    lines: int
    ledger: int | None = None

    @property
    def difference(self) -> int:
        """0, or the first difference found: report − lines, else report − ledger."""
        if self.report != self.lines or self.ledger is None:
            return self.report - self.lines
        return self.report - self.ledger

    @property
    def holds(self) -> bool:
        return self.difference == 0


def reconcile(table: ReportTable, region: Region, month: dt.date, content: Content) -> list[Reconciled]:
    """A county first, then its townships; empty where the month was not run here.

    A city or province adds up tables that were reconciled when they were frozen: nothing to compare anew.
    """
    if region.level < Level.COUNTY:
        return []
    return [row for spending in table.spending for row in _reconcile(spending, region, month, content)]


def _reconcile(spending: Spending, region: Region, month: dt.date, content: Content) -> list[Reconciled]:
    first, last = region.prefix.ljust(12, "0"), region.prefix.ljust(12, "9")
    digits = SIGNIFICANT_DIGITS[min(region.level + 1, 5)]
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [digits, spending.benefit, month, first, last])
        lines = {code: int(fen) for code, fen in cursor.fetchall()}
        programme = benefit(spending.benefit).programme
        cursor.execute(_LEDGER, [spending.benefit, month, first, last, programme])
        ledger = int(cursor.fetchone()[0] or 0)
    reported = content.total.cells.get(spending.column)
    if reported is None and not lines and not ledger:
        return []
    whole = Reconciled(content.total.name, reported or 0, sum(lines.values()), ledger)
    return [whole] + [
        Reconciled(line.name, line.cells.get(spending.column) or 0, lines.get(line.code, 0))
        for line in content.lines
        if line.cells.get(spending.column) is not None or line.code in lines
    ]
