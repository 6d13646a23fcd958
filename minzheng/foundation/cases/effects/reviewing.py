"""After the grant: reviews, changes, gradual exit, end, death."""

from __future__ import annotations

import datetime as dt

from minzheng.foundation.actions import Refused
from minzheng.foundation.calendar import add_months
from minzheng.foundation.cases import assess
from minzheng.foundation.cases.effects.deciding import next_review
from minzheng.foundation.cases.effects.word import Made, effect, ordinary_track
from minzheng.foundation.cases.models import Review
from minzheng.foundation.cases.parameters import parameter
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEventKind


@effect("review_started")
def _review_started(made: Made) -> None:
    """A new round: whoever handled the application may confirm a later review."""
    case = made.case
    case.round += 1
    case.track = ordinary_track(made)
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
    next_review(made)


@effect("changed")
def _changed(made: Made) -> None:
    made.case.amount_fen = assess.amount_fen(made.case)
    made.case.decided_on = made.today


@effect("died")
def _died(made: Made) -> None:
    """The master record first: every line hears of the death, whoever reports it (handbook 0.7)."""
    id_no = made.case.applicant.id_no if made.item.is_personal else made.record["id_no"]
    listed = made.case.persons.filter(id_no=id_no).select_related("person").first()
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
