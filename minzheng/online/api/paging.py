"""Lists of at most a hundred, gone through by a cursor: stable while rows come and go, and as quick on the last page."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from ninja import Query, Schema
from pydantic import Field

from minzheng.online.api.problems import Detail, Problem

MOST = 100
T = TypeVar("T")

Limit = Annotated[int, Query(50, ge=1, le=MOST, description=f"每页条数，最多 {MOST}")]
Cursor = Annotated[str, Query("", max_length=200, description="上一页答复里的 next；第一页不填")]


class Page(Schema, Generic[T]):
    """One page; `next` is the cursor of the following one, null on the last."""

    items: list[T]
    next: str | None = Field(description="下一页的 cursor；没有下一页时为 null")


def page_of(
    rows: QuerySet[Any], key: str, limit: int, cursor: str, *, descending: bool = False
) -> tuple[list[Any], str | None]:
    """(rows, next) ordered by `key`, a unique column."""
    ordered = rows.order_by(f"-{key}" if descending else key)
    if cursor:
        try:
            ordered = ordered.filter(**{f"{key}__{'lt' if descending else 'gt'}": _read(cursor)})
        except (ValueError, ValidationError):
            raise _bad() from None
    found = list(ordered[: limit + 1])
    return found[:limit], _write(getattr(found[limit - 1], key)) if len(found) > limit else None


def page_of_list(rows: Sequence[T], key: Any, limit: int, cursor: str) -> tuple[list[T], str | None]:
    """The same over declarations held in memory; `key(row)` is a text, unique."""
    after = _read(cursor) if cursor else ""
    left = [row for row in sorted(rows, key=key) if key(row) > after]
    return left[:limit], _write(key(left[limit - 1])) if len(left) > limit else None


def _write(key: Any) -> str:
    return base64.urlsafe_b64encode(str(key).encode()).decode().rstrip("=")


def _read(cursor: str) -> str:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        raise _bad() from None
    if "\0" in text:
        raise _bad()
    return text


def _bad() -> Problem:
    wrong = Detail(path="query.cursor", detail="请用上一页答复里的 next，或不填从第一页开始。")
    return Problem("invalid", "cursor 不对，请从第一页重新开始。", [wrong])
