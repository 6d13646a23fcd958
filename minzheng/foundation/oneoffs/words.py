"""The word OneOff (一次性发放): who is paid once when something has happened, by which rule (handbook A10, A11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.registry.words import Word, shelf


class Per(Enum):
    """Who counts once: each living person under the rights, or each household in which there is one."""

    PERSON = "person"
    HOUSEHOLD = "household"


@dataclass(frozen=True)
class Over:
    """Holders of one benefit; `grades`: only rights of these grades (Entitlement.grade), all of them when empty."""

    benefit: str
    grades: tuple[str, ...] = ()


# An orphan in an institution has no household that would say which standard counts: the county decides, or they wait.
WITHOUT_HOME = Question(
    "category_without_home",
    "没有家庭档案的人（如机构供养）按哪类低保标准？",
    "choice",
    options=(("城市", "城市"), ("农村", "农村")),
    required=False,
    hint="按当地文件选；不选的，这些人列为暂缓，不能确认。",
)


@dataclass(frozen=True, kw_only=True)
class OneOff(Word):
    """`over` in order: who holds several of them is counted under the first. `figures` are asked of the county; their
    keys are facts that `trigger` (a yes/no household rule) and `amount` (fen for one right) read, as is `once_persons`."""

    file: ClassVar[str] = "benefits"

    benefit: str
    over: tuple[Over, ...]
    per: Per
    trigger: str
    amount: str
    period: Callable[[dt.date], str]  # month → what is paid for only once: 2026年10月, 2026年冬
    cite: str
    figures: tuple[Question, ...] = ()
    publicity: str = ""  # standard: natural days on the notice board before it is confirmed
    help: str = ""

    @property
    def form(self) -> Form:
        return Form((Section("figures", self.title, self.figures),))

    def problems(self) -> Iterable[str]:
        if not self.cite:
            yield "cite 没有填写：请写明发放的依据（文号和条款）。"
        if self.benefit not in shelf(Benefit) or not shelf(Benefit).get(self.benefit).once:
            yield f"benefit 写的 {self.benefit} 不是一次性待遇：请在 benefits.py 里声明，并写 once=True。"
        yield from self.form.problems()


def one_off(code: str) -> OneOff:
    """The declared kind; LookupError when no line declares it."""
    return shelf(OneOff).get(code)
