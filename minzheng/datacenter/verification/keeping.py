"""What a reply means for a request: kept once, tried again later, or given up as unknown; and when a check is ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from minzheng.datacenter.verification.consents import covered
from minzheng.datacenter.verification.models import (
    Answer,
    AnswerState,
    Check,
    CheckObjection,
    Request,
    RequestState,
)
from minzheng.datacenter.verification.models.check import OPEN
from minzheng.datacenter.verification.wire import AskedPerson, Kind, Reply
from minzheng.foundation.cases.parameters import parameter
from minzheng.foundation.events.bus import emit
from minzheng.foundation.exchange.models import ExchangeCall, Outcome
from minzheng.foundation.exchange.record import finish
from minzheng.foundation.people.models import Person

TRIES = 6
FIRST_PAUSE = dt.timedelta(seconds=15)
LONGEST_PAUSE = dt.timedelta(minutes=30)
PATIENCE = dt.timedelta(days=3)  # so long a source may take over an enquiry that it has accepted
POLL = dt.timedelta(seconds=5)
OUTCOMES = {
    Kind.LATER: Outcome.ACCEPTED,
    Kind.BUSY: Outcome.REFUSED,
    Kind.DOWN: Outcome.UNKNOWN,
    Kind.BROKEN: Outcome.FAILED,
    Kind.FORGED: Outcome.FAILED,
    Kind.WRONG_PERSON: Outcome.FAILED,
    Kind.CONFLICT: Outcome.REFUSED,
    Kind.REFUSED: Outcome.REFUSED,
}
TRY_AGAIN = {Kind.BUSY, Kind.DOWN, Kind.BROKEN}


def keep(
    request: Request, call: ExchangeCall, reply: Reply, persons: Sequence[AskedPerson], now: dt.datetime
) -> None:
    """Keep what came, inside the caller's transaction. A reply to a request that is settled already changes nothing."""
    request = Request.objects.select_for_update(of=("self",)).select_related("check_of").get(pk=request.pk)
    if not request.is_open or request.check_of.state == Check.State.CANCELLED:
        finish(
            call,
            Outcome.REFUSED,
            size=reply.size,
            problem="查询已取消或已有结果，这次反馈未采用",
            finished_at=now,
        )
        return
    if reply.kind is Kind.ANSWER:
        _keep_answer(request, call, reply, persons, now)
    else:
        finish(call, OUTCOMES[reply.kind], size=reply.size, problem=reply.problem, finished_at=now)
        _later_or_never(request, reply, now)
    refresh(request.check_of, now)


def give_up(request: Request, problem: str, now: dt.datetime) -> None:
    """Nothing will come: what this source could have told is unknown, which is not none."""
    request.state, request.problem, request.next_try_at = RequestState.UNKNOWN, problem, None
    request.save()
    _tell_objection(request)
    refresh(request.check_of, now)


def refresh(check: Check, now: dt.datetime) -> None:
    """A check whose requests are all settled is ready; lines hear of it."""
    check.refresh_from_db(fields=["state"])
    if check.state != Check.State.ASKING or check.requests.filter(state__in=OPEN).exists():
        return
    check.state = Check.State.READY
    check.save(update_fields=["state"])
    emit(
        "check.ready",
        check=check.pk,
        case=check.case_id,
        region=check.region_id,
        on=timezone.localdate(now).isoformat(),
    )


def _keep_answer(
    request: Request, call: ExchangeCall, reply: Reply, persons: Sequence[AskedPerson], now: dt.datetime
) -> None:
    """One row a person who was asked about; whoever withdrew meanwhile is left out, what is missing is unknown."""
    on, check = timezone.localdate(now), request.check_of
    days = parameter("check_valid_days", check.region_id, on)
    by_number = dict(Person.objects.filter(pk__in=request.persons).values_list("id_no", "pk"))
    still = covered(request, on)
    answers = []
    for one in persons:
        person = by_number[one.id_no]
        state, values = reply.told.get(one.ref, ("unknown", {}))
        if person in still:
            answers.append(
                Answer(
                    check_of=check, request=request, person_id=person, source=request.source, state=state,
                    values=values, received_at=now, valid_until=on + dt.timedelta(days=days + 1),
                )
            )  # fmt: skip
    Answer.objects.filter(
        check_of=check, source=request.source, is_current=True, person__in=[one.person_id for one in answers]
    ).update(is_current=False)
    Answer.objects.bulk_create(answers, batch_size=1000)
    unknown = sum(one.state == AnswerState.UNKNOWN for one in answers)
    request.state = RequestState.PARTIAL if unknown else RequestState.ANSWERED
    request.answered_at, request.next_try_at = now, None
    request.problem = f"{unknown} 人没有查到结果，按未知处理" if unknown else ""
    request.save()
    outcome = Outcome.PARTIAL if unknown else Outcome.ANSWERED
    finish(call, outcome, records=len(answers), size=reply.size, problem=request.problem, finished_at=now)
    _tell_objection(request)


def _later_or_never(request: Request, reply: Reply, now: dt.datetime) -> None:
    request.problem = reply.problem
    asked_at = request.asked_at or now
    if reply.kind is Kind.LATER and now - asked_at < PATIENCE:
        request.is_accepted, request.state = True, RequestState.WAITING
        request.tries = max(request.tries - 1, 1)  # waiting one's turn is no failure
        request.next_try_at = now + max(POLL, dt.timedelta(seconds=reply.retry_after))
    elif reply.kind in TRY_AGAIN and request.tries < TRIES:
        pause = min(FIRST_PAUSE * 2 ** (request.tries - 1), LONGEST_PAUSE)
        request.state = RequestState.WAITING
        request.next_try_at = now + max(pause, dt.timedelta(seconds=reply.retry_after))
    else:
        bad = reply.kind not in {Kind.LATER, Kind.BUSY, Kind.DOWN}
        request.state, request.next_try_at = RequestState.FAILED if bad else RequestState.UNKNOWN, None
    request.save()
    if not request.is_open:
        _tell_objection(request)


def _tell_objection(request: Request) -> None:
    CheckObjection.objects.filter(request=request, state=CheckObjection.State.ASKED).update(
        state=CheckObjection.State.ANSWERED
    )
