"""Chapter (档案章节): what one part of the department did for a person, and what it will do next, as the archive tells it.

A line says in `chapters.py` which of its rows are told, on which day, in which words, and which permission reads them;
the person's page, the family's page and the portal's own page put the chapters together (people/archive.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.urls import reverse

from minzheng.foundation.accounts.permissions import PERMISSIONS
from minzheng.foundation.registry.words import Word


@dataclass(frozen=True)
class Whose:
    """Whose archive is open: these persons, and on a family's page the family itself. `today` is the reader's."""

    persons: tuple[int, ...]
    household: int | None
    today: dt.date

    def of(self, person: str = "person", household: str = "") -> Q:
        """Rows about one of the persons (by this query path), or about the family."""
        about = Q(**{f"{person}__in": self.persons})
        if household and self.household is not None:
            about |= Q(**{household: self.household})
        return about


@dataclass(frozen=True)
class Said:
    """One thing in words. `url` leads an officer to it, `own_url` the person concerned."""

    title: str
    text: str = ""
    tone: str = "neutral"
    url: str = ""
    own_url: str = ""


@dataclass(frozen=True)
class Strand:
    """Rows of one kind. `on` is the column or annotation with the day (rows without one are not told of the past,
    and stand first in what comes next); `region` scopes them; `about` is the attribute with the person's key.

    `rows` must fetch what `say` reads: a page of five hundred costs as many queries as one of five. `own`: the person
    concerned reads it in the portal, too.
    """

    rows: Callable[[Whose], QuerySet[Any]]
    on: str
    say: Callable[[Any], Said]
    region: str = "region_id"
    about: str = "person_id"
    own: bool = False


@dataclass(frozen=True)
class Age:
    """A birthday that moves something (handbook 0.7): the standard that holds the age, and what happens then.

    `holding`: codes of benefits; the birthday matters to whoever holds one of them (none: to everybody).
    """

    standard: str
    then: str
    holding: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Chapter(Word):
    """What happened (`past`), what is still to come (`ahead`), which birthdays count. `permission` reads all of it.

    `scope(access, rows)` says which rows the reader sees, where role × region alone does not.
    """

    file: ClassVar[str] = "chapters"
    permission: str = "person.read"
    past: tuple[Strand, ...] = ()
    ahead: tuple[Strand, ...] = ()
    ages: tuple[Age, ...] = ()
    scope: Callable[[Any, QuerySet[Any]], QuerySet[Any]] | None = None

    def problems(self) -> Iterable[str]:
        if self.permission not in PERMISSIONS:
            yield f"章节“{self.title}”的权限 {self.permission} 不存在，请改为 permissions.py 中的一个。"
        if not (self.past or self.ahead or self.ages):
            yield f"章节“{self.title}”什么也不讲，请写上 past、ahead 或 ages。"


def in_register(code: str, pk: int) -> str:
    """The address of a row of a register."""
    return reverse("registers:detail", args=[code, pk])
