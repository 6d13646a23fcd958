"""Laying the confirmed amounts: lot by lot, each in one transaction, each right once, whatever breaks off in between."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.audit.record import record
from minzheng.foundation.benefits.lock import lock
from minzheng.foundation.events.bus import emit
from minzheng.foundation.history import told_as
from minzheng.foundation.uprating.models import LineState, State, Uprating, UpratingLine

AT_ONCE = 10_000
TITLE = "按新标准调整待遇"
# Only a row that is still in force is superseded: who was faster (a review, a death) has the last word.
_SUPERSEDE = """
    UPDATE benefits_entitlementamount a SET superseded_at = now()
    FROM uprating_upratingline l JOIN benefits_entitlement e ON e.id = l.entitlement_id AND e.state NOT IN ('void', 'exiting')
    WHERE l.uprating_id = %(uprating)s AND l.state = 'ready' AND l.entitlement_id = ANY(%(rights)s)
      AND a.id = l.amount_id AND a.superseded_at IS NULL
    RETURNING a.id
"""
_COLUMNS = """
    INSERT INTO benefits_entitlementamount (entitlement_id, from_month, until_month, amount_fen, reason, cite, decision,
                                            decided_on, recorded_at)
"""
_BEFORE = f"""{_COLUMNS}
    SELECT a.entitlement_id, a.from_month, (first.month - interval '1 month')::date, a.amount_fen, a.reason, a.cite,
           a.decision, a.decided_on, now()
    FROM benefits_entitlementamount a
    JOIN (SELECT amount_id, min(from_month) AS month FROM uprating_upratingline
          WHERE uprating_id = %(uprating)s AND amount_id = ANY(%(rows)s) GROUP BY 1) AS first ON first.amount_id = a.id
    WHERE a.from_month < first.month
"""  # noqa: S608  constants only
# The facts stay with the amount, so that the next uprating rests on the same decision.
_NEW = f"""{_COLUMNS}
    SELECT l.entitlement_id, l.from_month, l.until_month, l.new_fen, 'standard', %(cite)s,
           jsonb_strip_nulls(jsonb_build_object('uprating', %(uprating)s::bigint, 'facts', a.decision->'facts')),
           %(on)s, now()
    FROM uprating_upratingline l JOIN benefits_entitlementamount a ON a.id = l.amount_id
    WHERE l.uprating_id = %(uprating)s AND l.amount_id = ANY(%(rows)s)
"""  # noqa: S608  constants only
_MARK = """
    UPDATE uprating_upratingline SET state = CASE WHEN amount_id = ANY(%(rows)s) THEN 'done' ELSE 'stale' END
    WHERE uprating_id = %(uprating)s AND state = 'ready' AND entitlement_id = ANY(%(rights)s)
"""


def lay_all(uprating: Uprating) -> int:
    """Every lot that is left; returns how many rights were changed. Safe to run again, and at once twice."""
    count = 0
    while (laid := lay_lot(uprating)) is not None:
        count += laid
    return count


def lay_lot(uprating: Uprating) -> int | None:
    """The next lot, all or nothing; None when nothing is left, and then the whole is closed."""
    with (
        transaction.atomic(),
        told_as("uprating.lay", TITLE, None),
        beyond_region("确认过的提标由系统办理"),
    ):
        lock(uprating.benefit, uprating.region_id)
        current = Uprating.objects.select_for_update().get(pk=uprating.pk)
        if current.state != State.CONFIRMED:
            return None
        rights = _next_rights(current)
        if not rights:
            current.state = State.DONE
            current.save()
            return None
        return _lay(current, rights)


def _next_rights(uprating: Uprating) -> list[int]:
    ready = UpratingLine.objects.filter(uprating=uprating, state=LineState.READY)
    return list(ready.order_by("entitlement").values_list("entitlement", flat=True).distinct()[:AT_ONCE])


def _lay(uprating: Uprating, rights: list[int]) -> int:
    values: dict[str, Any] = {
        "uprating": uprating.pk,
        "rights": rights,
        "cite": uprating.evidence,
        "on": uprating.confirmed_on,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SUPERSEDE, values)
        values["rows"] = sorted({row for (row,) in cursor.fetchall()})
        cursor.execute(_BEFORE, values)
        cursor.execute(_NEW, values)
        cursor.execute(_MARK, values)
        cursor.execute(
            "SELECT e.id, e.person_id FROM benefits_entitlement e WHERE e.id IN"
            " (SELECT entitlement_id FROM benefits_entitlementamount WHERE id = ANY(%(rows)s))",
            values,
        )
        changed = cursor.fetchall()
    if changed:
        record(
            "uprating.lay",
            TITLE,
            actor=None,
            subject=uprating,
            region=uprating.region_id,
            persons=[person for _, person in changed],
        )
        emit(
            "entitlements.restated",
            benefit=uprating.benefit,
            county=uprating.region_id,
            entitlements=[right for right, _ in changed],
        )
    return len(changed)


def take_up_again() -> int:
    """What a broken-off night or worker left; returns how many rights were changed."""
    return sum(lay_all(one) for one in Uprating.objects.filter(state=State.CONFIRMED))
