"""The chapters of an archive on its page: what comes next, and what happened, a page at a time, all or one chapter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from minzheng.foundation.audit.record import record_read
from minzheng.foundation.people.archive import Point, Reader
from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.people.words import Whose


@dataclass(frozen=True)
class Tab:
    title: str
    url: str
    current: bool


def story_of(
    request: HttpRequest,
    whose: Whose,
    people: Sequence[Person],
    here: str,
    names: dict[int, str] | None = None,
) -> dict[str, Any]:
    """For the template: `ahead` and `told` with the name of whom each is about, `chapters` as tabs, pager addresses.

    `people` are those whom something may still await; `names` of all who are told of, on a family's page.
    """
    reader = Reader(request.access)  # type: ignore[attr-defined]
    open_to_me = [one for one in reader.chapters() if one.past]
    only = request.GET.get("chapter", "")
    if only not in {one.code for one in open_to_me}:
        only = ""
    page = request.GET.get("page", "1")
    number = min(int(page), 1000) if page.isascii() and page.isdigit() and int(page) else 1
    told = reader.past(whose, only=only, page=number)
    names = names or {}

    def address(chapter: str, to_page: int) -> str:
        asked = {"chapter": chapter} if chapter else {}
        return (
            "?".join([here, urlencode(asked | ({"page": to_page} if to_page > 1 else {}))]).rstrip("?")
            + "#told"
        )

    return {
        "ahead": _named(reader.ahead(whose, people), names),
        "told": _named(told.points, names),
        "chapters": [Tab("全部", address("", 1), not only)]
        + [Tab(one.title, address(one.code, 1), one.code == only) for one in told.chapters],
        "today": whose.today,
        "newer": address(only, number - 1) if number > 1 else "",
        "older": address(only, number + 1) if told.more else "",
    }  # fmt: skip


def _named(points: Iterable[Point], names: dict[int, str]) -> list[tuple[Point, str]]:
    return [(point, names.get(point.person or 0, "")) for point in points]


def record_look(request: HttpRequest, title: str, subject: Person | Household, persons: list[int]) -> None:
    """One look; which chapter was opened is part of it, since the people concerned may ask."""
    access = request.access  # type: ignore[attr-defined]
    shown = [one for one in Reader(access).chapters() if request.GET.get("chapter") in (None, "", one.code)]
    part = f"（{shown[0].title}）" if len(shown) == 1 else ""
    record_read(
        f"{title}{part}",
        actor=access.user,
        subject=subject,
        persons=persons,
        region=subject.region_id,
        chapters=[one.code for one in shown],
    )
