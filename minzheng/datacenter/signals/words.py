"""The words Signal (预警) and OwnFact: what needs a visit, and which facts the department's own books answer.

A signal never grants and never stops anything: it opens a visit (国办发〔2023〕39号). docs/signals.md shows one declared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from django.conf import settings

from minzheng.foundation.registry.words import Word
from minzheng.foundation.rules import default_counter


class Unit(Enum):
    """Whom an alert is about."""

    HOUSEHOLD = "household"
    PERSON = "person"


@dataclass(frozen=True)
class Hit:
    """Someone for whom a signal holds. `digest` tells whether it is the same reason as last time."""

    region: str
    household: int | None
    person: int | None
    digest: str
    detail: dict[str, object]

    @property
    def subject(self) -> tuple[int | None, int | None]:
        return self.household, self.person


# (month, county's code prefix) → hits; for what no rule over one household can see
Query = Callable[[dt.date, str], Iterable[Hit]]


@dataclass(frozen=True, kw_only=True)
class Signal(Word):
    """One thing that must not be, or that needs a visit.

    `test` names a yes/no rule (rules*.py), so that the counter and the population say the same and an unknown fact
    gives no answer; `query` is a set query instead. `needs` are facts that some other department delivers: when
    one was never delivered, or too long ago, the signal is broken and says so. Days, weight, switch and thresholds
    are standards: signal_<code>_days, signal_<code>_weight, signal_<code>_on.
    """

    file: ClassVar[str] = "signals"

    cite: str
    unit: Unit
    task: str  # code of the TaskKind: who is sent
    look_for: str  # what the visitor is asked to find out
    test: str = ""
    query: Query | None = None
    among: str = ""  # rule that says whom the signal is about; default: everybody
    needs: tuple[str, ...] = ()
    max_age: str = "signal_data_days"  # standard: days after which a delivered fact is too old

    @property
    def switch(self) -> str:
        return f"signal_{self.code}_on"

    @property
    def within(self) -> str:
        return f"signal_{self.code}_days"

    @property
    def weight(self) -> str:
        return f"signal_{self.code}_weight"

    def problems(self) -> Iterable[str]:
        book = default_counter().book
        declared = default_counter().standards(settings.STANDARDS_SET).declared
        if bool(self.test) == bool(self.query):
            yield "test 和 query 要写一样，也只写一样：能用规则说清的写 test。"
        for name in filter(None, (self.test, self.among)):
            versions = [rule for rule in book.rules if rule.name == name]
            if not versions:
                yield f"没有名为 {name} 的规则：请在 rules*.py 里写这条规则。"
            elif any(rule.entity != self.unit.value for rule in versions):
                yield f"规则 {name} 的对象与 unit 不同：家庭预警用 @household，人员预警用 @person。"
        for name in (self.switch, self.within, self.weight, self.max_age):
            if name not in declared:
                yield f"没有标准 {name}：请在 standards/ 里写明数值、起始日期和依据。"
        for name in self.needs:
            if name not in book.catalogue:
                yield f"needs 里的事实 {name} 没有声明：请在 facts.yaml 里声明，或改正名字。"


@dataclass(frozen=True, kw_only=True)
class OwnFact(Word):
    """A fact that the department's own tables answer, for everybody at once. `code` is the fact's name.

    `select` is SQL of (person or household id, engine value) for the county from %(first)s to %(last)s on the day
    %(on)s; %(only)s is null, or the ids asked for. Who is not selected keeps the fact's default.
    """

    file: ClassVar[str] = "signals"

    select: str

    def problems(self) -> Iterable[str]:
        if self.code not in default_counter().book.catalogue:
            yield f"事实 {self.code} 没有声明：请在 facts.yaml 里声明。"
        for name in ("first", "last", "on", "only"):
            if f"%({name})s" not in self.select:
                yield f"select 没有用到 %({name})s：请按 OwnFact 的说明补上条件。"
