"""How much of a line waits this morning: its tile on an officer's first page, beside cases and tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.permissions import PERMISSIONS
from minzheng.foundation.registry.words import Word, shelf


@dataclass(frozen=True, kw_only=True)
class Waiting(Word):
    """One number. `count` is one query within what the access may see; `page` names the address of the list behind it."""

    file: ClassVar[str] = "tasks"

    permission: str
    page: str
    count: Callable[[Access], int]
    unit: str = "件"
    note: str = ""

    def problems(self) -> Iterable[str]:
        if self.permission not in PERMISSIONS:
            yield f"permission=“{self.permission}”不是已有的权限，请用 accounts/permissions.py 里的代码。"


def waiting(access: Access) -> Iterator[tuple[Waiting, int]]:
    """Every tile of whoever looks, also those with nothing in them: an empty morning is news too."""
    for one in shelf(Waiting):
        if access.may(one.permission):
            yield one, one.count(access)
