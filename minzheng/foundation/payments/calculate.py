"""The list of a batch, made by PostgreSQL in one statement per kind of line: no rows pass through Python."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Count, Q, QuerySet, Sum

from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.benefits.words import benefit
from minzheng.foundation.payments.models import Batch, BatchKind, PaymentLine
from minzheng.foundation.payments.plans import whole_county
from minzheng.foundation.payments.settle import last_run, settle
from minzheng.foundation.regions.models import prefix_of, within

_NAMES = """
    batch_id, sequence, benefit, month, kind, person_id, entitlement_id, payee_id, region_id, amount_fen,
    amount_version_id, id_no, account_name, bank_name, account_no, organisation_id, organisation_account, state,
    held_reason, result, result_note
"""
_COLUMNS = f"INSERT INTO payments_paymentline ({_NAMES})"
_STANDING = f"SELECT {_NAMES} FROM payments_paymentline WHERE batch_id = %(batch)s AND kind = %(kind)s"  # noqa: S608
# Number of rows and 128 bits over all that they say, in any order (each row says its own sequence).
_FINGERPRINT = """
    SELECT count(*), bit_xor(hashtextextended(l::text, 0)), bit_xor(hashtextextended(l::text, 1)) FROM ({rows}) AS l
"""
# Why a line waits. The month of death is still payable (DC7); a family lives on when its holder has died, and is paid
# again as soon as someone else receives for it.
HELD_REASON = """
    CASE
        WHEN e.id IN (SELECT s.entitlement_id FROM benefits_suspensionperiod s WHERE s.from_month <= %(month)s
            AND (s.until_month IS NULL OR s.until_month >= %(month)s)) THEN 'suspended'
        WHEN payee.died_on < %(month)s OR (e.household_id IS NULL AND holder.died_on < %(month)s)
            OR org.ended_on < %(month)s THEN 'dead'
        WHEN COALESCE(payee.bank_account, org.bank_account) = '' THEN 'no_account'
        WHEN e.account_name <> '' AND e.account_name <> COALESCE(payee.name, org.name) THEN 'name_mismatch'
        ELSE ''
    END
"""
# Whose account is paid: the payee's, or an organisation's own.
ACCOUNTS = """
    LEFT JOIN people_person holder ON holder.id = e.person_id
    LEFT JOIN people_person payee ON payee.id = e.payee_id
    LEFT JOIN organisations_organisation org ON org.id = e.organisation_id
"""
_LINES = f"""
    SELECT %(batch)s, %(after)s + row_number() OVER (ORDER BY e.region_id, d.person_id, e.id),
           %(benefit)s, %(month)s, %(kind)s, d.person_id, e.id, payee.id, e.region_id, d.amount_fen,
           d.version_id, COALESCE(payee.id_no, ''), COALESCE(NULLIF(e.account_name, ''), payee.name, org.name),
           COALESCE(payee.bank_name, org.bank_name), COALESCE(payee.bank_account, ''),
           org.id, COALESCE(org.bank_account, ''),
           CASE held.reason WHEN '' THEN 'ready' ELSE 'held' END, held.reason, '', ''
    FROM due d
    JOIN benefits_entitlement e ON e.id = d.entitlement_id
    {ACCOUNTS}
    CROSS JOIN LATERAL (SELECT {HELD_REASON} AS reason) AS held
"""  # noqa: S608  constants only; every value is a parameter
_REGULAR = """
    WITH due AS (
        SELECT e.id AS entitlement_id, e.person_id, a.id AS version_id, a.amount_fen
        FROM benefits_entitlement e
        JOIN benefits_entitlementamount a ON a.entitlement_id = e.id AND a.superseded_at IS NULL
            AND a.from_month <= %(month)s AND (a.until_month IS NULL OR a.until_month >= %(month)s)
        WHERE e.benefit = %(benefit)s AND e.region_id BETWEEN %(first)s AND %(last)s AND e.state <> 'void'
          AND e.since_month <= %(month)s AND (e.until_month IS NULL OR e.until_month >= %(month)s)
          AND (e.paid_before IS NULL OR e.paid_before < %(month)s) AND a.amount_fen > 0
    )
"""
# One arrears line per person, even when an earlier and a later right of the same person both have back-pay; one for
# each right of an organisation.
_ARREARS = """
    WITH due AS (
        SELECT max(e.id) AS entitlement_id, e.person_id, NULL::bigint AS version_id, sum(a.amount_fen) AS amount_fen
        FROM payments_arrear a JOIN benefits_entitlement e ON e.id = a.entitlement_id
        WHERE a.line_id IS NULL AND a.voided_at IS NULL AND a.month <= %(month)s
          AND e.benefit = %(benefit)s AND e.region_id BETWEEN %(first)s AND %(last)s
        GROUP BY e.person_id, CASE WHEN e.person_id IS NULL THEN e.id END
    )
