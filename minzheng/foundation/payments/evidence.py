"""What keeps a frozen list true until its file goes out: one hash over its lines, and what they pay, linked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record
from minzheng.foundation.payments.calculate import ACCOUNTS, HELD_REASON, REISSUABLE, values
from minzheng.foundation.payments.models import Batch, BatchKind, BatchState
from minzheng.foundation.payments.plans import whole_county
from minzheng.foundation.payments.settle import offset_unpaid, settle

# Each line is hashed by itself first, so that a list of millions needs 64 bytes a line here, not its whole text.
_HASH = """
    SELECT COALESCE(encode(sha256(convert_to(string_agg(line, '' ORDER BY sequence), 'UTF8')), 'hex'), '')
    FROM (
        SELECT l.sequence, encode(sha256(convert_to(concat_ws('|', b.number, l.sequence, l.kind, person_id, entitlement_id,
            payee_id, region_id, amount_fen, amount_version_id, encode(blind(id_no), 'hex'), account_name, bank_name,
            encode(blind(account_no), 'hex'), held_reason, organisation_id,
            CASE WHEN organisation_id IS NOT NULL THEN encode(blind(organisation_account), 'hex') END), 'UTF8')), 'hex')
            AS line
        FROM payments_paymentline l JOIN payments_batch b ON b.id = l.batch_id WHERE batch_id = %s
    ) AS lines
"""
# Someone died, was stopped or suspended after the freeze: the list must not go out as it is.
_OVERTAKEN = f"""
    SELECT count(*) FROM payments_paymentline l
    JOIN benefits_entitlement e ON e.id = l.entitlement_id
    {ACCOUNTS}
    WHERE l.batch_id = %(batch)s AND l.state = 'ready' AND (
        {HELD_REASON} NOT IN ('', 'no_account')
        OR (l.kind = 'regular' AND l.entitlement_id IN (
            SELECT entitlement_id FROM payments_recovery WHERE month = %(month)s AND state = 'open'))
    )
"""  # noqa: S608  constants only; every value is a parameter
# The right is owed this month and has no line, because the same person already has one under an earlier right.
_LEFT_OUT = """
    SELECT e.id FROM benefits_entitlement e
    WHERE e.benefit = %(benefit)s AND e.region_id BETWEEN %(first)s AND %(last)s AND e.state <> 'void'
      AND e.since_month <= %(month)s AND (e.until_month IS NULL OR e.until_month >= %(month)s)
      AND (e.paid_before IS NULL OR e.paid_before < %(month)s)
      AND NOT EXISTS (SELECT FROM payments_paymentline l
                      WHERE l.entitlement_id = e.id AND l.month = %(month)s AND l.kind = 'regular')
"""
_LINK_ARREARS = """
    UPDATE payments_arrear a SET line_id = l.id
    FROM payments_paymentline l, benefits_entitlement e
    WHERE l.batch_id = %(batch)s AND l.kind = 'arrears' AND e.benefit = l.benefit
      AND (e.person_id = l.person_id OR (l.person_id IS NULL AND e.id = l.entitlement_id))
      AND e.region_id BETWEEN %(first)s AND %(last)s
      AND a.entitlement_id = e.id AND a.line_id IS NULL AND a.voided_at IS NULL AND a.month <= l.month
"""
_LINK_REISSUED = f"""
    WITH old AS ({REISSUABLE}), carried AS (
        UPDATE payments_paymentline l SET state = 'reissued', carried_by_id = new.id
        FROM old JOIN payments_paymentline new ON new.batch_id = %(batch)s AND (new.person_id = old.person_id
            OR (new.person_id IS NULL AND new.entitlement_id = old.entitlement_id))
        WHERE l.id = old.id RETURNING l.id, new.id AS new_id
    ), further AS (
        UPDATE payments_paymentline l SET carried_by_id = c.new_id FROM carried c WHERE l.carried_by_id = c.id
    )
    UPDATE payments_recovery r SET state = 'offset' FROM carried c
    WHERE r.unpaid_line_id = c.id AND r.state = 'open'
