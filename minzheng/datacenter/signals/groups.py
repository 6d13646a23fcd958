"""Groups of needy people and layers of the library, as standards/groups.yaml declares them, with dates (S-049, S-057)."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from minzheng.foundation.rules import StandardsError, default_counter
from minzheng.foundation.rules.standards import FOLDER
from minzheng.foundation.rules.yaml_text import read_yaml

FILE = FOLDER / "groups.yaml"
THIRTEEN, NINE = "needy13", "needy9"


@dataclass(frozen=True)
class Group:
    """Who belongs: those for whom the rule says yes, or who hold one of the benefits. A layer may have neither."""

    code: str
    title: str
    rule: str = ""
    benefits: tuple[str, ...] = ()
    standard: tuple[str, ...] = ()  # the standards that say what this group gets or how it is drawn
    of: tuple[str, ...] = ()  # of a layer: groups that put a family into it, beside an open alert


@dataclass(frozen=True)
class GroupSet:
    """One division of the needy into groups, from a day on."""

    code: str
    title: str
    since: dt.date
    cite: str
    mark: str
    groups: tuple[Group, ...]
    rise: str = ""  # standard: yearly rise that is aimed at, per cent


@dataclass(frozen=True)
class Groups:
    sets: tuple[GroupSet, ...]
    layers: tuple[Group, ...] = field(default=())

    def on(self, code: str, day: dt.date) -> GroupSet:
        """The version of a set in force that day; before its first day, the first version."""
        versions = sorted((one for one in self.sets if one.code == code), key=lambda one: one.since)
        if not versions:
            raise LookupError(f"没有代码为 {code} 的人群划分。请在 standards/groups.yaml 里写明。")
        return next((one for one in reversed(versions) if one.since <= day), versions[0])

    @property
    def titles(self) -> dict[str, str]:
        """{group's code: 中文} of every version of every set."""
        return {group.code: group.title for one in self.sets for group in one.groups}


@functools.cache
def declared_groups() -> Groups:
    """What the file says. StandardsError names the entry and the remedy."""
    return read_groups(read_yaml(FILE))


def read_groups(text: dict[str, Any]) -> Groups:
    return Groups(
        tuple(_set(entry) for entry in text["sets"]),
        tuple(_group(entry, "layers") for entry in text["layers"]),
    )


def _set(entry: dict[str, Any]) -> GroupSet:
    for name in ("code", "title", "from", "cite", "groups"):
        if not entry.get(name):
            raise StandardsError(
                f"standards/groups.yaml 的 {entry.get('code', '（无代码）')}", f"缺少 {name}", f"补上 {name}"
            )
    groups = tuple(_group(one, entry["code"]) for one in entry["groups"])
    codes = [group.code for group in groups]
    if len(set(codes)) < len(codes):
        raise StandardsError(
            f"standards/groups.yaml 的 {entry['code']}", "有重复的人群代码", "每个人群用不同的代码"
        )
    return GroupSet(
        entry["code"], entry["title"], entry["from"], entry["cite"], entry.get("mark", ""), groups,
        entry.get("rise", ""),
    )  # fmt: skip


def _group(entry: dict[str, Any], where: str) -> Group:
    group = Group(
        entry["code"],
        entry["title"],
        entry.get("rule", ""),
        tuple(entry.get("benefits", ())),
        tuple(entry.get("standard", ())),
        tuple(entry.get("of", ())),
    )
    if group.rule and group.benefits:
        raise StandardsError(
            f"standards/groups.yaml 的 {where}.{group.code}", "同时写了 rule 和 benefits", "只留一样"
        )
    known = {rule.name for rule in default_counter().book.rules}
    if group.rule and group.rule not in known:
        raise StandardsError(
            f"standards/groups.yaml 的 {where}.{group.code}",
            f"没有名为 {group.rule} 的规则",
            "改正名字，或在 rules*.py 里写这条规则",
        )
    return group


def rules_of(groups: Iterable[Group]) -> list[str]:
    return list(dict.fromkeys(group.rule for group in groups if group.rule))
