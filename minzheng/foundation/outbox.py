"""An outbox: what is to leave the house was written down with what it tells of, and is tried until it has left.

Soon at first, then more rarely, until `give_up_at`. A row is claimed before it is tried: its next try is put off, so that
two workers never send it at once, and a worker that dies in between leaves it due again. Where the other side can be
asked, what ended without an answer is asked about before it is ever sent again; where it cannot, it may arrive twice,
with the same identifier.

    MESSAGES = Outbox(
        rows=Sms.objects.all, waiting="waiting", unknown="unknown", dead="dead", ends={Outcome.TAKEN: "sent", …},
        send=…, enquire=…, first_wait=…, longest_wait=…,
    )

A row has `state`, `tries`, `next_at` (None once it has ended), `give_up_at`, `ended_at` and `answer`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django_tasks.base import Task

CLAIM = dt.timedelta(minutes=2)  # longer than any try takes
STEEPEST = 10  # the wait is no longer multiplied after so many tries
SOON = dt.timedelta(seconds=1)

M = TypeVar("M", bound=Model)


class Outcome(StrEnum):
    TAKEN = "taken"  # the other side has it and will not forget it
    REFUSED = "refused"  # it never will
    LATER = "later"  # certainly not taken, but it may be in a while
    UNKNOWN = "unknown"  # taken or not: nobody has said
    NEVER = "never"  # asked about: the other side has never heard of it


@dataclass(frozen=True)
class Told:
    """`answer` is in words and holds nothing that the other side has written."""

    outcome: Outcome
    answer: str


@dataclass(frozen=True, kw_only=True)
class Outbox(Generic[M]):
    """One kind of row. Without `enquire` what ended without an answer is `waiting` again."""

    rows: Callable[[], QuerySet[M]]  # joined with what sending reads
    send: Callable[[M], Told]
    enquire: Callable[[M], Told] | None = None
    waiting: str
    unknown: str = ""  # the state of what may have left
    dead: str
    ends: Mapping[Outcome, str]  # states that end it
    first_wait: dt.timedelta
    longest_wait: dt.timedelta

    def try_due(self, most: int) -> int:
        """Try all that is due; returns how many tries were made."""
        tries = 0
        while tries < most and (claimed := self._claim()) is not None:
            row, was = claimed
            self._settle(row, self._try(row, was))
            tries += 1
        return tries

    def book_next(self, job: Task[[], None]) -> None:
        """The job for the next try; a queue that cannot wait needs a command run every minute instead."""
        soonest = self._open().order_by("next_at").values_list("next_at", flat=True).first()
        if soonest is not None and job.get_backend().supports_defer:
            job.using(run_after=max(soonest, timezone.now() + SOON)).enqueue()

    def wait_after(self, tries: int) -> dt.timedelta:
        """The first wait, four times that, sixteen times …: who was away for a minute is reached within the next two."""
        return min(self.first_wait * 4 ** min(tries - 1, STEEPEST), self.longest_wait)

    def _open(self) -> QuerySet[M]:
        return self.rows().filter(state__in=filter(None, (self.waiting, self.unknown)))

    def _claim(self) -> tuple[Any, str] | None:
        """The next row and what it was; noted as gone out unknown, in case this worker dies before it hears the answer."""
        now = timezone.now()
        with transaction.atomic():
            due = self._open().filter(next_at__lte=now).order_by("next_at", "pk")
            row: Any = due.select_for_update(skip_locked=True, of=("self",)).first()
            if row is None:
                return None
            was = row.state
            row.tries += 1
            row.next_at = now + CLAIM
            row.state = self.unknown or was
            row.save(update_fields=["tries", "next_at", "state"])
        return row, was

    def _try(self, row: Any, was: str) -> Told:
        if self.enquire is not None and was == self.unknown:
            told = self.enquire(row)
            if told.outcome != Outcome.NEVER:
                return told
        return self.send(row)

    def _settle(self, row: Any, told: Told) -> None:
        now = timezone.now()
        open_again = self.unknown if told.outcome == Outcome.UNKNOWN and self.unknown else self.waiting
        state = self.ends.get(told.outcome, open_again)
        following: dt.datetime | None = now + self.wait_after(row.tries)
        if told.outcome in self.ends:
            following = None
        elif following >= row.give_up_at:
            state, following = self.dead, None
        # What was ended meanwhile by somebody keeps its word.
        self.rows().model._default_manager.filter(pk=row.pk, state=row.state).update(
            state=state, next_at=following, ended_at=None if following else now, answer=told.answer[:100]
        )
