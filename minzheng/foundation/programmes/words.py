"""The word Programme (行动): campaigns, pilots, projects and yearly points, as a document asked for them.

A line writes them in `programmes.yaml` (docs/programmes.md); nothing else is needed for plan, report, check, closing of
problems, funds, map, indicators and rights.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from minzheng.foundation.facilities.words import FacilityKind
from minzheng.foundation.regions.models import Level
from minzheng.foundation.registry.words import Word, shelf

KINDS = {
    "campaign": "专项行动",
    "project": "建设项目",
    "pilot": "试点",
    "sweep": "排查整治",
    "plan": "年度任务",
    "charity": "慈善项目",
}
UNITS = {
    "facility": "机构和设施",
    "region": "地区",
    "organisation": "组织",
    "household": "抽查家庭",
    "item": "项目",
}
LEVELS = {"county": Level.COUNTY, "township": Level.TOWNSHIP, "village": Level.VILLAGE}
COMPARATORS = {"at_least": "不少于", "at_most": "不超过", "exactly": "等于"}
# How far a target is follows from what is kept anyway. value: (the numerator in words, the denominator in words)
COUNTS = {
    "done": ("已完成的{unit}", ""),
    "done_share": ("已完成的{unit}", "列入计划的{unit}"),
    "figure": ("{unit}填报的“{title}”合计", ""),
    "figure_share": ("{unit}填报的“{title}”合计", "{unit}计划的“{title}”合计"),
    "gate_share": ("“{gate}”已过关的{unit}", "列入计划的{unit}"),
    "checked_share": ("检查清单已全部检查的{unit}", "列入计划的{unit}"),
    "fixed_share": ("已整改并经他人复核的问题", "发现的问题"),
    "paid_share": ("已支付的资金（分）", "计划的资金（分）"),
}


@dataclass(frozen=True)
class Target:
    """What must be reached by a day. `counts`: one of COUNTS; `number`: as the unit reads, money in fen.

    `number` is None where the document names no number: the programme then shows how far it is, and judges nothing.
    `indicator`: the number of the inventory of indicators (N19) that this is; then no second indicator is made.
    """

    code: str
    title: str
    unit: str
    counts: str
    by: dt.date
    comparator: str = "at_least"
    number: Decimal | None = None
    gate: str = ""
    indicator: str = ""
    text: str = ""  # the document's own words, if they differ from the programme's
    gate_title: str = ""

    @property
    def is_share(self) -> bool:
        return self.counts.endswith("_share")

    @property
    def is_money(self) -> bool:
        return self.unit.startswith("元")

    def in_words(self, unit: str) -> tuple[str, str]:
        """(numerator, denominator) in words; no denominator for a count."""
        above, below = COUNTS[self.counts]
        given = {"unit": unit, "title": self.title, "gate": self.gate_title or self.gate}
        return above.format(**given), below.format(**given)


@dataclass(frozen=True)
class Step:
    """A milestone, or a gate (四同步) that must be passed in this order."""

    code: str
    title: str
    by: dt.date | None = None
    needs_proof: bool = False


@dataclass(frozen=True)
class Point:
    """One line of the check-list. A point that fails becomes a problem of its level."""

    code: str
    title: str
    group: str = ""
    level: str = "general"
    cite: str = ""
    penalty: str = ""  # code in standards/penalties.yaml


@dataclass(frozen=True, kw_only=True)
class Programme(Word):
    """One programme. `line` is the 中文 of the line that declares it; `faults` is what could not be read."""

    file: ClassVar[str] = "programmes"

    line: str
    kind: str
    document: str
    seed: str
    asks: str
    region: str  # 12-digit code of the division whose document it is
    since: dt.date
    until: dt.date
    unit: str
    unit_name: str
    facility_kind: str = ""
    level: str = ""  # of the divisions that take part: county, township, village
    benefits: tuple[str, ...] = ()  # whose families are drawn by lot
    targets: tuple[Target, ...] = ()
    milestones: tuple[Step, ...] = ()
    gates: tuple[Step, ...] = ()
    points: tuple[Point, ...] = ()
    sheet: str = ""  # a ScoreSheet by which each undertaking is scored
    closing: str = ""  # the proof that ends an undertaking; empty: none is asked for
    has_funds: bool = False
    publishes: bool = False  # mended problems are published
    fix_within: tuple[tuple[str, str], ...] = ()  # (level, dated standard in days) instead of the usual ones
    note: str = ""
    path: str = ""  # the file it was read from
    faults: tuple[str, ...] = ()

    @property
    def kind_title(self) -> str:
        return KINDS.get(self.kind, self.kind)

    @property
    def steps(self) -> tuple[Step, ...]:
        return (*self.gates, *self.milestones)

    def step(self, code: str) -> Step | None:
        return next((one for one in self.steps if one.code == code), None)

    def point(self, code: str) -> Point | None:
        return next((one for one in self.points if one.code == code), None)

    def target(self, code: str) -> Target | None:
        return next((one for one in self.targets if one.code == code), None)

    @property
    def figures(self) -> tuple[Target, ...]:
        """Targets whose numbers each undertaking plans and reports."""
        return tuple(one for one in self.targets if one.counts.startswith("figure"))

    def runs_in(self, year: int) -> bool:
        return self.since.year <= year <= self.until.year

    def problems(self) -> Iterable[str]:
        where = f"{self.path} 的 {self.code}"
        yield from (f"{where}：{fault}" for fault in self.faults)
        if self.unit == "region" and self.level not in LEVELS:
            yield f"{where}：unit.level“{self.level}”不认识，请写 {'、'.join(LEVELS)} 之一。"
        if self.unit == "household" and not self.benefits:
            yield f"{where}：unit.benefits 没有填写，请写从哪些待遇的家庭里抽查。"
        if self.facility_kind and self.facility_kind not in shelf(FacilityKind):
            yield f"{where}：unit.facility“{self.facility_kind}”不是已声明的设施种类，请写 facilities.py 里的代码。"
        if self.since > self.until:
            yield f"{where}：period 的开始日在结束日之后，请改正。"
        for name in ("targets", "milestones", "gates", "points"):
            codes = [one.code for one in getattr(self, name)]
            for code in sorted({code for code in codes if codes.count(code) > 1}):
                yield f"{where}：{name} 里有两个 {code}，请给其中一个换个代码。"
        for target in self.targets:
            if target.counts == "gate_share" and self.step(target.gate) is None:
                yield f"{where}：targets.{target.code}.gate“{target.gate}”不在 gates 里，请写其中一个的代码。"
            if target.counts == "paid_share" and not self.has_funds:
                yield f"{where}：targets.{target.code} 要数资金，请写 funds: true。"
            if target.counts == "checked_share" and not self.points:
                yield f"{where}：targets.{target.code} 要数检查，请给出 checklist。"
            if target.is_share != (target.unit == "%"):
                yield f"{where}：targets.{target.code}.unit“{target.unit}”与 counts“{target.counts}”不合：占比写 %，其他不写。"
        for level, _ in self.fix_within:
            if level not in ("general", "major"):
                yield f"{where}：fix_within 的“{level}”不认识，请写 general 或 major。"


def line_programmes(line: str) -> list[Programme]:
    return [one for one in shelf(Programme) if one.line == line]
