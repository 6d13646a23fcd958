"""Standards (标准): dated values by region from standards/<set>/*.yaml, each with the document that sets it.

A set may extend others; a child region's value goes before its parent's (longest code prefix), and where a standard
is marked `floor: true` a child may raise but never lower it (社会救助法 第十九条). A value of null says that nobody at
that level sets it any more: reading it then gives *undetermined*, naming the missing standard.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .catalogue import FactCatalogue, read_kind
from .errors import QuestionError, StandardsError
from .kinds import Kind, read_date, to_date
from .yaml_text import read_own_yaml

FOLDER = Path(__file__).parents[3] / "standards"
DECLARATION = {"label", "type", "unit", "options", "of", "floor", "help", "values"}
VALUE = {"region", "from", "value", "cite", "confirmed_by", "mark"}


@dataclass(frozen=True, slots=True)
class Declared:
    """A standard's name, kind and whether a child region may only raise it."""

    name: str
    kind: Kind
    label: str
    floor: bool
    file: str
    help: str


@dataclass(frozen=True, slots=True)
class Value:
    """One dated value: engine value (None: no longer set here), region prefix, first day, source document.

    `mark` is the confidence of the handbook (V read, K known, U to be confirmed); `confirmed_by` who checked it locally.
    """

    name: str
    region: str
    since: int
    value: int | bool | None
    cite: str
    mark: str
    confirmed_by: str
    origin: str


class Standards:
    """One set together with those it extends."""

    def __init__(
        self, name: str, title: str, invented: bool, declared: Mapping[str, Declared], values: Iterable[Value]
    ) -> None:
        self.name, self.title, self.invented, self.declared = name, title, invented, declared
        self.values: dict[str, list[Value]] = {known: [] for known in declared}
        for value in values:
            self.values[value.name].append(value)
        for history in self.values.values():
            history.sort(key=lambda value: (value.region, value.since))
        self._refuse_lowered_floors()

    @property
    def kinds(self) -> dict[str, Kind]:
        return {name: declared.kind for name, declared in self.declared.items()}

    @functools.lru_cache(maxsize=4096)  # noqa: B019 a set lives as long as the process
    def row(self, region: str, on: int) -> dict[str, Value]:
        """The values in force for a region code on a day, by name; a name without any value is absent."""
        row = {}
        for name, history in self.values.items():
            best = None
            for value in history:
                # sorted by region then date, so the last match is the longest prefix's latest value
                if value.since <= on and region.startswith(value.region):
                    best = value
            if best is not None and best.value is not None:
                row[name] = best
        return row

    def _refuse_lowered_floors(self) -> None:
        for name, declared in self.declared.items():
            if not declared.floor:
                continue
            history = self.values[name]
            for value in history:
                parents = [
                    other
                    for other in history
                    if value.region.startswith(other.region)
                    and other.region != value.region
                    and other.value is not None
                ]
                for parent in parents:
                    self._refuse_if_lower(declared, value, parent, history)

    def _refuse_if_lower(self, declared: Declared, child: Value, parent: Value, history: list[Value]) -> None:
        later = [v.since for v in history if v.region == child.region and v.since > child.since]
        replaced = [v.since for v in history if v.region == parent.region and v.since > parent.since]
        overlap = max(child.since, parent.since) < min([*later, *replaced, 99999999])
        if overlap and child.value is not None and parent.value is not None and child.value < parent.value:
            show = declared.kind.show
            raise StandardsError(
                f"{child.origin} 的 {declared.name}",
                f"{child.region} 自 {to_date(child.since)} 的{declared.label} {show(child.value)} 低于上级"
                f" {parent.region or '全国'} 的 {show(parent.value)}（{parent.cite}）",
                "下级标准只能提高不能降低，请核对数值，或按上级标准补一条新的起始日期",
            )


