"""A reform (改革方案): some standards set to other values in one region from one day; the rest stay as they are.

docs/simulation.md describes the file. Every fault of a file is told at once, in Chinese, with what to write instead.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, prefix_of
from minzheng.foundation.rules import Counter, QuestionError, Standards, StandardsError
from minzheng.foundation.rules.kinds import read_date, to_date
from minzheng.foundation.rules.standards import Value
from minzheng.foundation.rules.yaml_text import read_yaml

FIELDS = {
    "title": "写方案名称",
    "base": "写在哪一套标准上改，例如 hunan",
    "region": '写方案适用地区的代码，并加引号，例如 "431227"',
    "from": "写开始执行的日期，例如 2027-01-01",
    "changes": "写要改的标准，例如 dibao_urban: 620元/月",
}
ORIGIN = "改革方案"


class ReformError(ValueError):
    """The reform cannot be used. `problems` holds every fault found, each with its remedy."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Reform:
    """`region`: code prefix where it holds; `since`: first day; `changes`: {standard: engine value (rules/kinds.py)}."""

    title: str
    base: str
    region: str
    since: dt.date
    changes: Mapping[str, int | bool]

    def as_json(self, standards: Standards) -> dict[str, Any]:
        """What `read_reform` reads again: values as an official writes them."""
        kinds = standards.kinds
        shown = {
            name: kinds[name].plain(value)
            if kinds[name].name in ("bool", "int", "choices")
            else kinds[name].show(value)
            for name, value in self.changes.items()
        }
        return {
            "title": self.title,
            "base": self.base,
            "region": self.region,
            "from": self.since.isoformat(),
            "changes": shown,
        }


def load_reform(file: Path, counter: Counter) -> Reform:
    """The reform of a YAML file."""
    try:
        return read_reform(read_yaml(file), counter)
    except FileNotFoundError:
        raise ReformError([f"没有找到文件 {file}。请核对文件名。"]) from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        raise ReformError(
            [f"{file.name} 不是能读的 YAML。请照 docs/simulation.md 的例子检查缩进和冒号。"]
        ) from None


def read_reform(document: Any, counter: Counter) -> Reform:
    """A checked reform out of a mapping. Raises ReformError with all faults."""
    if not isinstance(document, Mapping):
        raise ReformError(["方案里什么也没有。请照 docs/simulation.md 的例子填写。"])
    problems = [
        f"方案里有不认识的栏目 {name}。只用 {'、'.join(FIELDS)}。" for name in document if name not in FIELDS
    ]
    problems += [
        f"方案缺少 {name}。请{remedy}。" for name, remedy in FIELDS.items() if not document.get(name)
    ]
    if problems:
        raise ReformError(problems)
    region = str(document["region"])
    if not (region.isascii() and region.isdigit() and len(region) in SIGNIFICANT_DIGITS.values()):
        problems.append(f"地区代码 {region} 不对。请写 2、4、6、9 或 12 位数字代码，并加引号。")
    try:
        since = to_date(read_date(document["from"]))
    except ValueError as error:
        problems.append(f"开始日期{error}。")
    try:
        standards = counter.standards(str(document["base"]))
    except QuestionError as error:
        raise ReformError([*problems, str(error)]) from None
    changes, faults = _changes(document["changes"], standards)
    problems += faults
    if problems:
        raise ReformError(problems)
    reform = Reform(
        str(document["title"]).strip(), standards.name, prefix_of(region.ljust(12, "0")), since, changes
    )
    reformed(standards, reform)
    return reform


def _changes(written: Any, standards: Standards) -> tuple[dict[str, int | bool], list[str]]:
    if not isinstance(written, Mapping):
        return {}, ["changes 应一行写一项标准。请写成 dibao_urban: 620元/月 这样。"]
    changes: dict[str, int | bool] = {}
    problems = []
    for name, value in written.items():
        declared = standards.declared.get(name)
        if declared is None:
            close = difflib.get_close_matches(str(name), standards.declared, 1)
            hint = (
                f"是否想写 {close[0]}（{standards.declared[close[0]].label}）？"
                if close
                else "请从标准目录中选择。"
            )
            problems.append(f"没有名为 {name} 的标准。{hint}")
            continue
        try:
            changes[name] = declared.kind.read(value)
        except ValueError as error:
            problems.append(f"{declared.label}（{name}）：{error}。")
    return changes, problems


def reformed(base: Standards, reform: Reform) -> Standards:
    """The base set with the reform's values. Raises ReformError where a floor of the level above is undercut."""
    values = [
        value for name, history in base.values.items() for value in _history(base, name, history, reform)
    ]
    try:
        return Standards(base.name, f"{base.title}，按“{reform.title}”", base.invented, base.declared, values)
    except StandardsError as error:
        raise ReformError([f"{error.problem}。办法：{error.remedy}。"]) from None


def _history(base: Standards, name: str, history: list[Value], reform: Reform) -> Iterator[Value]:
    if name not in reform.changes:
        yield from history
        return
    since = read_date(reform.since)
    new = Value(name, reform.region, since, reform.changes[name], f"测算方案“{reform.title}”", "", "", ORIGIN)
    yield new
    below = [one for one in history if one.region.startswith(new.region) and one.region != new.region]
    for value in history:
        if (value.region, value.since) == (new.region, new.since):
            continue
        if not base.declared[name].floor or value not in below or not _is_under(value, new):
            yield value
        elif value.since >= since:
            yield replace(value, value=new.value)
        else:
            # A region below with a lower value of its own has to follow the raised floor (社会救助法 第十九条).
            yield value
            later = [one for one in below if one.region == value.region and value.since < one.since <= since]
            if not later:
                yield replace(value, since=since, value=new.value, cite=new.cite, origin=ORIGIN)


def _is_under(value: Value, new: Value) -> bool:
    return value.value is not None and new.value is not None and value.value < new.value
