"""Applying: submission, the one correction, acceptance, and the ends without a decision."""

from __future__ import annotations

import datetime as dt

from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.completeness import missing
from minzheng.foundation.cases.effects.word import Made, effect, ordinary_track
from minzheng.foundation.cases.models import Correction, Outcome
from minzheng.foundation.cases.models.case import is_away_from_home
from minzheng.foundation.cases.parameters import parameter
from minzheng.foundation.cases.persons import register
from minzheng.foundation.cases.relatives import relatives_among_staff
from minzheng.foundation.forms import clean
from minzheng.foundation.items import Track


@effect("submitted")
def _submitted(made: Made) -> None:
    made.case.submitted_on = made.today
    _keep_what_was_asked(made)


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
        asked_by=made.log.actor,
        due_on=made.today + dt.timedelta(days=days),
    )


@effect("corrected")
def _corrected(made: Made) -> None:
    Correction.objects.filter(case=made.case).update(answered_on=made.today)
    _keep_what_was_asked(made)


@effect("accepted")
def _accepted(made: Made) -> None:
    case = made.case
    case.accepted_on = made.today
    register(case, made.today)
    declared = made.record.get("related_staff") or case.data.get("related_staff")
    if declared or relatives_among_staff(case, made.today):
        case.separate_record = case.county_visit = True
    is_special = case.separate_record or bool(made.record.get("special"))
    case.track = Track.SPECIAL if is_special else ordinary_track(made)
    if (Track.AWAY, "transfer") in made.move.routes and is_away_from_home(case):
        case.track = Track.AWAY


@effect("transferred")
def _transferred(made: Made) -> None:
    """From here on the place of the hukou is competent; where it was handed in stays on record (跨省通办)."""
    home = made.case.applicant.hukou_region
    assert home is not None, "the guard home_is_known has looked"
    made.case.region = home


@effect("not_accepted")
def _not_accepted(made: Made) -> None:
    _close(made, Outcome.NOT_ACCEPTED)


@effect("withdrawn")
def _withdrawn(made: Made) -> None:
    _close(made, Outcome.WITHDRAWN)


@effect("terminated")
def _terminated(made: Made) -> None:
    made.case.outcome, made.case.reasons = Outcome.TERMINATED, [made.move.title]


@effect("lapsed")
def _lapsed(made: Made) -> None:
    _close(made, Outcome.LAPSED)


def _keep_what_was_asked(made: Made) -> None:
    """An old answer to a question that is no longer asked (有工资 → 没有) must never decide a case."""
    made.case.data, _ = clean(made.item.form, made.case.data, today=made.today, partial=True)


def _close(made: Made, outcome: Outcome) -> None:
    made.case.outcome = outcome
    reason = made.record.get("reason")
    made.case.reasons = [reason] if reason else []
