"""The money side of temporary assistance that goes by bank, and the reminder of papers that did not come."""

from __future__ import annotations

import datetime as dt

from minzheng.business.assistance.actions import access_of, living_member
from minzheng.business.assistance.benefits import TEMPORARY
from minzheng.business.assistance.tasks import LATE_PAPERS
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.cases.models import Case, CaseClock, CaseMove
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks


def list_for_payment(case: Case, move: CaseMove) -> None:
    """One payment, on the list of the month of the decision; an earlier one of that month goes first."""
    grant(
        access_of(move),
        living_member(case, move.on),
        code=TEMPORARY.code,
        amount_fen=case.amount_fen or 0,
        why=Why("granted", TEMPORARY.cite, move.on, case.assessment),
        applied_on=case.submitted_on,
        case_id=case.pk,
        case_number=case.number,
    )


def ask_for_late_papers(today: dt.date) -> int:
    """Whoever was helped first and has not completed the papers in time: a task for the township. Idempotent."""
    late = CaseClock.objects.filter(
        case__item="A6", key="papers", stopped_on__isnull=True, due_on__lt=today
    ).select_related("case")
    drafts = [
        TaskDraft(
            origin=f"emergency.papers:{clock.case_id}",
            region=clock.case.region_id,
            person=clock.case.applicant_id,
            household=clock.case.household_id,
            title="急难救助逾期没有补齐材料",
            reason=f"办件 {clock.case.number} 应在 {clock.due_on} 前补齐材料。",
            detail={"case": clock.case.number},
        )
        for clock in late
    ]
    return open_tasks(LATE_PAPERS.code, drafts, today).count


def papers_came(case: int) -> None:
    withdraw_tasks([f"emergency.papers:{case}"], "材料已补齐")
