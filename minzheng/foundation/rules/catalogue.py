"""The catalogue of facts: what may be said about a person or a household, in which unit, and who can prove it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from .errors import RuleError
from .kinds import PERIODS, Kind
from .yaml_text import read_own_yaml

FIELDS = {
    "name",
    "entity",
    "type",
    "unit",
    "label",
    "options",
    "source",
    "default",
    "min",
    "max",
    "past",
    "held",
    "about",
    "help",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One declared fact. `default` (engine value) exists only where law lets absence mean something.

    `held` is the code of a benefit: the fact is answered by who holds that right (benefits/fact_views.py).
    `about` says what is judged where it is no family (an institution's scores): nobody asks a family for it.
    """

    name: str
    entity: str
    kind: Kind
    label: str
    source: str
    default: int | bool | None
    least: int | None
    most: int | None
    past: bool
    help: str
    file: str
    held: str = ""
    about: str = ""

    def read(self, raw: Any, on: int, *, fen: bool = False) -> int | bool:
        """Engine value of a written one; ValueError in Chinese, without the fact's name."""
        value = self.kind.read(raw, fen=fen)
        if self.kind.name in ("money", "int"):
            if self.least is not None and value < self.least:
                raise ValueError(f"不能小于 {self.kind.show(self.least)}，填的是“{raw}”")
            if self.most is not None and value > self.most:
                raise ValueError(f"不能大于 {self.kind.show(self.most)}，填的是“{raw}”")
        if self.past and value > on:
            raise ValueError(f"不能晚于办理日期，填的是“{raw}”")
        return value


class FactCatalogue:
    """All facts of an installation by name."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.facts: dict[str, Fact] = {}
        for fact in facts:
            if other := self.facts.get(fact.name):
                raise RuleError(
                    fact.file, f"事实 {fact.name} 已在 {other.file} 声明过", "换一个名字，或删去其中一处"
                )
            self.facts[fact.name] = fact

    @classmethod
    def load(cls, files: Iterable[Path]) -> FactCatalogue:
        return cls(fact for file in files for fact in read_facts_file(file))

    def __getitem__(self, name: str) -> Fact:
        return self.facts[name]

    def __contains__(self, name: object) -> bool:
        return name in self.facts

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts.values())

    @cached_property
    def defaults(self) -> dict[str, dict[str, int | bool]]:
        """{entity: {fact: what its absence means}}, for the facts of which law says so."""
        found: dict[str, dict[str, int | bool]] = {"person": {}, "household": {}}
        for fact in self:
            if fact.default is not None and fact.entity in found:
                found[fact.entity][fact.name] = fact.default
        return found

    def nearest(self, name: str) -> str:
        """A hint for a mistyped name, or nothing."""
        close = difflib.get_close_matches(name, self.facts, 1)
        return f"，是否想写 {close[0]}（{self.facts[close[0]].label}）" if close else ""


def read_facts_file(file: Path) -> Iterator[Fact]:
    """Facts of one facts.yaml; RuleError names the entry and the remedy."""
    for entry in read_own_yaml(file)["facts"]:
        yield _fact(entry, str(file))


def _fact(entry: dict[str, Any], file: str) -> Fact:
    where = f"{file} 的 {entry.get('name', '（无名事实）')}"
    if extra := set(entry) - FIELDS:
        raise RuleError(
            where, f"有不认识的栏目 {'、'.join(sorted(extra))}", f"只用 {'、'.join(sorted(FIELDS))}"
        )
    for field in ("name", "entity", "type", "label", "source"):
        if not entry.get(field):
            raise RuleError(where, f"缺少 {field}", f"补上 {field}")
    if entry["entity"] not in ("person", "household"):
        raise RuleError(where, f"entity 不能是 {entry['entity']}", "写 person 或 household")
    kind = read_kind(entry, where)
    default = kind.read(entry["default"]) if entry.get("default") is not None else None
    least = entry.get("min", 0 if kind.name in ("money", "int") else None)
    return Fact(
        entry["name"],
        entry["entity"],
        kind,
        entry["label"],
        entry["source"],
        default,
        least,
        entry.get("max"),
        bool(entry.get("past", False)),
        entry.get("help", ""),
        file,
        entry.get("held", ""),
        entry.get("about", ""),
    )


def read_kind(entry: dict[str, Any], where: str) -> Kind:
    """The kind that `type`, `unit` and `options` of a YAML entry declare."""
    match entry["type"]:
        case "money":
            if entry.get("unit") not in PERIODS:
                raise RuleError(where, "金额没有写明单位", f"unit 写 {'、'.join(PERIODS)} 之一")
            return Kind("money", per=PERIODS[entry["unit"]])
        case "choice" | "choices":
            if not entry.get("options"):
                raise RuleError(where, "没有列出可选项", "用 options 列出每一个可选项")
            return Kind(entry["type"], tuple(entry["options"]))
        case "int":
            return Kind("int", per="month" if entry.get("unit") == "月" else "")
        case "bool" | "date":
            return Kind(entry["type"])
    raise RuleError(where, f"type 不能是 {entry['type']}", "写 bool、int、money、date、choice 之一")
