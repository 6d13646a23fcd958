"""What followed from an event is what was written down while its handlers ran: nothing is guessed afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory

from minzheng.foundation.audit.record import noting_entries
from minzheng.foundation.life_events.models import Effect, Recording
from minzheng.foundation.people.models import LifeEvent
from minzheng.foundation.tasks.models import Task


def mark_of(event: int) -> str:
    """What the history of every row says that is changed while the event is recorded (restoring.py)."""
    return f"life_event_{event}"


@contextmanager
def kept_for(event: LifeEvent, *, of_undoing: bool = False) -> Iterator[None]:
    """Every audit entry written meanwhile becomes an effect of the event."""
    mark = f"undone_{mark_of(event.pk)}" if of_undoing else mark_of(event.pk)
    with noting_entries() as entries, pghistory.context(**{mark: True}):
        yield
    effects = []
    for entry in entries:
        kind, key = entry.subject_type, entry.subject_id
        if (
            len(tasks := entry.detail.get("tasks", [])) == 1
        ):  # opened in bulk, so the entry has no one subject
            kind, key = Task._meta.label_lower, str(tasks[0])
        effects.append(
            Effect(
                event=event,
                entry=entry,
                title=entry.title,
                subject_type=kind,
                subject_id=key,
                of_undoing=of_undoing,
            )
        )
    Effect.objects.bulk_create(effects)


@contextmanager
def recorded(access: Any, event: LifeEvent) -> Iterator[None]:
    """The event was recorded by whoever `access` is; what follows meanwhile are its effects."""
    Recording.objects.create(event=event, by=access.user)
    with kept_for(event):
        yield
