"""What the matrices must know of each part, one file a part or line; empty for what needs no word.

SPECIAL: what a constraint demands of an object (world.py). KINDS: an address up to its first argument → the kind of object
that it names, the longest that fits. SECOND: the kind of a second argument, by the end of the address. REGION: where an
object's division stands, if not in its own `region`. WORDS: arguments that are words of the program.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from tests.matrix.kinds import (
    adoption,
    assistance,
    children,
    datacenter,
    disability,
    elderly,
    foundation,
    funeral,
    marriage,
    online,
    rescue,
)

PARTS = (
    foundation,
    datacenter,
    online,
    adoption,
    assistance,
    children,
    disability,
    elderly,
    funeral,
    marriage,
    rescue,
)


def _all(table: str) -> dict[Any, Any]:
    return {key: value for part in PARTS for key, value in getattr(part, table, {}).items()}


SPECIAL: dict[type[Model], dict[str, Any]] = _all("SPECIAL")
KINDS: dict[str, type[Model]] = _all("KINDS")
SECOND: dict[str, type[Model]] = _all("SECOND")
REGION: dict[type[Model], str] = _all("REGION")
WORDS: dict[str, dict[str, str]] = _all("WORDS")
