"""ServiceItem: one of the eight words. What can be applied for, from the form to the last notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, ClassVar

from minzheng.foundation.forms import Form
from minzheng.foundation.items.clocks import Clock
from minzheng.foundation.items.steps import Move, Office, Step
from minzheng.foundation.registry.words import Word

# In `roles`: the applicant (or whoever applied for them), not an officer.
APPLICANT = "applicant"
# The step at which a case waits for its applicant to come (usual/counter.py).
IN_PERSON = "waiting"
# In `roles`: a scheduled job, for what law lets happen by lapse of time.
SYSTEM = "system"


class Track(StrEnum):
    """Which legal way a case goes: limits and the confirming office depend on it."""

    ORDINARY = "ordinary"
    DELEGATED = "delegated"
    SPECIAL = "special"
    AWAY = "away"

    @property
    def label(self) -> str:
        return TRACK_LABELS[self]


TRACK_LABELS = {
    Track.ORDINARY: "普通程序",
    Track.DELEGATED: "委托乡镇（街道）审核确认",
    Track.SPECIAL: "特殊情形",
    Track.AWAY: "异地受理（跨省通办）",
}


@dataclass(frozen=True, kw_only=True)
class Material:
    """A paper that is asked for, and why it cannot be had from another office (社会救助法 第六十二条)."""

    key: str
    title: str
    why: str
    required: bool = True
    per_member: bool = False


@dataclass(frozen=True, kw_only=True)
class NoticeKind:
    """A notice (公示, 通知书…). `shows` names the only values of the case that it may carry (民发〔2021〕57号)."""

    key: str
    title: str
    mark: str  # the words of its number, e.g. 民救受 in 431227〔2026〕民救受3号
    cite: str
    shows: tuple[str, ...] = ("applicant", "item", "number", "date")
    is_public: bool = False


@dataclass(frozen=True, kw_only=True)
class ServiceItem(Word):
    """An item. Rule names are those of the line's rules.py; parameters are standards (standards/*.yaml).

    `delegation` names the yes/no standard that hands confirmation to the township (委托) in a county.
    With `members=""` the item is about the applicant alone: its rules are rules of a person, and nobody else's
    facts are looked at. `reasons` are the refusal reasons that concern it (without them: all of its line's, but
    for those in the `rules` file of another item).
    """

    file: ClassVar[str] = "items"
    icon: str = "home-heart"  # in the hall; one of frontend/icons.txt
    summary: str
    known_as: str = (
        ""  # what people call it, beside its title: 低保 低保户; the hall's search finds it by these
    )
    cite: str
    form: Form
    steps: tuple[Step, ...]
    clocks: tuple[Clock, ...] = ()
    materials: tuple[Material, ...] = ()
    notices: tuple[NoticeKind, ...] = ()
    eligibility: tuple[str, ...] = ()  # yes/no rules; one that holds is enough
    amount: str = ""
    reasons: tuple[str, ...] = ()  # rules named reason_…
    rules: str = ""  # the rules*.py of its line that is this item's alone
    recalls: Callable[[Any, dt.date], dict[str, Any]] | None = (
        None  # (case, day) → facts that only earlier cases know: was there help for the same cause?
    )
    grade: str = ""  # the grade with which its right begins (供养方式)
    changes_from: Callable[[Any], dt.date | None] | None = (
        None  # case → the day whose next month a changed amount counts from; None: the day of the decision
    )
    # (case, answers, source, day) → names of facts that the line keeps in a register of its own instead of a sheet
    keeps: Callable[[Any, Mapping[str, Any], str, dt.date], Collection[str]] | None = None
    reads: str = "case.read"  # the permission that shows its cases to officers
    once: bool = False  # helps once: the amount is not one of every month
    benefit: str = ""
    delegation: str = ""
    delegated_up_to: str = ""  # standard (fen): up to this amount the township confirms
    for_organisations: bool = (
        False  # applied for by an organisation through its account (docs/decisions/0019)
    )
    # (region, day) → the form as a place asks it that day, where provinces ask for more; None: everywhere the same
    form_at: Callable[[str, dt.date], Form] | None = None
    about: str = ""  # the kind of facility that an organisation's case is about; "": the organisation itself
    members: str = "members"  # key of the form's group that lists the family; "": the applicant alone
    review_after: Callable[[Any], str] | None = (
        None  # case → name of the standard with the months until its review
    )

    @property
    def is_personal(self) -> bool:
        """Whether it is about the applicant alone."""
        return not self.members

    @property
    def is_finished_in_person(self) -> bool:
        """Sent in beforehand, finished where the applicant comes to (usual/counter.py)."""
        return any(step.key == IN_PERSON for step in self.steps)

    @property
    def accepted_by_county(self) -> bool:
        """Whether what is handed in comes to the county's desk first: then the county's own window takes it too."""
        first = [move.to for move in self.first_step.moves if "submitted" in move.marks]
        return bool(first) and all(self.step(key).office == Office.COUNTY for key in first)

    def at(self, region: str, on: dt.date) -> ServiceItem:
        """The item with the form that is asked in this place on this day."""
        return self if self.form_at is None else replace(self, form=self.form_at(region, on))

    def step(self, key: str) -> Step:
        for step in self.steps:
            if step.key == key:
                return step
        raise LookupError(f"事项 {self.code} {self.title} 没有步骤“{key}”。")

    def notice(self, key: str) -> NoticeKind:
        for notice in self.notices:
            if notice.key == key:
                return notice
        raise LookupError(f"事项 {self.code} {self.title} 没有文书“{key}”。")

    def clock(self, key: str) -> Clock:
        for clock in self.clocks:
            if clock.key == key:
                return clock
        raise LookupError(f"事项 {self.code} {self.title} 没有时限“{key}”。")

    @property
    def first_step(self) -> Step:
        return self.steps[0]

    @property
    def all_moves(self) -> Iterable[tuple[Step, Move]]:
        return ((step, move) for step in self.steps for move in step.moves)
