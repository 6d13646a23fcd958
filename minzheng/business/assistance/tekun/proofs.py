"""Each month the village looks whether a carer cares as agreed (S-042): a task per agreement, its report is the proof."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from minzheng.business.assistance.models import CareAgreement, Support
from minzheng.business.assistance.tasks import CARE_PROOF
from minzheng.foundation.benefits.months import month_of
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks


def ask_for_proofs(today: dt.date) -> int:
    """One task for each agreement that was in force when the month began. Idempotent: a month is asked once."""
    first = month_of(today)
    runs = Q(ended_on__isnull=True) | Q(ended_on__gte=first)
    agreements = CareAgreement.objects.filter(
        runs, signed_on__lte=first, support__entitlement__since_month__lte=first
    ).filter(
        Q(support__entitlement__until_month__isnull=True) | Q(support__entitlement__until_month__gte=first)
    )
    drafts = [
        TaskDraft(
            origin=f"tekun.care:{agreement.pk}:{first:%Y%m}",
            region=agreement.region_id,
            person=agreement.support.person_id,
            title=f"{first.year}年{first.month}月照料情况核实",
            reason="委托照料协议要求每月核实照料情况。",
            detail={"agreement": agreement.pk},
        )
        for agreement in agreements.select_related("support")
    ]
    return open_tasks(CARE_PROOF.code, drafts, today).count


def proofs_of(support: Support, on: dt.date) -> QuerySet[Task]:
    """The monthly looks at one person's care, the latest first."""
    return Task.objects.filter(kind=CARE_PROOF.code, person=support.person_id).order_by("-opened_on", "-pk")


def in_words(task: Task) -> str:
    outcome = CARE_PROOF.outcome(task.outcome) if task.outcome else None
    return outcome.title if outcome else ""
