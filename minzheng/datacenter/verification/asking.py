"""Asking the departments: take what is due, call in parallel, keep what came, say when to try again.

Safe to run at any time, by many at once, and again after a crash: a request is claimed before it is sent, every try
bears the same id and the same body, and an answer is kept once. Only this thread talks to the database.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from minzheng.datacenter.verification import wire
from minzheng.datacenter.verification.breaker import is_closed, note
from minzheng.datacenter.verification.connections import Connection, connections
from minzheng.datacenter.verification.consents import covered
from minzheng.datacenter.verification.keeping import give_up, keep, refresh
from minzheng.datacenter.verification.models import Check, Request, RequestState
from minzheng.datacenter.verification.models.check import OPEN
from minzheng.datacenter.verification.transport import Enquiry, send
from minzheng.foundation.exchange.models import ExchangeCall
from minzheng.foundation.exchange.record import begin
from minzheng.foundation.exchange.words import Source
from minzheng.foundation.people.models import Person
from minzheng.foundation.registry.words import shelf

# How we behave on the wire; what the law sets (validity, limits in days) stands in standards/.
IN_PARALLEL = 8
AT_ONCE = 64
LEASE = dt.timedelta(minutes=5)  # a claimed request whose caller died may be taken again after it
Sender = Callable[[Enquiry], wire.Reply]


@dataclass(frozen=True)
class Claimed:
    """A request that this caller holds, with the call to make and its line in the exchange log."""

    request: Request
    enquiry: Enquiry
    call: ExchangeCall


def ask_due(check: Check | None = None, now: dt.datetime | None = None, sender: Sender = send) -> int:
    """Make every call that is due (of one check, or of all); returns how many calls were made."""
    clock = timezone.now if now is None else partial(_fixed, now)
    made = 0
    while claimed := _claim(check, clock()):
        with ThreadPoolExecutor(IN_PARALLEL) as pool:
            calls = {pool.submit(sender, one.enquiry): one for one in claimed}
            for done in as_completed(calls):
                one, reply = calls[done], done.result()
                with transaction.atomic():
                    note(one.request.source, reply, clock())
                    keep(one.request, one.call, reply, one.enquiry.persons, clock())
        made += len(claimed)
    return made


def _fixed(moment: dt.datetime) -> dt.datetime:
    return moment


@transaction.atomic
def _claim(check: Check | None, now: dt.datetime) -> list[Claimed]:
    """Take due requests. What cannot be sent (nobody consents any more, source not connected) is settled here."""
    due = Request.objects.filter(state__in=OPEN).filter(Q(next_try_at=None) | Q(next_try_at__lte=now))
    due = due.exclude(check_of__state=Check.State.CANCELLED)
    if check is not None:
        due = due.filter(check_of=check)
    lines, claimed = connections(), []
    for request in due.select_for_update(of=("self",), skip_locked=True).select_related("check_of__region")[
        :AT_ONCE
    ]:
        line = lines.get(request.source)
        if line is None:
            give_up(request, "未接入，没有查询", now)
        elif (until := is_closed(request.source, now)) is not None:
            _wait(request, until, "对方系统连续故障，暂停查询")
        elif (one := _prepare(request, line, now)) is not None:
            claimed.append(one)
    return claimed


def _prepare(request: Request, line: Connection, now: dt.datetime) -> Claimed | None:
    """The call for a request; None when it must not or need not be made."""
    source: Source = shelf(Source).get(request.source)
    on = timezone.localdate(now)
    if request.tries == 0:
        # Consent is judged anew at the moment of sending: it may have been withdrawn since the check was opened.
        request.persons = sorted(covered(request, on))
        if not request.persons:
            request.state, request.problem, request.next_try_at = (
                RequestState.CANCELLED,
                "授权已撤回，没有查询",
                None,
            )
            request.save()
            refresh(request.check_of, now)
            return None
    elif not covered(request, on):
        request.state, request.problem, request.next_try_at = (
            RequestState.CANCELLED,
            "授权已撤回，不再查询",
            None,
        )
        request.save()
        refresh(request.check_of, now)
        return None
    persons = asked_persons(request)
    period = (request.period_from, request.period_until)
    body = wire.enquiry(request.request_id, request.check_of.purpose, period, request.fields, persons)
    digest = hashlib.sha256(body).hexdigest()
    if request.body_sha256 and request.body_sha256 != digest:
        give_up(request, "发出后人员登记有变更，不能按原编号再查。请重新发起核对", now)
        return None
    request.body_sha256, request.state = digest, RequestState.SENT
    request.asked_at = request.asked_at or now
    request.tries += 1
    request.next_try_at = now + LEASE
    request.save()
    call = begin(
        source,
        request.check_of.purpose,
        request.fields,
        region=request.check_of.region,
        persons_count=len(request.persons),
        authorisation=_rests_on(request),
        requester=request.check_of.started_by,
        request_id=request.request_id,
        period=period,
        started_at=now,
    )
    enquiry = Enquiry(
        line, source, request.request_id, request.fields, persons, b"" if request.is_accepted else body
    )
    return Claimed(request, enquiry, call)


def asked_persons(request: Request) -> list[wire.AskedPerson]:
    """The people of a request in the order of their references; with what consent each is asked about."""
    consents = {
        subject.person_id: subject.authorisation
        for subject in request.check_of.subjects.filter(person__in=request.persons).select_related(
            "authorisation"
        )
    }
    people = Person.objects.filter(pk__in=request.persons).order_by("pk")
    return [
        wire.AskedPerson(str(place), person.id_no or "", person.name, consents[person.pk].sha256 or "login")
        for place, person in enumerate(people, 1)
    ]


def _wait(request: Request, until: dt.datetime, problem: str) -> None:
    request.state, request.next_try_at, request.problem = RequestState.WAITING, until, problem
    request.save(update_fields=["state", "next_try_at", "problem"])


def _rests_on(request: Request) -> str:
    check = request.check_of
    about = f"办件 {check.case.number}" if check.case is not None else f"{check.month:%Y年%m月}定期复核"
    return f"核对授权 {len(request.persons)} 份；{about}"
