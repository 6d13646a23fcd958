"""The word Register (台账): what is kept, who may see it, and how it is found, shown, imported and changed.

    CLUB = Register(
        code="club", title="会员", model=Member,
        columns=(Column("name", "姓名", kind="link", sortable=True), Column("fee_fen", "会费", "money")),
        filters=(Filter("level", "级别", "choice"),),
        search=(Search("name", "prefix"),),
        form=Form((Section("member", "会员", (Question("name", "姓名", "name"),)),)),
        imports=Import(key=("card_no",)),
    )

docs/registers.md explains every field with an example.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Model, QuerySet

from minzheng.foundation.forms import Form, Question
from minzheng.foundation.registry.words import Word

if TYPE_CHECKING:
    from minzheng.foundation.accounts.access import Access

COLUMN_KINDS = {
    "text", "name", "code", "number", "money", "date", "month", "moment", "choice", "badge", "yes_no", "region",
    "id_no", "phone", "bank_account", "birth_date",
}  # fmt: skip
MASKED_KINDS = {"id_no", "phone", "bank_account", "birth_date"}
FILTER_KINDS = {"choice", "yes_no", "region", "dates", "money", "numbers"}
SEARCH_WAYS = {"exact", "code", "prefix", "contains"}


@dataclass(frozen=True)
class Column:
    """One thing a row shows. `path` walks relations as in a query; `read` computes instead of walking."""

    key: str
    label: str
    kind: str = "text"
    path: str = ""
    sortable: bool = False  # only a column of the database that is never empty (paging.py says why)
    shown: bool = True  # False: offered by the column chooser, hidden at first
    tones: Mapping[Any, str] = field(default_factory=dict)  # badge: value → ok, warn, bad, info, neutral
    options: tuple[
        tuple[Any, str], ...
    ] = ()  # choice and badge: (value, 中文); default: the model field's choices
    read: Callable[[Any], Any] | None = None

    @property
    def walk(self) -> str:
        return self.path or self.key


@dataclass(frozen=True)
class Filter:
    """One way to narrow the list. `path` is a query path (`until__isnull` serves a yes_no)."""

    key: str
    label: str
    kind: str
    path: str = ""
    # (value, 中文), or a function that lists them where they are only known once the site runs: words, never rows
    options: tuple[tuple[Any, str], ...] | Callable[[], Iterable[tuple[Any, str]]] = ()
    # What is offered out of the database: only what this user may see of it
    options_for: Callable[[Access], Iterable[tuple[Any, str]]] | None = None

    @property
    def walk(self) -> str:
        return self.path or self.key


@dataclass(frozen=True)
class Search:
    """One place the search box looks.

    `exact` for whole numbers, `code` for the beginning of one, `prefix` for names, `contains` for long texts.
    """

    path: str
    way: str = "prefix"


@dataclass(frozen=True)
class Block:
    """A titled part of the detail page: facts of the row itself."""

    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Related:
    """A titled part of the detail page: rows that belong to this one, as of a day."""

    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Any, dt.date], Iterable[Any]]
    register: str = ""  # code of the register to which `target` of each row links
    target: Callable[[Any], Any] | None = None  # the linked row's key; default: the row's own
    empty: str = "没有记录"


@dataclass(frozen=True)
class RowAction:
    """A button on a row, and over many rows at once. `run(access, row, **record)` is an @action."""

    key: str
    title: str
    run: Callable[..., Any]
    permission: str
    confirm: str  # what will happen, said before it happens
    questions: tuple[Question, ...] = ()
    is_open: Callable[[Any], bool] = lambda row: True
    danger: bool = False
    bulk: bool = True
    fresh: bool = False  # moves money or takes a right: asks again who sits there (accounts/proof.py)


@dataclass(frozen=True)
class Import:
    """Excel in. `key`: the form's questions that tell whether a row is already there (then it is changed)."""

    key: tuple[str, ...]
    note: str = ""  # one more line for the template's instruction sheet
    ready: Callable[[Any], None] | None = None  # last touch on a model instance before it is written


@dataclass(frozen=True, kw_only=True)
class Register(Word):
    """One kept list. Everything on screen follows from these fields."""

    file: ClassVar[str] = "registers"

    model: type[Model]
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    search: tuple[Search, ...] = ()
    search_hint: str = ""
    rows: Callable[[], QuerySet[Any]] | None = None  # annotated or narrowed query; default: all of the model
    region: str = "region_id"  # query path of the 12-digit code that scopes a row
    order: tuple[str, ...] = ()  # default: by region, so that scope and order are one walk over one index
    read: str = "register.read"
    write: str = "register.write"
    export: str = "register.export"
    reveal: str = "person.reveal"
    name: Callable[[Any], str] = str  # what a row is called in headings and messages
    persons: Callable[[Sequence[Any]], Iterable[int]] = (
        lambda rows: ()
    )  # whom a look at these rows is a look at
    form: Form | None = None
    changeable: Callable[[Any], bool] = lambda row: True  # False: what somebody has confirmed stays as it is
    imports: Import | None = None
    actions: tuple[RowAction, ...] = ()
    links: Callable[[Any], Iterable[tuple[str, str]]] = lambda row: ()  # pages about a row: (中文, address)
    details: tuple[Block | Related, ...] = ()
    unit: str = "条"
    icon: str = "list"
    help: str = ""

    def query(self) -> QuerySet[Any]:
        return self.rows() if self.rows else self.model._default_manager.all()

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    def action(self, key: str) -> RowAction | None:
        return next((action for action in self.actions if action.key == key), None)

    @property
    def ordering(self) -> tuple[str, ...]:
        return self.order or (self.region,)

    @property
    def questions(self) -> dict[str, Question]:
        return self.form.questions if self.form else {}
