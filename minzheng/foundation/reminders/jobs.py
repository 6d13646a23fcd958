"""Sending until it has left: soon at first, then more rarely, until it would be too late to be of use.

A message is claimed before it is sent, so that two workers never send it at once. What ended without an answer is asked
about first: nobody gets the same reminder twice because a line was cut.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from minzheng.foundation.reminders.channels import Channel, Outcome, Told, channel
from minzheng.foundation.reminders.models import OPEN_STATES, Sms, State

FIRST_WAIT = dt.timedelta(seconds=30)
LONGEST_WAIT = dt.timedelta(hours=1)
CLAIM = dt.timedelta(minutes=2)  # longer than any try takes
AT_ONCE = 500  # tries of one job; the next job goes on
ENDS = {Outcome.TAKEN: State.SENT, Outcome.REFUSED: State.REFUSED}


@task()
def run_messages() -> None:
    send_due()
    _book_next()


def send_due(most: int = AT_ONCE) -> int:
    """Try all that is due; returns how many tries were made."""
    line, tries = channel(), 0
    while line is not None and tries < most and (message := _claim()) is not None:
        _settle(message, _try(line, message))
        tries += 1
    return tries


def _claim() -> Sms | None:
    now = timezone.now()
    with transaction.atomic():
        due = Sms.objects.filter(state__in=OPEN_STATES, next_at__lte=now).order_by("next_at", "pk")
        message = due.select_for_update(skip_locked=True).first()
        if message is not None:
            message.tries += 1
            message.next_at = now + CLAIM
            # Should this worker die before it hears the answer, the next one asks before it sends.
            message.was, message.state = State(message.state), State.UNKNOWN  # type: ignore[attr-defined]
            message.save(update_fields=["tries", "next_at", "state"])
    return message


def _try(line: Channel, message: Sms) -> Told:
    if message.give_up_at <= timezone.now():
        return Told(Outcome.LATER, "已过时")
    if message.was == State.UNKNOWN:  # type: ignore[attr-defined]
        told = line.enquire(message.reference)
        if told.outcome != Outcome.NEVER:
            return told
    return line.send(message.reference, message.phone, message.text)


def _settle(message: Sms, told: Told) -> None:
    now = timezone.now()
    message.answer = told.answer[:100]
    message.state = ENDS.get(told.outcome, State.WAITING if told.outcome == Outcome.LATER else State.UNKNOWN)
    following = now + wait_after(message.tries)
    if message.state in OPEN_STATES and following < message.give_up_at:
        message.next_at = following
    else:
        message.next_at, message.ended_at = None, now
        if message.state in OPEN_STATES:
            message.state = State.DEAD
    message.save(update_fields=["answer", "state", "next_at", "ended_at"])


def wait_after(tries: int) -> dt.timedelta:
    return min(FIRST_WAIT * 4 ** min(tries - 1, 6), LONGEST_WAIT)


def _book_next() -> None:
    """The job for the next try; without a queue that can wait, `minzheng sms` makes it."""
    soonest = (
        Sms.objects.filter(state__in=OPEN_STATES)
        .order_by("next_at")
        .values_list("next_at", flat=True)
        .first()
    )
    if channel() is not None and soonest is not None and run_messages.get_backend().supports_defer:
        run_messages.using(run_after=max(soonest, timezone.now() + dt.timedelta(seconds=1))).enqueue()
