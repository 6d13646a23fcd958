"""History of legally relevant tables: `@with_history` above a model."""

from __future__ import annotations

from typing import TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def with_history(model: M) -> M:
    """At each change a trigger keeps the row as it was, who changed it and by which action (foundation/actions).

    A trigger catches raw SQL too. Only changes are kept: a row that never changes, as most of a province's do,
    costs nothing.
    """
    keep_old = pghistory.UpdateEvent(row=pghistory.Old)
    # The library's own key is 32 bits wide: a few years of a province's monthly changes.
    return pghistory.track(keep_old, attrs={"pgh_id": models.BigAutoField(primary_key=True)})(model)
