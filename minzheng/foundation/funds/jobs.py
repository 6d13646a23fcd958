"""Nightly: money allotted in advance may be used once its year has begun; a county short of money is told."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.funds.figures import standings
from minzheng.foundation.funds.models import FundPaper, PaperKind, PaperState
from minzheng.foundation.funds.standing import Standing
from minzheng.foundation.funds.tasks import LOW
from minzheng.foundation.ledger.books import Line, account, post
from minzheng.foundation.ledger.models import Kind
from minzheng.foundation.tasks.models import IS_TO_DO, Task
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks


def open_advances(today: dt.date) -> int:
    """Papers whose year has begun and whose money becomes available; idempotent."""
    waiting = FundPaper.objects.filter(
        kind=PaperKind.ADVANCE, state=PaperState.CHECKED, opened_on=None, year__lte=today.year
    )
    return sum(_open(key, today) for key in waiting.order_by("pk").values_list("pk", flat=True))


def _open(key: int, today: dt.date) -> bool:
    with transaction.atomic():
        paper = FundPaper.objects.select_for_update(of=["self"]).get(pk=key)
        if paper.opened_on is not None:
            return False
        here, there = (
            account(paper.fund, paper.programme, paper.county_id, kind, paper.year)
            for kind in (Kind.ADVANCE, Kind.AVAILABLE)
        )
        lines = [Line(here.pk, -paper.amount_fen), Line(there.pk, paper.amount_fen)]
        post(f"启用{paper}", lines, f"fund:{paper.pk}:opened", None, today)
        paper.opened_on = today
        paper.save(update_fields=["opened_on"])
    return True


def warn_of_shortage(today: dt.date) -> int:
    """One task for each county and programme whose money does not last; withdrawn when it does again."""
    access = Access(None, today)
    drafts = [_draft(one) for one in standings(today, [""]) if one.is_low]
    told = Task.objects.filter(IS_TO_DO, kind=LOW.code).values_list("origin", flat=True)
    over = set(told) - {draft.origin for draft in drafts}
    withdraw_tasks(over, "资金已经补足，或已按新的月份提醒", for_good=False)
    return open_tasks(LOW.code, drafts, access.today).count if drafts else 0


def _draft(standing: Standing) -> TaskDraft:
    return TaskDraft(
        origin=_origin(standing),
        region=standing.county,
        title=f"{standing.title}：资金不足，请申请拨款",
        reason=f"可用余额只够发放 {standing.months_text}，低于 {standing.at_least} 个月的要求。",
        subject=standing.programme,
    )


def _origin(standing: Standing) -> str:
    return f"fund.low:{standing.county}:{standing.programme}:{standing.rate_month:%Y-%m}"