"""
# Failed and held lines whose obstacle is gone: a bank fault, or an account that is not the one that failed. What is
# to be recovered of the same money is taken off.
REISSUABLE = f"""
    SELECT l.id, l.entitlement_id, l.person_id, l.amount_fen - COALESCE(r.fen, 0) AS amount_fen
    FROM payments_paymentline l
    JOIN payments_batch b ON b.id = l.batch_id AND b.state IN ('sent', 'returned', 'closed')
    JOIN benefits_entitlement e ON e.id = l.entitlement_id
    {ACCOUNTS}
    LEFT JOIN (SELECT unpaid_line_id, sum(amount_fen) AS fen FROM payments_recovery
               WHERE state IN ('open', 'offset') GROUP BY unpaid_line_id) AS r ON r.unpaid_line_id = l.id
    WHERE l.benefit = %(benefit)s AND b.county_id = %(county)s AND l.state IN ('failed', 'held')
      AND (l.held_reason <> '' OR l.result = '04'
           OR (blind(l.account_no), blind(l.organisation_account), l.account_name, l.bank_name)
           <> (blind(COALESCE(payee.bank_account, '')), blind(COALESCE(org.bank_account, '')),
               COALESCE(NULLIF(e.account_name, ''), payee.name, org.name), COALESCE(payee.bank_name, org.bank_name)))
"""  # noqa: S608  constants only
_REISSUE = f"""
    WITH due AS (
        SELECT max(entitlement_id) AS entitlement_id, person_id, NULL::bigint AS version_id,
               sum(amount_fen) AS amount_fen
        FROM ({REISSUABLE}) AS l
        GROUP BY person_id, CASE WHEN person_id IS NULL THEN entitlement_id END HAVING sum(amount_fen) > 0
    )
"""  # noqa: S608
_ONCE = " ON CONFLICT ON CONSTRAINT nobody_is_paid_twice DO NOTHING"
# A line that would only be held again is no reissue: it stays where it is, with its reason.
_FREE = " WHERE held.reason = ''"


def calculate(batch: Batch) -> None:
    """Make (or make again) the list of a draft, and its totals. The caller holds the lock.

    A list that would come out the same is left as it is: the freeze looks at a million lines instead of writing them.
    """
    if batch.kind == BatchKind.MONTHLY:
        _settle_first_run(batch)
    with whole_county() as cursor:
        if not _is_current(cursor, batch):
            clear(batch)
            made = 0
            for kind, due, lines in _kinds(batch):
                cursor.execute(due + _COLUMNS + lines + _ONCE, values(batch, kind=kind, after=made))
                made += cursor.rowcount
    held = Q(state="held")
    totals = PaymentLine.objects.filter(batch=batch).aggregate(
        payable_count=Count("id", filter=~held),
        payable_fen=Sum("amount_fen", filter=~held, default=0),
        held_count=Count("id", filter=held),
        held_fen=Sum("amount_fen", filter=held, default=0),
    )
    for name, value in totals.items():
        setattr(batch, name, value)


def _kinds(batch: Batch) -> list[tuple[str, str, str]]:
    """The kinds of line of a list, in their order: who is due, and what each line says."""
    if batch.kind == BatchKind.MONTHLY:
        return [("regular", _REGULAR, _LINES), ("arrears", _ARREARS, _LINES)]
    return [("reissue", _REISSUE, _LINES + _FREE)]


def _is_current(cursor: CursorWrapper, batch: Batch) -> bool:
    """Whether the lines that stand there are those that would be made now, to the last column."""
    if not PaymentLine.objects.filter(batch=batch).exists():
        return False
    after = 0
    for kind, due, lines in _kinds(batch):
        wanted = values(batch, kind=kind, after=after)
        found = []
        for rows in (due + lines, _STANDING):
            cursor.execute(_FINGERPRINT.format(rows=rows), wanted)
            found.append(cursor.fetchone())
        if found[0] != found[1]:
            return False
        after += found[0][0]
    return True


def clear(batch: Batch) -> None:
    """Take all lines off a draft; the database refuses it for any other batch."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM payments_paymentline WHERE batch_id = %s", [batch.pk])


def entitled(batch: Batch) -> QuerySet[Entitlement]:
    """All rights to this benefit in this county, ended ones too."""
    return Entitlement.objects.filter(within(prefix_of(batch.county_id)), benefit=batch.benefit)


def _settle_first_run(batch: Batch) -> None:
    """Nothing was ever run here: months before this one become back-pay (EX16).

    What is given once has months without a list; whatever was owed in one of them is back-pay too.
    """
    if benefit(batch.benefit).once or last_run(batch.benefit, batch.county_id) is None:
        earlier = entitled(batch).filter(since_month__lt=batch.month).values_list("pk", flat=True)
        settle(list(earlier), add_months(batch.month, -1))


def values(batch: Batch, **more: Any) -> dict[str, Any]:
    """The parameters that the statements over one batch share."""
    prefix = prefix_of(batch.county_id)
    return more | {
        "batch": batch.pk,
        "benefit": batch.benefit,
        "county": batch.county_id,
        "month": batch.month,
        "first": prefix.ljust(12, "0"),
        "last": prefix.ljust(12, "9"),
    }
