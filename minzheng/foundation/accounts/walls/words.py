"""What an app says in its `walls.py` about who may see the rows of its tables from the web (docs/walls.md).

    WALLS = {
        "cases.Case": region(own=["applicant", "household"]),
        "cases.CaseMove": through("case"),
        "cases.NumberSeries": not_personal("holds counters"),
    }

What nobody declares: a model with a `region` is walled by it; a history table is walled as what it keeps. Any other
model must be declared: the web sees no row of a table that says nothing, and a test fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from minzheng.foundation.accounts.permissions import roles_with

# Who reads rows about people at all; statistics, system and security staff see none, wherever they are assigned.
READS_PERSONS = (
    "case.read",
    "marriage.read",
    "person.read",
    "register.read",
    "task.read",
    "rescue.read",
    "child.read",
    "payment.read",
    "check.read",
    "certificate.read",
    "delivery.read",
    "status.enquire",  # a department that asks by number through the interface
)


@dataclass(frozen=True)
class Wall:
    """Which rows the web sees: those that any one of these ways leads to. No way at all: no row.

    `regions`, `parents`, `own` and `account` name fields of the model. `own` points to a person or a household and
    opens the row to them; `account` points to the account that made the row. `table_of` is for history tables.
    """

    regions: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    known: bool = False  # also whoever a visible row is about (people and households)
    raw: str = ""
    readers: frozenset[str] = frozenset()
    inserts: bool = False  # anybody may add a row, also one that they cannot see afterwards
    never: frozenset[str] = frozenset()  # INSERT, UPDATE, DELETE: what only the database's own functions do
    reason: str = ""  # why there is no wall

    @property
    def is_open(self) -> bool:
        return bool(self.reason)

    def or_when(self, raw: str) -> Wall:
        """One more way, as SQL over the table's own columns and the functions of schema `walls`."""
        return replace(self, raw=raw)


def _readers(permissions: Sequence[str]) -> frozenset[str]:
    return frozenset().union(*(roles_with(permission) for permission in permissions))


def region(
    *fields: str,
    reads: Sequence[str] = READS_PERSONS,
    own: Sequence[str] = (),
    account: Sequence[str] = (),
    known: bool = False,
    parents: Sequence[str] = (),
    inserts: bool = False,
) -> Wall:
    """Rows in the regions where the user holds one of the permissions; `own` and `account` as in Wall."""
    return Wall(
        regions=fields or ("region",),
        parents=tuple(parents),
        own=tuple(own),
        account=tuple(account),
        known=known,
        readers=_readers(reads),
        inserts=inserts,
    )


def through(*fields: str, own: Sequence[str] = (), account: Sequence[str] = ()) -> Wall:
    """Rows whose parent (by one of these foreign keys) is visible."""
    return Wall(parents=fields, own=tuple(own), account=tuple(account))


def account(*fields: str) -> Wall:
    """Rows that the user's account made."""
    return Wall(account=fields)


def closed(*, inserts: bool = False, never: Sequence[str] = ()) -> Wall:
    """No row at all, except beyond the wall; jobs and commands work on it."""
    return Wall(inserts=inserts, never=frozenset(never))


def not_personal(reason: str, *, never: Sequence[str] = ()) -> Wall:
    """Open to the web: the rows are about no person."""
    return Wall(reason=reason, never=frozenset(never))
