"""Text messages leave (foundation/outbox.py): nobody gets the same one twice because a line was cut."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django_tasks import task

from minzheng.foundation.outbox import Outbox, Outcome, Told
from minzheng.foundation.reminders.channels import Channel, channel
from minzheng.foundation.reminders.models import Sms, State

AT_ONCE = 500  # tries of one job; the next job goes on


@task()
def run_messages() -> None:
    if channel() is not None:
        send_due()
        MESSAGES.book_next(run_messages)


def send_due(most: int = AT_ONCE) -> int:
    """Try all that is due; returns how many tries were made: none without a channel."""
    return MESSAGES.try_due(most) if channel() is not None else 0


def _line() -> Channel:
    line = channel()
    assert line is not None, "nothing is claimed where no channel is connected"
    return line


def _send(message: Sms) -> Told:
    if message.give_up_at <= timezone.now():
        return Told(Outcome.LATER, "已过时")
    return _line().send(message.reference, message.phone, message.text)


def _enquire(message: Sms) -> Told:
    return _line().enquire(message.reference)


MESSAGES = Outbox(
    rows=Sms.objects.all,
    send=_send,
    enquire=_enquire,
    waiting=State.WAITING,
    unknown=State.UNKNOWN,
    dead=State.DEAD,
    ends={Outcome.TAKEN: State.SENT, Outcome.REFUSED: State.REFUSED},
    first_wait=dt.timedelta(seconds=30),
    longest_wait=dt.timedelta(hours=1),
)
