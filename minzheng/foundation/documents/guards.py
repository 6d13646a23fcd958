"""Who may open a document: whoever owns the thing it belongs to says so.

An app registers one function in its handlers.py:

    @document_guard
    def papers_of_a_case(access, document) -> Sight | None: ...

None means: not mine, or not for this user. The uploader always sees an own upload.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from minzheng.foundation.documents.models import Document


@dataclass(frozen=True)
class Sight:
    """A right to see, and what the audit must know: the persons whom the paper is about, and where."""

    persons: tuple[int, ...] = ()
    region: str = ""


Guard = Callable[[Any, Document], Sight | None]
_guards: list[Guard] = []


def document_guard(guard: Guard) -> Guard:
    _guards.append(guard)
    return guard


def sight_of(access: Any, document: Document) -> Sight | None:
    """The first right that is found; None means that for this user the document does not exist."""
    for guard in _guards:
        if sight := guard(access, document):
            return sight
    if access.user is not None and document.uploaded_by_id == access.user.pk:
        own = access.user.person_id
        return Sight((own,) if own else (), document.region_id or "")
    return None
