"""What was sent in beforehand (items/usual/counter.py) is done with when the counter has done it, or has declined to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minzheng.foundation.cases.engine import do_move
from minzheng.foundation.cases.models import Case
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.items.item import IN_PERSON
from minzheng.foundation.people.models import Person


def finish_waiting(access: Any, item: str, persons: Iterable[Person], *, permission: str) -> None:
    """Every case of the item by one of them that waits where this officer holds the permission."""
    for case in _waiting(access, item, persons, permission):
        do_move(access, case, "accept")


def decline_waiting(access: Any, item: str, persons: Iterable[Person], *, permission: str, told: str) -> None:
    """The same cases, when the counter has refused in writing; `told`: where its reasons are to be read.

    By the system: the officer's deed is the refusal itself, and no second paper goes out for the case.
    """
    for case in _waiting(access, item, persons, permission):
        do_move(SystemAccess.on(access.today), case, "decline", {"reason": told})


def _waiting(access: Any, item: str, persons: Iterable[Person], permission: str) -> list[Case]:
    cases = Case.objects.filter(item=item, applicant__in=list(persons), step=IN_PERSON).order_by("pk")
    return [case for case in cases if access.may(permission, case.region_id)]
