"""What was sent in beforehand (items/usual/in_person.py) is done with when the counter has done it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minzheng.foundation.cases.engine import do_move
from minzheng.foundation.cases.models import Case
from minzheng.foundation.items.item import IN_PERSON
from minzheng.foundation.people.models import Person


def finish_waiting(access: Any, item: str, persons: Iterable[Person], *, permission: str) -> None:
    """Every case of the item by one of them that waits where this officer holds the permission."""
    for case in Case.objects.filter(item=item, applicant__in=list(persons), step=IN_PERSON):
        if access.may(permission, case.region_id):
            do_move(access, case, "accept")
