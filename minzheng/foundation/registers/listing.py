"""One look at a register: what the address asks for, within what the user may see."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registers.columns import Cell, cell
from minzheng.foundation.registers.declaration import Column, Register
from minzheng.foundation.registers.filters import BoundFilter, Query, bind, parameters
from minzheng.foundation.registers.paging import Page, counted, page_of
from minzheng.foundation.registers.paths import relations_of

SIZES = (20, 50, 100)  # never more: a list is for looking, an export for taking along
NUMBER_WAYS = {"exact", "code", "contains"}
NAME_WAYS = {"prefix", "contains"}
OWN_PARAMETERS = {"sort", "after", "before", "columns", "density", "size", "find", "view"}


@dataclass
class Row:
    """One row on screen: its key and its cells."""

    object: Any
    cells: list[Cell]


@dataclass
class Listing:
    """`query`: the address's parameters; `text`: what was typed in the search box (never in the address)."""

    register: Register
    access: Access
    query: Query
    text: str = ""
    search_is_lost: bool = False  # the address names a search of another session

    @cached_property
    def filters(self) -> list[BoundFilter]:
        model = self.register.model
        return [bind(declared, model, self.query, self.access) for declared in self.register.filters]

    @cached_property
    def in_use(self) -> list[BoundFilter]:
        """Filters that narrow the list; a region says which."""
        used = [bound for bound in self.filters if bound.summary]
        for bound in used:
            if bound.kind == "region" and self.region is not None:
                bound.summary = (
                    f"{bound.label}：{self.region.full_name.removeprefix(self.near) or self.region.name}"
                )
        return used

    @property
    def is_filtered(self) -> bool:
        return bool(self.in_use) or any(bound.error for bound in self.filters)

    @cached_property
    def columns(self) -> list[Column]:
        chosen = set(self.query.getlist("columns"))
        shown = [
            column for column in self.register.columns if (column.key in chosen if chosen else column.shown)
        ]
        return shown or [column for column in self.register.columns if column.shown]

    @property
    def is_compact(self) -> bool:
        return self.query.get("density") == "compact"

    @property
    def size(self) -> int:
        asked = self.query.get("size") or ""
        return int(asked) if asked in {str(size) for size in SIZES} else SIZES[1]

    @cached_property
    def sort(self) -> tuple[Column | None, bool]:
        """(column, descending); (None, False) is the register's own order."""
        asked = self.query.get("sort") or ""
        for column in self.register.columns:
            if column.sortable and column.key == asked.removeprefix("-"):
                return column, asked.startswith("-")
        return None, False

    @cached_property
    def in_scope(self) -> QuerySet[Any]:
        """Every row the user may see. Anything else of this class only narrows it."""
        return self.access.scope(self.register.read, self.register.query(), self.register.region)

    @cached_property
    def rows(self) -> QuerySet[Any]:
        rows = self.in_scope
        for bound in self.filters:
            if bound.condition:
                rows = rows.filter(bound.condition)
        if self.text:
            rows = rows.filter(search_condition(self.register, self.text))
        return rows

    def with_relations(self, columns: list[Column]) -> QuerySet[Any]:
        """The rows with everything these columns read, in one query."""
        paths = [column.walk for column in columns if column.read is None]
        joins = sorted({found for path in paths if (found := relations_of(self.register.model, path))})
        return self.rows.select_related(*joins) if joins else self.rows

    def page(self) -> Page:
        column, descending = self.sort
        return page_of(
            self.with_relations(self.columns),
            [column.walk] if column else self.register.ordering,
            self.size,
            borders=self.in_scope,
            descending=descending,
            after=self.query.get("after") or "",
            before=self.query.get("before") or "",
        )

    def ordered(self) -> QuerySet[Any]:
        """All rows in the asked order, for an export."""
        column, descending = self.sort
        keys = [*([column.walk] if column else self.register.ordering), "pk"]
        return self.with_relations(self.columns).order_by(*[f"-{key}" if descending else key for key in keys])

    def count(self) -> tuple[int, bool]:
        return counted(self.rows)

    def shown(self, rows: list[Any]) -> list[Row]:
        return [Row(row, [cell(column, row, near=self.near) for column in self.columns]) for row in rows]

    @cached_property
    def region(self) -> Region | None:
        """The region the filter narrows to, or the only one the user works in."""
        for bound in self.filters:
            if bound.kind == "region" and bound.values:
                return Region.objects.filter(code=bound.values[0]).first()
        return self.own_region

    @cached_property
    def own_region(self) -> Region | None:
        held = {a.region_id: a.region for a in self.access.assignments}
        return next(iter(held.values())) if len(held) == 1 else None

    @property
    def near(self) -> str:
        """What need not be repeated in front of every region of the list."""
        return self.own_region.full_name if self.own_region else ""

    def parameters(self, *without: str) -> list[tuple[str, str]]:
        """What the address says, cleaned of what it does not know: to build links and to save a view."""
        known = [name for declared in self.register.filters for name in parameters(declared)]
        known += ["sort", "columns", "density", "size", "find"]
        return [
            (name, value)
            for name in known
            if name not in without
            for value in self.query.getlist(name)
            if value
        ]


def search_condition(register: Register, text: str) -> Q:
    """Rows in which one of the declared places matches.

    A text with a digit is a number, any other a name: asking names and numbers at once would keep the database
    from using the index of either. A short name is matched from its beginning, because the trigram index
    cannot serve an inner match of one or two characters.
    """
    text = " ".join(text.split())
    fitting = NUMBER_WAYS if any(character.isdigit() for character in text) else NAME_WAYS
    places = [place for place in register.search if place.way in fitting] or list(register.search)
    condition = Q()
    for place in places:
        if place.way == "exact":
            condition |= Q(**{place.path: text.upper()})
        elif place.way == "contains" and len(text) >= 3:
            condition |= Q(**{f"{place.path}__contains": text})
        else:
            condition |= Q(**{f"{place.path}__startswith": text})
    return condition
