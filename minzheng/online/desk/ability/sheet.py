"""What the page of the sheet shows: items with the points ticked, and the sums so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from minzheng.business.elderly.assessment.form import CHANGES, ROUND, SHEET
from minzheng.business.elderly.assessment.scale import Dimension, Indicator, scale
from minzheng.foundation.forms import Question


@dataclass(frozen=True)
class Item:
    number: int
    indicator: Indicator
    ticked: int | None


@dataclass(frozen=True)
class Part:
    """One dimension: its items, what they come to so far, how many are still open."""

    dimension: Dimension
    items: tuple[Item, ...]

    @property
    def points(self) -> int:
        return sum(item.ticked or 0 for item in self.items)

    @property
    def open(self) -> int:
        return sum(item.ticked is None for item in self.items)


@dataclass(frozen=True)
class Tally:
    """The sums, as the bar at the side (on a phone: at the foot) says them."""

    parts: tuple[Part, ...]
    version: int
    saved_at: Any = None
    problem: str = ""

    @property
    def points(self) -> int:
        return sum(part.points for part in self.parts)

    @property
    def most(self) -> int:
        return scale().most

    @property
    def total(self) -> int:
        return len(scale().indicators)

    @property
    def done(self) -> int:
        return self.total - sum(part.open for part in self.parts)


@dataclass(frozen=True)
class More:
    """A question after the 26 items, with its answer as the page writes it."""

    question: Question
    answer: str
    options: tuple[tuple[str, str], ...]


def parts_of(answers: Mapping[str, Any]) -> tuple[Part, ...]:
    found, number = [], 0
    for dimension in scale().dimensions:
        items = []
        for indicator in dimension.indicators:
            number += 1
            ticked = answers.get(indicator.key)
            items.append(Item(number, indicator, int(ticked) if ticked not in (None, "") else None))
        found.append(Part(dimension, tuple(items)))
    return tuple(found)


YES_NO = (("yes", "是"), ("no", "否"))


def more_of(answers: Mapping[str, Any]) -> list[More]:
    found = []
    for question in (*CHANGES, *ROUND):
        value = answers.get(question.key)
        if question.kind == "yes_no":
            said = {True: "yes", False: "no"}.get(value, "" if value is None else str(value))
            found.append(More(question, said, YES_NO))
        else:
            found.append(More(question, "" if value is None else str(value), tuple(question.options)))
    return found


def typed(data: Mapping[str, Any]) -> dict[str, Any]:
    """The sheet's own keys out of a posted page, empty ones left out."""
    found = {}
    for question in SHEET:
        value = data.get(question.key, "")
        if value != "":
            found[question.key] = {"yes": True, "no": False}.get(value, value)
    return found
