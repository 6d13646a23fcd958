"""Deciding: what was found becomes facts, the rules answer, objections are heard, the outcome is kept."""

from __future__ import annotations

import datetime as dt

from minzheng.foundation.actions import Refused
from minzheng.foundation.calendar import add_months
from minzheng.foundation.cases import assess
from minzheng.foundation.cases.effects.word import Made, effect
from minzheng.foundation.cases.facts import record_sheets
from minzheng.foundation.cases.models import Objection, Outcome
from minzheng.foundation.cases.parameters import check_valid_through, parameter
from minzheng.foundation.items import Track
from minzheng.foundation.people.facts import CHECKED, VISITED


@effect("checked")
def _checked(made: Made) -> None:
    """What the offices answered counts until the report expires."""
    last = check_valid_through(made.case, made.log)
    record_sheets(made.case, made.move.form, made.record, CHECKED, made.today, last + dt.timedelta(days=1))


@effect("surveyed")
def _surveyed(made: Made) -> None:
    """The visit's facts are kept; the next mark that needs a decision works it out again."""
    record_sheets(made.case, made.move.form, made.record, VISITED, made.today)


@effect("assessed")
def _assessed(made: Made) -> None:
    assess.assess(made.case, made.today)
    _choose_office(made)


def _choose_office(made: Made) -> None:
    """Where a county lets its townships confirm up to an amount, the amount says who confirms."""
    if not made.item.delegated_up_to or made.case.track == Track.SPECIAL:
        return
    most = parameter(made.item.delegated_up_to, made.case.region_id, made.today)
    amount = assess.amount_fen(made.case)
    is_small = amount is not None and amount <= most
    made.case.track = Track.DELEGATED if is_small else Track.ORDINARY


@effect("proposed")
def _proposed(made: Made) -> None:
    """The amount that the public notice names; it is granted only by the confirmation."""
    made.case.amount_fen = assess.amount_fen(made.case) if assess.eligible(made.case) else None


@effect("objected")
def _objected(made: Made) -> None:
    """An objection makes the case a special one: 45 instead of 30 working days (57号)."""
    Objection.objects.create(
        case=made.case,
        raised_on=made.today,
        raised_by=made.record.get("raised_by") or "",
        content=made.record["content"],
    )
    made.case.track = Track.SPECIAL


@effect("objection_upheld")
def _objection_upheld(made: Made) -> None:
    _settle(made, is_upheld=True)


@effect("objection_dismissed")
def _objection_dismissed(made: Made) -> None:
    _settle(made, is_upheld=False)


@effect("complained")
def _complained(made: Made) -> None:
    made.case.county_visit = True


@effect("granted")
def _granted(made: Made) -> None:
    case = made.case
    case.outcome, case.decided_on = Outcome.GRANTED, made.today
    case.amount_fen = assess.amount_fen(case)
    next_review(made)


@effect("refused")
def _refused(made: Made) -> None:
    case = made.case
    case.outcome, case.decided_on = Outcome.REFUSED, made.today
    case.reasons = assess.refusal_reasons(case)
    if not case.reasons:
        raise Refused("认定结果没有给出不符合的条款，不能不予确认。请退回重新核实。")


@effect("filed")
def _filed(made: Made) -> None:
    """A filing is looked at, not judged by rules."""
    made.case.outcome, made.case.decided_on = Outcome.GRANTED, made.today


@effect("not_filed")
def _not_filed(made: Made) -> None:
    made.case.outcome, made.case.decided_on = Outcome.REFUSED, made.today
    made.case.reasons = [made.record["reason"]]


def _settle(made: Made, *, is_upheld: bool) -> None:
    made.case.objections.filter(settled_on__isnull=True).update(
        method=made.record["method"],
        is_upheld=is_upheld,
        finding=made.record["finding"],
        settled_on=made.today,
    )


def next_review(made: Made) -> None:
    """Yearly when stable, half-yearly with irregular income and labour ability (57号)."""
    if made.item.review_after is not None:
        name = made.item.review_after(made.case)
        months = parameter(name, made.case.region_id, made.today)
        made.case.review_due = add_months(made.today, months)