def load_standards(name: str, catalogue: FactCatalogue, folder: Path = FOLDER) -> Standards:
    """The named set with all it extends. StandardsError names file, entry and remedy."""
    if not (folder / name / "set.yaml").is_file():
        known = sorted(path.parent.name for path in folder.glob("*/set.yaml"))
        raise QuestionError(f"没有名为“{name}”的标准集。办法：从 {'、'.join(known)} 中选一个。")
    declared: dict[str, Declared] = {}
    values: list[Value] = []
    order = _extended(name, folder, ())
    for one in order:
        for file in sorted((folder / one).glob("*.yaml")):
            if file.name != "set.yaml":
                for standard_name, entry in (read_own_yaml(file) or {}).items():
                    _declare(standard_name, entry, file, catalogue, declared)
                    values.extend(_values(standard_name, entry, file, declared[standard_name]))
    head = read_own_yaml(folder / name / "set.yaml")
    return Standards(name, head["title"], bool(head.get("invented", False)), declared, values)


def _extended(name: str, folder: Path, seen: tuple[str, ...]) -> list[str]:
    """Sets from the most general to the asked one, each once."""
    if name in seen:
        raise StandardsError(f"standards/{name}/set.yaml", "extends 绕成了一圈", "去掉其中一个 extends")
    order: list[str] = []
    for parent in read_own_yaml(folder / name / "set.yaml").get("extends", []):
        order += [one for one in _extended(parent, folder, (*seen, name)) if one not in order]
    return [*order, name]


def _declare(
    name: str, entry: dict[str, Any], file: Path, catalogue: FactCatalogue, declared: dict[str, Declared]
) -> None:
    where = f"{file.parent.name}/{file.name} 的 {name}"
    if extra := set(entry) - DECLARATION:
        raise StandardsError(
            where, f"有不认识的栏目 {'、'.join(sorted(extra))}", f"只用 {'、'.join(sorted(DECLARATION))}"
        )
    if name in declared:
        if "type" in entry:
            raise StandardsError(
                where, f"已在 {declared[name].file} 声明过", "这里只写 values，不再写 label、type、unit"
            )
        return
    for field in ("label", "type"):
        if not entry.get(field):
            raise StandardsError(where, f"第一次出现却没有 {field}", f"补上 {field}，或检查名字是否写错")
    if of := entry.get("of"):
        if of not in catalogue:
            raise StandardsError(where, f"of 指向的事实 {of} 不存在", "写 facts.yaml 里声明的一个选项事实")
        entry = {**entry, "options": catalogue[of].kind.options}
    kind = read_kind(entry, where)
    declared[name] = Declared(
        name,
        kind,
        entry["label"],
        bool(entry.get("floor", False)),
        f"{file.parent.name}/{file.name}",
        entry.get("help", ""),
    )


def _values(name: str, entry: dict[str, Any], file: Path, declared: Declared) -> Iterator[Value]:
    origin = f"standards/{file.parent.name}/{file.name}"
    seen: set[tuple[str, int]] = set()
    for written in entry.get("values", []):
        where = f"{origin} 的 {name}"
        if extra := set(written) - VALUE:
            raise StandardsError(
                where, f"有不认识的栏目 {'、'.join(sorted(extra))}", f"只用 {'、'.join(sorted(VALUE))}"
            )
        for field in ("from", "cite"):
            if not written.get(field):
                raise StandardsError(
                    where, f"有一个值没有 {field}", "每个值都要写起始日期 from 和依据文件 cite"
                )
        region = str(written.get("region", ""))
        if region and not (region.isascii() and region.isdigit() and len(region) in (2, 4, 6, 9, 12)):
            raise StandardsError(where, f"地区代码 {region} 不对", "写 2、4、6、9 或 12 位数字代码，并加引号")
        since = read_date(written["from"])
        if (region, since) in seen:
            raise StandardsError(where, f"{region or '全国'} 自 {to_date(since)} 写了两次", "只留一条")
        seen.add((region, since))
        try:
            value = None if written["value"] is None else declared.kind.read(written["value"])
        except (ValueError, KeyError) as error:
            raise StandardsError(where, f"值读不懂：{error}", f"按 {declared.kind} 填写") from None
        yield Value(
            name,
            region,
            since,
            value,
            written["cite"],
            written.get("mark", ""),
            written.get("confirmed_by") or "",
            origin,
        )
