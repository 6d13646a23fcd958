"""Keyset paging: a page starts after a row, not after a number of rows, so page 100,000 costs what page 1 costs.

The address holds only the key of the border row. Its sort values are looked up, because a name or a number
must not stand in an address. A column that may be empty cannot be paged this way: SQL compares a row that
holds NULL with neither true nor false, and the row would vanish from the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Expression, F, QuerySet, Value

COUNTED_UP_TO = 10_000


@dataclass
class Page:
    """One page of rows, and the keys from which its neighbours start (None: there is none)."""

    rows: list[Any]
    before: Any = None
    after: Any = None
    lost_place: bool = False  # the border row is gone: this is the first page instead


class RowComparison(Expression):
    """`(a, b) > (x, y)`: one range of a composite index, where OR chains would be a filter."""

    conditional = True

    def __init__(self, columns: Sequence[Any], sign: str, values: Sequence[Any]) -> None:
        super().__init__(output_field=BooleanField())
        self.columns, self.sign, self.values = list(columns), sign, list(values)

    def get_source_expressions(self) -> list[Any]:
        return [*self.columns, *self.values]

    def set_source_expressions(self, expressions: Sequence[Any]) -> None:
        self.columns = list(expressions[: len(self.columns)])
        self.values = list(expressions[len(self.columns) :])

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]
        parts, params = [], []
        for side in (self.columns, self.values):
            compiled = [compiler.compile(expression) for expression in side]
            parts.append(", ".join(sql for sql, _ in compiled))
            params += [value for _, values in compiled for value in values]
        return f"({parts[0]}) {self.sign} ({parts[1]})", tuple(params)


def page_of(
    rows: QuerySet[Any],
    order: Sequence[str],
    size: int,
    *,
    borders: QuerySet[Any] | None = None,
    descending: bool = False,
    after: str = "",
    before: str = "",
) -> Page:
    """The rows after (or before) the row with that key, in the order of `order` and then of the key.

    `borders`: the wider rows (scope without filters) among which the border row is looked up, because a bulk
    action may have just moved it out of the filter.
    """
    keys = [*order, "pk"] if "pk" not in order and rows.model._meta.pk.name not in order else list(order)
    border = after or before
    backwards = bool(before) and not after
    downwards = descending != backwards
    lost_place = False
    queryset = rows
    if border:
        values = _border(rows if borders is None else borders, keys, border)
        if values is None:
            lost_place, backwards, downwards = True, False, descending
        else:
            columns = [F(key) for key in keys]
            fixed = [Value(value) for value in values]
            queryset = queryset.filter(RowComparison(columns, "<" if downwards else ">", fixed))
    ordered = queryset.order_by(*[f"-{key}" if downwards else key for key in keys])
    found = list(ordered[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    has_before = (more if backwards else bool(border)) and not lost_place
    has_after = True if backwards else more
    return Page(
        rows=found,
        before=found[0].pk if found and has_before else None,
        after=found[-1].pk if found and has_after else None,
        lost_place=lost_place,
    )


def _border(rows: QuerySet[Any], keys: list[str], key: str) -> tuple[Any, ...] | None:
    """Sort values of the border row; None when it is gone or was never in sight."""
    try:
        primary = rows.model._meta.pk.to_python(key)
    except ValidationError:
        return None
    return rows.filter(pk=primary).values_list(*keys).first()


def counted(rows: QuerySet[Any], limit: int = COUNTED_UP_TO) -> tuple[int, bool]:
    """How many rows, counted no further than `limit`; True when there are more than that."""
    number = rows.order_by().values("pk")[: limit + 1].count()
    return min(number, limit), number > limit
