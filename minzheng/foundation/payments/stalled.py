"""Money that cannot arrive: some months in a row and the right is suspended, the township told, until the account
is another one (handbook: payment).

Run nightly, after every kind of write to accounts; each right in a transaction of its own, so a kill loses nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.actions import resume, suspend
from minzheng.foundation.benefits.lock import lock
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.items.figures import Figures, figures
from minzheng.foundation.payments.calculate import ACCOUNTS
from minzheng.foundation.payments.models import Batch, BatchKind, BatchState
from minzheng.foundation.payments.tasks import ACCOUNT
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

FAILURES, IDLE = "payment_failures_to_suspend", "payment_idle_months"
REASON = "银行账户问题，款项发不到本人"
CITE = "本地默认值（手册1.3）"
# What counts is where each month's money is today: a line that failed and was paid by a reissue has arrived. 04 is
# the bank's own fault and says nothing about the account.
_STALLED = """
    WITH months AS (
        SELECT l.entitlement_id, l.month, l.kind,
               f.state = 'failed' AND f.result IN ('01', '02', '03', '99') AS failed,
               f.state = 'held' AND f.held_reason IN ('no_account', 'name_mismatch') AS held,
               row_number() OVER (PARTITION BY l.entitlement_id ORDER BY l.month DESC) AS back
        FROM payments_paymentline l
        JOIN payments_batch b ON b.id = l.batch_id AND b.state IN ('returned', 'closed')
        JOIN payments_paymentline f ON f.id = COALESCE(l.carried_by_id, l.id)
        WHERE l.kind = 'regular' AND l.benefit = %(benefit)s AND b.county_id = %(county)s AND l.month > %(since)s
    )
    SELECT m.entitlement_id FROM months m JOIN benefits_entitlement e ON e.id = m.entitlement_id
    WHERE e.state IN ('active', 'exiting')
    GROUP BY m.entitlement_id
    HAVING count(*) FILTER (WHERE back <= %(failures)s AND failed) = %(failures)s
        OR count(*) FILTER (WHERE back <= %(idle)s AND (failed OR held)) = %(idle)s
    ORDER BY m.entitlement_id
"""
# Suspended by this file, and the account on file is no longer the one that the last list used.
_CORRECTED = f"""
    SELECT e.id, s.from_month FROM benefits_entitlement e
    JOIN benefits_suspensionperiod s ON s.entitlement_id = e.id AND s.until_month IS NULL AND s.reason = %(reason)s
    {ACCOUNTS}
    CROSS JOIN LATERAL (
        SELECT l.* FROM payments_paymentline l WHERE l.entitlement_id = e.id AND l.kind = 'regular'
          AND l.month < s.from_month ORDER BY l.month DESC LIMIT 1
    ) AS last
    WHERE e.state = 'suspended' AND COALESCE(payee.bank_account, org.bank_account) <> ''
      AND (blind(last.account_no), blind(last.organisation_account), last.account_name, last.bank_name)
        IS DISTINCT FROM (blind(COALESCE(payee.bank_account, '')), blind(COALESCE(org.bank_account, '')),
            COALESCE(NULLIF(e.account_name, ''), payee.name, org.name), COALESCE(payee.bank_name, org.bank_name))
      AND (e.account_name = '' OR e.account_name = COALESCE(payee.name, org.name))
    ORDER BY e.id
"""  # noqa: S608  constants only


def review_accounts(today: dt.date) -> dict[str, int]:
    """Resume what was corrected, suspend what stalled; returns how many rights of each, by 中文. Idempotent."""
    access = Access(None, today)
    resumed = sum(_resume(access, *found) for found in _rows(_CORRECTED, reason=REASON))
    stalled = sum(_suspend(access, *found) for found in _find_stalled(today))
    return {"账户已更正，恢复发放": resumed, "账户问题，暂缓发放": stalled}


def _find_stalled(today: dt.date) -> Iterator[tuple[int, dt.date, int, int]]:
    """(right, last month run, failures, idle months) in every county that has run a month."""
    run = Batch.objects.filter(kind=BatchKind.MONTHLY).exclude(state=BatchState.DRAFT).order_by()
    for code, county in run.values_list("benefit", "county_id").distinct():
        last = run.filter(benefit=code, county_id=county).latest("month").month
        limits = figures(today, county, settings.STANDARDS_SET)
        failures, idle = _number(limits, FAILURES), _number(limits, IDLE)
        since = add_months(last, -max(failures, idle))
        found = _rows(_STALLED, benefit=code, county=county, since=since, failures=failures, idle=idle)
        yield from ((right, last, failures, idle) for (right,) in found)


def _number(limits: Figures, name: str) -> int:
    return int(limits(name))


def _suspend(access: Access, right: int, last: dt.date, failures: int, idle: int) -> bool:
    with transaction.atomic():
        entitlement = Entitlement.objects.get(pk=right)
        lock(entitlement.benefit, entitlement.county)
        entitlement.refresh_from_db()
        if entitlement.state not in (State.ACTIVE, State.EXITING):
            return False
        from_month = add_months(last, 1)
        suspend(access, entitlement, from_month=from_month, reason=REASON)
        draft = TaskDraft(
            origin=_origin(right, from_month),
            region=entitlement.region_id,
            title="核对银行账户，通知本人更正",
            reason=f"款项连续 {failures} 个月发放失败，或连续 {idle} 个月没有发到账户。已从{from_month:%Y年%m月}起暂缓发放。",
            person=entitlement.payee_id,
        )
        open_tasks(ACCOUNT.code, [draft], access.today)
    return True


def _resume(access: Access, right: int, from_month: dt.date) -> bool:
    with transaction.atomic():
        entitlement = Entitlement.objects.get(pk=right)
        lock(entitlement.benefit, entitlement.county)
        entitlement.refresh_from_db()
        if entitlement.state != State.SUSPENDED:
            return False
        run = Batch.objects.filter(
            kind=BatchKind.MONTHLY, benefit=entitlement.benefit, county_id=entitlement.county
        )
        last = run.exclude(state=BatchState.DRAFT).latest("month").month
        why = Why("account", CITE, access.today)
        resume(access, entitlement, from_month=add_months(last, 1), pay_held=True, why=why)
        withdraw_tasks([_origin(right, from_month)], "银行账户已更正，恢复发放")
    return True


def _origin(right: int, from_month: dt.date) -> str:
    return f"payment.account:{right}:{from_month:%Y-%m}"


def _rows(sql: str, **values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
