"""A personal item's decision as a right: granted, changed, ended, in the transaction of the move itself.

A household's benefit is its line's business, since families change in ways of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.actions import change_amount, end, grant, restate
from minzheng.foundation.benefits.due import first_month_of, spans_due
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.months import next_month
from minzheng.foundation.benefits.timeline import Span, Why
from minzheng.foundation.benefits.words import benefit
from minzheng.foundation.cases.assess import document_for
from minzheng.foundation.cases.engine import do_move
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.items import Status


def grant_right(case: Case, move: CaseMove) -> Entitlement:
    """From the month that the benefit's start rule says, each month by the standard of its own (DC6, EX16)."""
    declared = benefit(case.service_item.benefit)
    first = first_month_of(declared, case.applicant, move.on, case.submitted_on)
    spans = spans_due(declared, document_for(case, move.on), first, move.on.replace(day=1))
    return grant(
        _access(move),
        case.applicant,
        code=declared.code,
        amount_fen=spans[-1].amount_fen,
        spans=spans,
        why=Why("granted", declared.cite, move.on, case.assessment),
        case_id=case.pk,
        case_number=case.number,
        review_due=case.review_due,
        grade=case.service_item.grade,
    )


def change_right(case: Case, move: CaseMove) -> None:
    """A rise or cut by review: from the month after the decision, or after the item's own day (DC6)."""
    if case.amount_fen is None:
        raise Refused("复核的金额还没有算出，请先核实缺少的情况。")
    declared = benefit(case.service_item.benefit)
    why = Why("review", declared.cite, move.on, case.assessment)
    counted_from = case.service_item.changes_from(case) if case.service_item.changes_from else None
    if counted_from is None:
        change_amount(_access(move), right_of(case), amount_fen=case.amount_fen, why=why)
    else:
        spans = [Span(next_month(counted_from), None, case.amount_fen)]
        restate(_access(move), right_of(case), spans=spans, why=why)


def end_right(case: Case, move: CaseMove) -> None:
    """The month of the decision is the last one, unless an event has ended it earlier."""
    right = right_of(case)
    if right.state not in {State.ENDED, State.VOID}:
        end(_access(move), right, on=case.ends_on or move.on, reason=move.move)


def ask_for_review(person: int, items: Sequence[str], story: str, today: dt.date) -> None:
    """Something happened to the holder: whatever rests on it comes onto the township's desk, worked out afresh."""
    for case in Case.objects.filter(applicant=person, item__in=items, status=Status.ACTIVE):
        if any(move.key == "change" for move in case.at_step.moves):
            do_move(SystemAccess.on(today), case, "change", {"story": story})


def right_of(case: Case) -> Entitlement:
    """The right that the case granted."""
    return Entitlement.objects.get(case_id=case.pk, benefit=case.service_item.benefit)


def _access(move: CaseMove) -> Access:
    """The confirming officer's, on the day of the confirmation: the audit trail names who caused the payment."""
    return Access(move.actor, move.on) if move.actor else SystemAccess.on(move.on)
