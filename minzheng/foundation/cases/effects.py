"""What each mark does to a case, in any line of business (items/marks.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.calendar import add_months
from minzheng.foundation.cases import assess
from minzheng.foundation.cases.completeness import missing
from minzheng.foundation.cases.facts import record_sheets
from minzheng.foundation.cases.models import Case, CaseMove, Correction, Objection, Outcome, Review
from minzheng.foundation.cases.parameters import parameter
from minzheng.foundation.cases.persons import register
from minzheng.foundation.cases.relatives import relatives_among_staff
from minzheng.foundation.items import Move, ServiceItem, Track
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.facts import CHECKED, VISITED
from minzheng.foundation.people.models import LifeEventKind


@dataclass(frozen=True)
class Made:
    """A move being made: everything an effect may need."""

    access: Access
    case: Case
    item: ServiceItem
    move: Move
    log: CaseMove

    @property
    def today(self) -> dt.date:
        return self.access.today

    @property
    def record(self) -> dict[str, Any]:
        return self.log.record


Effect = Callable[[Made], None]
EFFECTS: dict[str, Effect] = {}


def effect(mark: str) -> Callable[[Effect], Effect]:
    def decorate(function: Effect) -> Effect:
        EFFECTS[mark] = function
        return function

    return decorate


@effect("submitted")
def _submitted(made: Made) -> None:
    made.case.submitted_on = made.today


@effect("correction_asked")
def _correction_asked(made: Made) -> None:
    lacking = [one.as_json() for one in missing(made.case, made.today)]
    extra = made.record.get("also")
    if extra:
        lacking.append({"key": "", "label": "其他", "what": extra})
    if not lacking:
        raise Refused("系统没有查到缺项。请写明还要补什么，或直接受理。")
    days = parameter("correct_days", made.case.region_id, made.today)
    Correction.objects.create(
        case=made.case,
        missing=lacking,
        asked_on=made.today,
        asked_by=made.access.user,
        due_on=made.today + dt.timedelta(days=days),
    )


@effect("corrected")
def _corrected(made: Made) -> None:
    Correction.objects.filter(case=made.case).update(answered_on=made.today)


@effect("accepted")
def _accepted(made: Made) -> None:
    case = made.case
    case.accepted_on = made.today
    register(case, made.today)
    if made.record.get("related_staff") or relatives_among_staff(case, made.today):
        case.separate_record = case.county_visit = True
    is_special = case.separate_record or bool(made.record.get("special"))
    case.track = Track.SPECIAL if is_special else _ordinary_track(made)


@effect("not_accepted")
def _not_accepted(made: Made) -> None:
    _close(made, Outcome.NOT_ACCEPTED)


@effect("withdrawn")
def _withdrawn(made: Made) -> None:
    _close(made, Outcome.WITHDRAWN)


@effect("lapsed")
def _lapsed(made: Made) -> None:
    _close(made, Outcome.LAPSED)


@effect("checked")
def _checked(made: Made) -> None:
    """What the offices answered counts until the report expires."""
    days = parameter("check_valid_days", made.case.region_id, made.today)
    record_sheets(
        made.case, made.move.form, made.record, CHECKED, made.today, made.today + dt.timedelta(days=days + 1)
    )


@effect("surveyed")
def _surveyed(made: Made) -> None:
    """The visit's facts are kept; the next mark that needs a decision works it out again."""
    record_sheets(made.case, made.move.form, made.record, VISITED, made.today)


@effect("assessed")
def _assessed(made: Made) -> None:
    assess.assess(made.case, made.today)


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
    _next_review(made)


@effect("refused")
def _refused(made: Made) -> None:
    case = made.case
    case.outcome, case.decided_on = Outcome.REFUSED, made.today
    case.reasons = assess.refusal_reasons(case)
    if not case.reasons:
        raise Refused("认定结果没有给出不符合的条款，不能不予确认。请退回重新核实。")


@effect("review_started")
def _review_started(made: Made) -> None:
    """A new round: whoever handled the application may confirm a later review."""
    case = made.case
    case.round += 1
    case.track = _ordinary_track(made)
    made.log.round = case.round
    made.log.save(update_fields=["round"])
    Review.objects.create(
        case=case,
        round=case.round,
        kind=made.move.key if made.move.key in Review.Kind.values else made.record.get("kind") or "regular",
        due_on=case.review_due,
        started_on=made.today,
    )


@effect("review_finished")
def _review_finished(made: Made) -> None:
    made.case.reviews.filter(round=made.case.round).update(finished_on=made.today, result=made.move.key)
    _next_review(made)


@effect("changed")
def _changed(made: Made) -> None:
    made.case.amount_fen = assess.amount_fen(made.case)
    made.case.decided_on = made.today


@effect("died")
def _died(made: Made) -> None:
    """The master record first: every line hears of the death, whoever reports it (handbook 0.7)."""
    listed = made.case.persons.filter(id_no=made.record["id_no"]).select_related("person").first()
    if listed is None or listed.person is None:
        raise Refused({"id_no": ["这个身份证号不是本户低保成员的，请核对。"]})
    if listed.person.died_on is None:
        died_on = dt.date.fromisoformat(made.record["died_on"])
        record_life_event(made.access, listed.person, LifeEventKind.DEATH, died_on, made.record["source"])


@effect("exit_started")
def _exit_started(made: Made) -> None:
    """The old amount goes on for the local number of whole months after this one (EX34; 民发〔2022〕83号)."""
    months = parameter("gradual_exit_months", made.case.region_id, made.today)
    first_after = add_months(made.today.replace(day=1), months + 1)
    made.case.ends_on = first_after - dt.timedelta(days=1)
    made.case.review_due = None


@effect("ended")
def _ended(made: Made) -> None:
    made.case.ends_on = made.case.ends_on or made.today
    made.case.review_due = None


def _ordinary_track(made: Made) -> Track:
    """Whether confirmation is delegated to the township here today (民发〔2022〕83号)."""
    name = made.item.delegation
    is_delegated = bool(name) and parameter(name, made.case.region_id, made.today)
    return Track.DELEGATED if is_delegated else Track.ORDINARY


def _settle(made: Made, *, is_upheld: bool) -> None:
    made.case.objections.filter(settled_on__isnull=True).update(
        method=made.record["method"],
        is_upheld=is_upheld,
        finding=made.record["finding"],
        settled_on=made.today,
    )


def _next_review(made: Made) -> None:
    """Yearly when stable, half-yearly with irregular income and labour ability (57号)."""
    if made.item.review_after is not None:
        name = made.item.review_after(made.case)
        months = parameter(name, made.case.region_id, made.today)
        made.case.review_due = add_months(made.today, months)


def _close(made: Made, outcome: Outcome) -> None:
    made.case.outcome = outcome
    reason = made.record.get("reason")
    made.case.reasons = [reason] if reason else []
