"""The word Benefit (待遇): what is paid, from which month, what it excludes, which event ends it (design §3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from minzheng.foundation.benefits.months import month_of, next_month
from minzheng.foundation.people.models import Person
from minzheng.foundation.registry.words import Word, all_shelves, shelf


class Unit(Enum):
    """Whose right it is."""

    HOUSEHOLD = "household"
    PERSON = "person"
    ORGANISATION = "organisation"  # subsidies and settlements, granted by organisations.py


class Start(Enum):
    """First month of payment (DC6)."""

    MONTH_AFTER_DECISION = "month_after_decision"
    MONTH_OF_APPLICATION = "month_of_application"
    MONTH_REACHED = "month_reached"
    MONTH_OF_DECISION = "month_of_decision"  # of what is given once


@dataclass(frozen=True)
class Exclusion:
    """A benefit that the same person may not hold at the same time (handbook 0.4).

    `apart`: the right of a family goes on without the person who holds the other benefit; its rule leaves them out.
    """

    benefit: str
    cite: str
    apart: bool = False


@dataclass(frozen=True)
class SilentCertification:
    """静默认证 (S-114): the right goes on unasked as long as each month's data confirm it (datacenter/certification).

    Every holder must be alive, not have moved out of the province and hold no benefit that excludes this one.
    `certificate` names the person's date fact with the last day on which the certificate is valid. `doubted` gives
    SQL of (person_id, evidence): whose right the data of %(on)s put in doubt, and by what, in words that name nobody.
    """

    cite: str
    certificate: str = ""
    doubted: Callable[[], str] | None = None


@dataclass(frozen=True, kw_only=True)
class Benefit(Word):
    """What is paid each month, in the words of the line that declares it."""

    file: ClassVar[str] = "benefits"

    item: (
        str  # code of the service item that grants it; "" for what is given without an application (oneoffs)
    )
    unit: Unit
    amount: str  # name of the rule that gives whole fen a month; "" for what a line computes itself (organisations)
    start: Start
    cite: str  # basis of the start month
    programme: str  # 资金项目: the name under which the ledger keeps its money
    excludes: tuple[Exclusion, ...] = ()
    ends_on: tuple[str, ...] = ("death",)  # kinds of life event (people.LifeEventKind)
    whose: str = ""  # of a household's right: the yes/no person rule that says for which members it counts
    silent: SilentCertification | None = None
    by_visit: bool = False  # who is due it is seen on a visit, not in registers: nobody is screened for it
    once: bool = False  # one month's payment and no more: months without it need no list
    proactive: bool = False  # granted without an application when the data say so (S-030)
    backpay: str = ""  # standard: how many months before the application are paid at the most (DC6)
    reached: Callable[[Person, dt.date], dt.date | None] | None = (
        None  # (person, a day) → the day on which the condition was met, for Start.MONTH_REACHED
    )
    bands: tuple[str, ...] = ()  # standards: ages at which the amount changes by itself (benefits/ages.py)
    until_age: str = ""  # standard: the month in which this age is reached is the last one (benefits/ages.py)
    follows_hukou: bool = False  # on a move it is handed over: the old place pays the month of the move (0.7)

    def first_month(
        self, decided_on: dt.date, applied_on: dt.date | None = None, reached_on: dt.date | None = None
    ) -> dt.date:
        """First payable month. Raises ValueError when the day that the start rule counts from is missing."""
        if self.start is Start.MONTH_AFTER_DECISION:
            return next_month(decided_on)
        if self.start is Start.MONTH_OF_DECISION:
            return month_of(decided_on)
        counted_from = applied_on if self.start is Start.MONTH_OF_APPLICATION else reached_on
        if counted_from is None:
            missing = "申请日期" if self.start is Start.MONTH_OF_APPLICATION else "达到条件的日期"
            raise ValueError(f"“{self.title}”的起发月要按{missing}计算，请先填写{missing}。")
        return month_of(counted_from)

    def excluded_codes(self) -> dict[str, str]:
        """Codes of benefits that exclude this one, declared on either side, with the citation."""
        found = {exclusion.benefit: exclusion.cite for exclusion in self.excludes}
        for other in shelf(Benefit):
            for exclusion in other.excludes:
                if exclusion.benefit == self.code:
                    found.setdefault(other.code, exclusion.cite)
        return found

    def held_apart(self) -> set[str]:
        """Of the excluded benefits those that go on side by side, because one of both leaves the person out."""
        own = {exclusion.benefit for exclusion in self.excludes if exclusion.apart}
        return own | {
            other.code
            for other in shelf(Benefit)
            for exclusion in other.excludes
            if exclusion.apart and exclusion.benefit == self.code
        }

    def problems(self) -> Iterable[str]:
        if not self.cite:
            yield "cite 没有填写：请写明起发月的依据（文号和条款）。"
        for found in all_shelves():
            if found.word.file == "items" and len(found) and self.item and self.item not in found:
                yield f"item 写的事项 {self.item} 不存在：请改为已声明的事项代码。"
        if self.code in {exclusion.benefit for exclusion in self.excludes}:
            yield "excludes 里有它自己：请删去。"
        if self.silent and not self.silent.cite:
            yield "silent 的 cite 没有填写：请写明静默认证的依据。"
        if self.proactive and (self.unit is not Unit.PERSON or not self.backpay):
            yield "proactive 只用于按个人确认的待遇，并要在 backpay 里写明补发月数的标准。"


def benefit(code: str) -> Benefit:
    """The declared benefit; LookupError when no line declares it."""
    return shelf(Benefit).get(code)


def benefit_title(code: str) -> str:
    """A benefit's title; a code that no line declares (from an older system, or about no benefit) stands for itself."""
    return shelf(Benefit).get(code).title if code in shelf(Benefit) else code
