"""The word ScoreSheet (评分表): parts, items, grades and how long a grade holds; from standards/scoring/*.yaml.

Sheets are dated and cited like any standard: an assessment is judged by the version of the day on which it began, and a
province's own version goes before the national one (docs/programmes.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from minzheng.foundation.regions.models import Level
from minzheng.foundation.registry.words import Word


@dataclass(frozen=True)
class Item:
    """One thing that is scored, in whole points from 0 to `most`."""

    code: str
    title: str
    most: int
    hint: str = ""


@dataclass(frozen=True)
class Part:
    code: str
    title: str
    items: tuple[Item, ...]

    @property
    def most(self) -> int:
        return sum(item.most for item in self.items)


@dataclass(frozen=True)
class Grade:
    """A grade is given at `total` points or more, with at least `part_percent` of the points in every part."""

    grade: int
    title: str
    total: int
    part_percent: int = 0


@dataclass(frozen=True)
class Version:
    """The sheet as it holds from a day on, for a division (12 digits) and what lies below it."""

    since: dt.date
    cite: str
    parts: tuple[Part, ...]
    grades: tuple[Grade, ...] = ()
    conditions: tuple[str, ...] = ()  # each must be confirmed before anybody scores
    region: str = ""
    mark: str = ""
    declared_most: Mapping[str, int] | None = None  # what the document gives each part
    awarded_by: Mapping[int, Level] = field(
        default_factory=dict
    )  # grade → the lowest level that may award it

    @property
    def key(self) -> str:
        return f"{self.since.isoformat()}/{self.region}"

    @property
    def most(self) -> int:
        return sum(part.most for part in self.parts)

    @property
    def items(self) -> dict[str, Item]:
        return {item.code: item for part in self.parts for item in part.items}

    def sums(self, points: Mapping[str, int]) -> dict[str, int]:
        """{part: points} of scores by item; an item that nobody scored counts as missing (KeyError)."""
        return {part.code: sum(points[item.code] for item in part.items) for part in self.parts}


@dataclass(frozen=True, kw_only=True)
class ScoreSheet(Word):
    """One sheet. `rule` names the Rule that decides (its facts are score_<part>); without one the version's grades do.

    `subject`: what is scored (养老机构); `facility`: code of the FacilityKind, if it is one. `certificate`: what is issued.
    """

    file: ClassVar[str] = "scoring"

    line: str
    subject: str
    versions: tuple[Version, ...]
    facility: str = ""
    rule: str = ""
    titles: tuple[tuple[int, str], ...] = ()  # grade → 中文, where a Rule decides
    certificate: str = ""
    is_rating: bool = True  # False: scores and ranks only, no committee, no grade
    has_own_pages: bool = False  # its line scores people by it; it stands on no general page
    path: str = ""
    faults: tuple[str, ...] = ()

    def version_on(self, day: dt.date, region: str = "") -> Version | None:
        """The version in force for a place: the smallest division that has one, and its newest."""
        fitting = [
            one
            for one in self.versions
            if one.since <= day and region.startswith(one.region.rstrip("0") or "")
        ]
        return max(fitting, key=lambda one: (len(one.region.rstrip("0")), one.since), default=None)

    def version(self, key: str) -> Version:
        return next(one for one in self.versions if one.key == key)

    def problems(self) -> Iterable[str]:
        where = f"{self.path} 的 {self.code}"
        yield from (f"{where}：{fault}" for fault in self.faults)
        if not self.versions:
            yield f"{where}：versions 没有填写，请至少给一个版本。"
        for one in self.versions:
            codes = [item.code for part in one.parts for item in part.items]
            for code in sorted({code for code in codes if codes.count(code) > 1}):
                yield f"{where}：{one.since} 版有两个 {code}，请给其中一个换个代码。"
            for part in one.parts:
                stated = (one.declared_most or {}).get(part.code)
                if stated is not None and stated != part.most:
                    yield f"{where}：{one.since} 版 {part.title} 各项合计 {part.most} 分，文件规定 {stated} 分，请核对。"
            if self.is_rating and not self.rule and not one.grades:
                yield f"{where}：{one.since} 版没有 grades，也没有 rule；请写明怎样定级。"
