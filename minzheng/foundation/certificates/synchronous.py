"""The licences that are issued on paper and electronically at once (S-025), as standards/licences.yaml lists them."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q

from minzheng.foundation.certificates.models import Issued, State
from minzheng.foundation.certificates.words import Certificate
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules.standards import FOLDER
from minzheng.foundation.rules.yaml_text import read_yaml

FILE = FOLDER / "licences.yaml"


@dataclass(frozen=True)
class LicenceSet:
    """What a place has listed from a day on. `licences`: (code, title)."""

    since: dt.date
    title: str
    cite: str
    mark: str
    licences: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Row:
    """One licence and what was issued of it; None: a secret that its own register keeps."""

    title: str
    is_declared: bool
    is_sealed: bool = False
    this_year: int | None = None
    valid: int | None = None
    latest: dt.date | None = None


def licences_on(day: dt.date) -> LicenceSet:
    return max((one for one in _sets() if one.since <= day), key=lambda one: one.since)


def rows_of(access: Any, today: dt.date) -> list[Row]:
    """Every listed licence with the user's own regions' counts: one query."""
    year = Q(issued_on__year=today.year)
    mine = access.scope("certificate.read", Issued.objects.all())
    counted = {
        one["kind"]: one
        for one in mine.values("kind").annotate(
            year=Count("pk", filter=year),
            valid=Count("pk", filter=Q(state=State.VALID)),
            latest=Max("issued_on"),
        )
    }
    return [_row(code, title, counted.get(code, {})) for code, title in licences_on(today).licences]


def _row(code: str, title: str, counted: dict[str, Any]) -> Row:
    if code not in shelf(Certificate):
        return Row(title, is_declared=False)
    if shelf(Certificate).get(code).is_sealed:
        return Row(title, is_declared=True, is_sealed=True)
    return Row(
        title,
        is_declared=True,
        this_year=counted.get("year", 0),
        valid=counted.get("valid", 0),
        latest=counted.get("latest"),
    )


@functools.cache
def _sets() -> tuple[LicenceSet, ...]:
    read = read_yaml(FILE)["sets"]
    return tuple(
        LicenceSet(
            since=one["from"],
            title=one["title"],
            cite=one["cite"],
            mark=one["mark"],
            licences=tuple((licence["code"], licence["title"]) for licence in one["licences"]),
        )
        for one in read
    )
