"""Rows that an event's handlers changed, as they were before: read from the kept history, nothing is guessed."""

from __future__ import annotations

from typing import Any

import pghistory.core
from django.db.models import QuerySet

from minzheng.foundation.crypto.fields import EncryptedJSONField, EncryptedTextField
from minzheng.foundation.life_events.effects import mark_of


def put_back(event: int, *changed: QuerySet[Any]) -> int:
    """Give these rows (of tables `@with_history`) back what they held before life event `event`; returns how many.

    A row that somebody has changed since is left to its officer. Sealed columns stay: no event changes them.
    """
    return sum(_put_back(event, row) for rows in changed for row in rows.select_for_update(of=("self",)))


def _put_back(event: int, row: Any) -> bool:
    kept: Any = pghistory.core.event_models(tracks_model=type(row))[0]
    before = None
    for old in kept.objects.filter(pgh_obj_id=row.pk).select_related("pgh_context").order_by("-pgh_id"):
        if old.pgh_context is None or mark_of(event) not in old.pgh_context.metadata:
            break
        before = old
    if before is None:
        return False
    names = [
        field.attname
        for field in row._meta.concrete_fields
        if not field.primary_key and not isinstance(field, EncryptedTextField | EncryptedJSONField)
    ]
    for name in names:
        setattr(row, name, getattr(before, name))
    row.save(update_fields=names)
    return True
