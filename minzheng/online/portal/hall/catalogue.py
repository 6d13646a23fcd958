"""What can be applied for, and how one item goes, in words for citizens: all from the item's declaration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps

from minzheng.foundation.items import MARKS, ServiceItem, Status, Track
from minzheng.foundation.items.figures import Figures
from minzheng.foundation.registry.words import shelf

TO_THE_DECISION = {
    "submitted",
    "corrected",
    "accepted",
    "transferred",
    "posted",
    "received",
    "granted",
    "refused",
}


def items_by_line() -> list[tuple[str, list[ServiceItem]]]:
    """(line of business, its items), in the order of the installation; only what a citizen may apply for."""
    lines: dict[str, list[ServiceItem]] = {}
    for item in shelf(ServiceItem):
        if item.first_step.status == Status.DRAFT:
            lines.setdefault(_line_of(item), []).append(item)
    return list(lines.items())


def find(words: str) -> list[ServiceItem]:
    """The items that speak of `words`, the nearest first, in the words of people and not of the catalogue.

    Two characters are the least that means something in Chinese: an item is as near as it holds pairs of them.
    """
    asked = "".join(words.split())
    pairs = {asked[at : at + 2] for at in range(max(1, len(asked) - 1))} if asked else set()
    found = []
    for _, items in items_by_line():
        for item in items:
            named, told = f"{item.title} {item.known_as}", item.summary
            near = sum(3 * (pair in named) + (pair in told) for pair in pairs)
            if near:
                found.append((-near, item.code, item))
    return [item for _, _, item in sorted(found, key=lambda each: each[:2])]


def _line_of(item: ServiceItem) -> str:
    config = apps.get_containing_app_config(item.origin)
    return str(config.verbose_name) if config else "其他"


@dataclass(frozen=True)
class Promise:
    """One legal limit in words: 受理之日起3个工作日内 · 开始入户调查."""

    title: str
    within: str
    note: str
    cite: str


def promises(item: ServiceItem, figures: Figures, track: Track | None = None) -> Iterator[Promise]:
    """The limits on the way to the decision and its notice; those of later reviews are told when they begin.

    With a `track`, only the limits of that way: who has just applied should not choose among three.
    """
    for clock in item.clocks:
        if clock.starts not in TO_THE_DECISION or (track and clock.track not in ("", track)):
            continue
        within = f"{MARKS[clock.starts]}之日起{clock.period(figures)}{'' if clock.earliest else '内'}"
        notes = [Track(clock.track).label] if clock.track and not track else []
        if clock.promise is not None:
            notes.append(f"本地承诺{clock.promise}{clock.unit.label}")
        yield Promise(clock.title, within, "；".join(notes), clock.cite)
