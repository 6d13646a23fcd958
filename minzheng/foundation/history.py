"""History of legally relevant tables: `@with_history` above a model; and what is on record stays on record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

import pghistory
import pgtrigger
from django.db import models

M = TypeVar("M", bound=type[models.Model])
_being_told: ContextVar[bool] = ContextVar("being_told", default=False)


def with_history(model: M) -> M:
    """At each change a trigger keeps the row as it was, who changed it and by which action (foundation/actions).

    A trigger catches raw SQL too. Only changes are kept: a row that never changes, as most of a province's do,
    costs nothing.
    """
    keep_old = pghistory.UpdateEvent(row=pghistory.Old)
    # The library's own key is 32 bits wide: a few years of a province's monthly changes.
    return pghistory.track(keep_old, attrs={"pgh_id": models.BigAutoField(primary_key=True)})(model)


def not_emptied(noun: str, whose: str) -> pgtrigger.Trigger:
    """Beside a pgtrigger.Protect: it looks at rows, and TRUNCATE goes past it. `whose`: the part, as the refusal names it."""
    return pgtrigger.Trigger(
        name=f"{noun}_is_not_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=f"RAISE EXCEPTION '{whose}: % is never emptied', TG_TABLE_NAME;",
    )


@contextmanager
def told_as(code: str, title: str, user: int | None) -> Iterator[None]:
    """The histories name this deed and who did it (key of the user; None: the system) for every change meanwhile.

    Of one deed within another they name the outer: that is what somebody did. What it brought about in turn has its own
    entry in the audit trail.
    """
    if _being_told.get():
        yield
        return
    token = _being_told.set(True)
    try:
        with pghistory.context(user=user, action=code, title=title):
            yield
    finally:
        _being_told.reset(token)
