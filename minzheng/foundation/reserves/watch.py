"""A fund that runs low is the county's task; a month that nobody reconciled is the township's."""

from __future__ import annotations

import datetime as dt

from minzheng.foundation.benefits.months import add_months, month_of
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.reserves.balance import balance_of
from minzheng.foundation.reserves.models import ReserveFund
from minzheng.foundation.reserves.tasks import LOW, RECONCILE
from minzheng.foundation.tasks.models import IS_TO_DO, Task
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks


def tell_when_low(fund: ReserveFund, today: dt.date) -> None:
    """Open the county's task when the balance is below the floor; withdraw it when it no longer is, or the fund ended."""
    held = balance_of(fund)
    waiting = Task.objects.filter(IS_TO_DO, kind=LOW.code, origin__startswith=f"reserve.low:{fund.pk}:")
    if fund.closed_on is not None or held >= fund.floor_fen:
        withdraw_tasks(waiting.values_list("origin", flat=True), "备用金已不低于下限")
        return
    if waiting.exists():
        return
    times = Task.objects.filter(kind=LOW.code, origin__startswith=f"reserve.low:{fund.pk}:").count()
    draft = TaskDraft(
        origin=f"reserve.low:{fund.pk}:{times + 1}",
        region=fund.region_id,
        title=f"{fund.region.name}备用金低于下限，请补足",
        reason=f"余额 {yuan(held)} 元，下限 {yuan(fund.floor_fen)} 元，上限 {yuan(fund.ceiling_fen)} 元。",
        detail={"fund": fund.pk},
    )
    open_tasks(LOW.code, [draft], today)


def ask_for_reconciliation(today: dt.date) -> int:
    """On the days after a month's end: a task for each township that has not reconciled it. Idempotent."""
    month = add_months(month_of(today), -1)
    late = ReserveFund.objects.filter(opened_on__lt=month_of(today), closed_on=None).exclude(
        months__month=month
    )
    drafts = [
        TaskDraft(
            origin=f"reserve.reconcile:{fund.pk}:{month:%Y-%m}",
            region=fund.region_id,
            title=f"备用金{month.year}年{month.month}月对账",
            reason="月末已过，请清点备用金并与凭证、办件核对。",
            detail={"fund": fund.pk},
        )
        for fund in late
    ]
    return open_tasks(RECONCILE.code, drafts, today).count


def reconciled(fund: ReserveFund, month: dt.date) -> None:
    withdraw_tasks([f"reserve.reconcile:{fund.pk}:{month:%Y-%m}"], "已对账")
