"""Source: a department's data that may be asked for, as the sharing catalogue (共享目录) lists it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from minzheng.foundation.registry.words import Word


class Purpose(StrEnum):
    """What shared data may be used for. A source names those that it allows; nothing else is ever sent."""

    CHECK = "check"
    REVIEW = "review"
    SCREENING = "screening"
    MONITORING = "monitoring"
    RECORDS = "records"
    STATISTICS = "statistics"
    SERVICE = "service"

    @property
    def label(self) -> str:
        return PURPOSES[self]


PURPOSES = {
    Purpose.CHECK: "申请家庭经济状况核对",
    Purpose.REVIEW: "在册对象定期复核",
    Purpose.SCREENING: "待遇资格比对",
    Purpose.MONITORING: "低收入人口动态监测和主动发现",
    Purpose.RECORDS: "更新人员基础信息",
    Purpose.STATISTICS: "统计（不含个人信息）",
    Purpose.SERVICE: "其他部门办理业务时核实资格",
}
# `things`: registered things by their own number, [{"id": …, "title": …}]
FIELD_KINDS = {"text", "money", "number", "date", "yes_no", "things"}


@dataclass(frozen=True)
class SourceField:
    """One thing that a source can tell about a person. `fact` names the fact of facts.yaml that it states, if any.

    `complete`: "no registration" here proves that there is none. Not so for wages (work without insurance) and for
    houses (self-built, never registered): there it leaves the fact to the declaration and the visit.
    """

    key: str
    title: str
    kind: str  # one of FIELD_KINDS; money comes in whole fen
    fact: str = ""
    complete: bool = True
    help: str = ""


@dataclass(frozen=True, kw_only=True)
class Source(Word):
    """One entry of the sharing catalogue, e.g. Source(code="police.hukou", department="公安机关", …).

    `keep` names the dated standard with the days for which what came from here may be kept (个人信息保护法 第十九条).
    `contact` is an office, never a person. `by_enquiry`: asked about single people over the wire
    (docs/verification.md); else the department delivers files.
    """

    file: ClassVar[str] = "sources"
    department: str
    fields: tuple[SourceField, ...]
    cite: str
    purposes: tuple[Purpose, ...]
    contact: str
    keep: str = "exchange_keep_days"
    by_enquiry: bool = False
    summary: str = ""

    def field(self, key: str) -> SourceField:
        for field in self.fields:
            if field.key == key:
                return field
        raise LookupError(f"共享目录“{self.title}”没有信息项“{key}”。")

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(field.key for field in self.fields)

    def problems(self) -> Iterable[str]:
        if not self.cite:
            yield "没有写依据 cite，请写明允许共享的法规或文件。"
        if not self.purposes:
            yield "没有写允许的用途 purposes，请至少写一项；不写等于谁也不能用。"
        if not self.fields:
            yield "没有信息项 fields，请列出能够共享的信息项。"
        for key in sorted({key for key in self.keys if self.keys.count(key) > 1}):
            yield f"有两个信息项都叫“{key}”，请给其中一个换个 key。"
        for field in self.fields:
            if field.kind not in FIELD_KINDS:
                kinds = "、".join(sorted(FIELD_KINDS))
                yield f"信息项“{field.key}”的 kind “{field.kind}”不认识，请用：{kinds}。"
