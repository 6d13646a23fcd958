"""What followed from an event is what was written down while its handlers ran: nothing is guessed afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from minzheng.foundation.audit.record import noting_entries
from minzheng.foundation.life_events.models import Effect, Recording
from minzheng.foundation.people.models import LifeEvent


@contextmanager
def kept_for(event: LifeEvent, *, of_undoing: bool = False) -> Iterator[None]:
    """Every audit entry written meanwhile becomes an effect of the event."""
    with noting_entries() as entries:
        yield
    Effect.objects.bulk_create(
        Effect(
            event=event,
            entry=entry,
            title=entry.title,
            subject_type=entry.subject_type,
            subject_id=entry.subject_id,
            of_undoing=of_undoing,
        )
        for entry in entries
    )


@contextmanager
def recorded(access: Any, event: LifeEvent) -> Iterator[None]:
    """The event was recorded by whoever `access` is; what follows meanwhile are its effects."""
    Recording.objects.create(event=event, by=access.user)
    with kept_for(event):
        yield
