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
    """One number. `count` is one query within what the access may see.

    Behind it lies a `page` (the name of its address), or a `register` (its code), narrowed by `query` to what was counted.
    """

    file: ClassVar[str] = "tasks"

    permission: str
    page: str = ""
    register: str = ""
    query: str = ""
    count: Callable[[Access], int]
    unit: str = "件"
    note: str = ""

    def problems(self) -> Iterable[str]:
        if self.permission not in PERMISSIONS:
            yield f"permission=“{self.permission}”不是已有的权限，请用 accounts/permissions.py 里的代码。"
        if bool(self.page) == bool(self.register):
            yield "page 和 register 请写一个，而且只写一个：点开数字看到哪里的清单。"


def waiting(access: Access) -> Iterator[tuple[Waiting, int]]:
    """Every tile of whoever looks, also those with nothing in them: an empty morning is news too."""
    for one in shelf(Waiting):
        if access.may(one.permission):
            yield one, one.count(access)