"""  # noqa: S608
_UNEQUAL_ARREARS = """
    SELECT count(*) FROM payments_paymentline l
    LEFT JOIN (SELECT line_id, sum(amount_fen) AS fen FROM payments_arrear GROUP BY line_id) a ON a.line_id = l.id
    WHERE l.batch_id = %(batch)s AND l.kind = 'arrears' AND l.amount_fen IS DISTINCT FROM a.fen
"""
# What a reissue carries directly: lines whose own money it is, less what was set off against them.
_UNEQUAL_REISSUED = """
    SELECT count(*) FROM payments_paymentline new
    LEFT JOIN (
        SELECT l.carried_by_id, sum(
            CASE WHEN l.kind = 'reissue' THEN 0 ELSE l.amount_fen END - COALESCE(r.fen, 0)) AS fen
        FROM payments_paymentline l
        LEFT JOIN (SELECT unpaid_line_id, sum(amount_fen) AS fen FROM payments_recovery WHERE state = 'offset'
                   GROUP BY unpaid_line_id) AS r ON r.unpaid_line_id = l.id
        WHERE l.carried_by_id IS NOT NULL GROUP BY l.carried_by_id
    ) AS old ON old.carried_by_id = new.id
    WHERE new.batch_id = %(batch)s AND new.amount_fen IS DISTINCT FROM old.fen
"""


def evidence_hash(batch: Batch) -> str:
    """SHA-256 (hex) over everything frozen in the batch's lines, in their order."""
    return str(_one(_HASH, [batch.pk]))


def refuse_if_tampered(batch: Batch) -> None:
    if evidence_hash(batch) != batch.evidence:
        raise Refused("批次明细与冻结时的证据不一致，已停止办理。请立即联系系统管理员和审计人员核查。")


def carry_over() -> Callable[[], None]:
    """The evidence includes blind indexes. When their key is replaced, that of every list which has not gone out is
    checked under the old one, and worked out anew under the new by what is returned."""
    waiting = list(Batch.objects.filter(state__in=[BatchState.FROZEN, BatchState.CHECKED]))
    for batch in waiting:
        refuse_if_tampered(batch)

    def anew() -> None:
        for batch in waiting:
            Batch.objects.filter(pk=batch.pk).update(evidence=evidence_hash(batch))
            record(
                "payment.evidence", "更换检索密钥后重算冻结证据", actor=None, subject=batch,
                region=batch.county_id, before=batch.evidence,
            )  # fmt: skip

    return anew


def refuse_if_overtaken(batch: Batch) -> None:
    """The world moved on after the freeze; paying the list as it is would pay someone who is not owed."""
    if count := _one(_OVERTAKEN, values(batch)):
        raise Refused(f"冻结以后有 {count} 人死亡、停发或暂缓，名单已经过时。请退回编制，重新冻结后再办。")


def settle_left_out(batch: Batch) -> None:
    """Whoever is owed this month and could not get a line gets back-pay instead: visible, never dropped."""
    if batch.kind == BatchKind.MONTHLY:
        with whole_county() as cursor:
            cursor.execute(_LEFT_OUT, values(batch))
            left_out = [row[0] for row in cursor.fetchall()]
        if left_out:
            settle(left_out, batch.month)


def link(batch: Batch) -> None:
    """As the file goes out: the arrears, failed and held lines that it pays now point to it, for good.

    Raises Refused when they no longer add up to what was frozen.
    """
    statements = (_LINK_ARREARS, _UNEQUAL_ARREARS)
    if batch.kind == BatchKind.REISSUE:
        statements = (_LINK_REISSUED, _UNEQUAL_REISSUED)
    with whole_county() as cursor:
        cursor.execute(statements[0], values(batch))
    if _one(statements[1], values(batch)):
        raise Refused("冻结以后，要补发的款项有变化，名单已经过时。请退回编制，重新冻结后再办。")


def offset_held(batch: Batch) -> None:
    """Money that stays in the house settles what its people would have to give back."""
    unpaid = batch.lines.filter(state__in=["held", "failed"], entitlement__recoveries__state="open")
    if ids := list(unpaid.values_list("entitlement_id", flat=True).distinct()):
        offset_unpaid(ids)


def _one(sql: str, parameters: Any) -> Any:
    with whole_county() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]
