"""Reads a facts document (YAML, JSON or a mapping) about one household. Its form is described in docs/facts.md.

Every fault is collected and reported at once (一次性告知). What is not stated stays unknown, unless the catalogue
gives the fact a default because law lets its absence mean something.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .catalogue import Fact, FactCatalogue
from .errors import FactsError
from .kinds import read_date, to_date
from .yaml_text import read_yaml

KEYS = {"on", "region", "standards", "household", "members", "each_member", "amounts", "title", "expect", "x"}
UNKNOWN = ("未知", None)


@dataclass(frozen=True, slots=True)
class Facts:
    """One household as engine values; None is unknown. `who` names the members for people (not identities)."""

    on: int
    region: str
    standards: str
    household: Mapping[str, int | bool | None]
    members: tuple[Mapping[str, int | bool | None], ...]
    who: tuple[str, ...]

    def plain(self, catalogue: FactCatalogue) -> dict[str, Any]:
        """The document again, with amounts in fen: reading it gives the same facts."""

        def said(values: Mapping[str, int | bool | None]) -> dict[str, Any]:
            return {name: catalogue[name].kind.plain(value) for name, value in values.items()}

        return {
            "amounts": "fen",
            "on": str(to_date(self.on)),
            "region": self.region,
            "standards": self.standards,
            "household": said(self.household),
            "members": [
                {"who": who, **said(member)} for who, member in zip(self.who, self.members, strict=True)
            ],
        }


def load_document(file: Path) -> dict[str, Any]:
    """The raw mapping in a YAML or JSON file; FactsError if there is none."""
    try:
        document = read_yaml(file)
    except FileNotFoundError:
        raise FactsError([f"找不到事实文件 {file}。请检查文件名和所在目录。"]) from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        place = getattr(error, "problem_mark", None)
        line = f"第 {place.line + 1} 行" if place else "文件"
        raise FactsError(
            [
                f"事实文件 {file.name} 的{line}不是合法的 YAML 或 JSON。请检查缩进、冒号和引号，文件须为 UTF-8。"
            ]
        ) from None
    return document


def read_facts(
    document: Any,
    catalogue: FactCatalogue,
    *,
    on: Any = None,
    region: str | None = None,
    standards: str | None = None,
) -> Facts:
    """Checked engine values. The keyword arguments go before what the document says."""
    if not isinstance(document, Mapping):
        raise FactsError(
            ["事实文件的最外层应是 household 和 members 等栏目。请参照 docs/facts.md 的样例填写。"]
        )
    # common YAML readers turn the key `on` into True
    document = {"on" if key is True else key: value for key, value in document.items()}
    problems = [
        f"不认识栏目“{key}”。请只用 on、region、standards、household、members、each_member。"
        for key in document
        if key not in KEYS
    ]
    day = 0
    try:
        day = read_date(on if on is not None else document.get("on"))
    except ValueError as error:
        problems.append(f"办理日期（on）{error}。请在文件里写 on，或用 --on 指定。")
    place = str(region if region is not None else document.get("region", ""))
    if place and not (place.isascii() and place.isdigit()):
        problems.append(f"地区代码（region）应是数字，不能填“{place}”。请填 6、9 或 12 位行政区划代码。")
    fen = document.get("amounts") == "fen"
    household_raw = _part(document, "household", Mapping, problems)
    each = _part(document, "each_member", Mapping, problems)
    members_raw = _part(document, "members", list, problems)
    if not all(isinstance(member, Mapping) for member in members_raw):
        problems.append("members 里的每名成员应各有自己的栏目。请参照 docs/facts.md 的样例填写。")
        members_raw = []
    reader = _Reader(catalogue, day or 99991231, fen, problems)
    who = tuple(str(member.get("who") or f"成员{i}") for i, member in enumerate(members_raw, 1))
    if len(set(who)) < len(who):
        problems.append("有两名成员的 who 相同。请给每名成员不同的称呼。")
    household = reader.read("household", household_raw, "家庭")
    members = tuple(
        reader.read("person", {**each, **member}, name) for name, member in zip(who, members_raw, strict=True)
    )
    if problems:
        raise FactsError(problems)
    name = str(standards if standards is not None else document.get("standards", "national"))
    return Facts(day, place, name, household, members, who)


def _part(document: Mapping[str, Any], key: str, shape: type, problems: list[str]) -> Any:
    """A part of the document, empty if absent; a part of another shape is a problem."""
    part = document.get(key)
    if part is not None and not isinstance(part, shape):
        problems.append(
            f"{key} 应是{'成员列表' if shape is list else '一组“名称: 值”'}。请参照 docs/facts.md 的样例填写。"
        )
    return part if isinstance(part, shape) else shape() if shape is list else {}


class _Reader:
    def __init__(self, catalogue: FactCatalogue, on: int, fen: bool, problems: list[str]) -> None:
        self.catalogue, self.on, self.fen, self.problems = catalogue, on, fen, problems

    def read(self, entity: str, raw: Mapping[str, Any], subject: str) -> dict[str, int | bool | None]:
        values: dict[str, int | bool | None] = dict(self.catalogue.defaults[entity])
        for name, written in raw.items():
            if name == "who" and entity == "person":
                continue
            fact = self._fact(name, entity, subject)
            if fact is None:
                continue
            if written in UNKNOWN:
                values[name] = None
                continue
            try:
                values[name] = fact.read(written, self.on, fen=self.fen)
            except ValueError as error:
                self.problems.append(f"{subject}的{fact.label}（{name}）{error}。请改正后再试。")
        return values

    def _fact(self, name: str, entity: str, subject: str) -> Fact | None:
        if name not in self.catalogue:
            self.problems.append(
                f"{subject}有不认识的事实“{name}”{self.catalogue.nearest(name)}。请对照 docs/facts.md。"
            )
            return None
        fact = self.catalogue[name]
        if fact.entity != entity:
            place = "members 的某名成员" if fact.entity == "person" else "household"
            self.problems.append(f"{fact.label}（{name}）写错了地方。请移到 {place} 下。")
            return None
        return fact
