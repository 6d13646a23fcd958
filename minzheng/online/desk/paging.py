"""Pages of the desk's lists: keyset paging (registers/paging.py) with addresses that keep the filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

from minzheng.foundation.registers import paging

SIZE = 30


@dataclass(frozen=True)
class Page:
    """Rows of one page; an address is empty where there is no such page."""

    rows: list[Any]
    next_url: str
    previous_url: str


def page_of(
    request: HttpRequest, rows: QuerySet[Any], by: str, *, descending: bool = False, size: int = SIZE
) -> Page:
    """One page ordered by (`by`, pk), where `by` is a column or an annotation that is never null."""
    found = paging.page_of(
        rows,
        [by],
        size,
        descending=descending,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return Page(
        found.rows, _address(request, "after", found.after), _address(request, "before", found.before)
    )


def _address(request: HttpRequest, side: str, key: Any) -> str:
    if key is None:
        return ""
    kept = {name: value for name, value in request.GET.items() if name not in {"after", "before"} and value}
    return "?" + urlencode(kept | {side: key})
