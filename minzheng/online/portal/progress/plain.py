"""A stored decision (rules' as_json) for the family it is about: each condition, the sums, the standards used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from minzheng.foundation.cases.models import Case

ANSWERS = {True: ("符合", "ok"), False: ("不符合", "bad"), None: ("还不能确定", "warn")}
AGAINST = {True: ("有这种情形", "bad"), False: ("没有这种情形", "ok"), None: ANSWERS[None]}


@dataclass(frozen=True)
class Condition:
    """One condition of the item: met, not met, or not known yet; of what must not be so: whether it is."""

    label: str
    answer: str
    tone: str
    cite: str


@dataclass(frozen=True)
class Figure:
    """One number of the calculation, or one standard, in words."""

    label: str
    text: str
    cite: str


class PlainDecision:
    """What the family is told. Built once from `case.assessment`; empty lists when nothing was worked out yet."""

    def __init__(self, case: Case) -> None:
        self.item = case.service_item
        self.assessment: dict[str, Any] = case.assessment or {}
        self.steps: dict[str, dict[str, Any]] = {
            step["name"]: step for step in self.assessment.get("trace", [])
        }

    @property
    def conditions(self) -> list[Condition]:
        """The yes-or-no conditions that decided it: of the grounds that hold or, where none does, of all of them.

        Of what is granted, only what bears it: a ground that it does not need is no failing of the family's.
        """
        grounds = [self.steps[name] for name in self.item.eligibility if name in self.steps]
        bearing = [ground for ground in grounds if ground.get("value")]
        found: dict[str, Condition] = {}
        for ground in bearing or grounds:
            for step in self._read_by([ground["name"]]):
                value, is_against = step["value"], step["name"] in ground.get("against", [])
                bears = value is False if is_against else value is True
                if (value is None or isinstance(value, bool)) and (bears or not bearing):
                    words = (AGAINST if is_against else ANSWERS)[value]
                    found[step["name"]] = Condition(step["label"], *words, step["cite"])
        return list(found.values())

    @property
    def figures(self) -> list[Figure]:
        """The numbers that those conditions compare, and the amount: what one would work out on paper."""
        conditions = self._read_by(self.item.eligibility)
        named = [*(step["name"] for step in conditions), *self.item.eligibility]
        steps = [
            *self._read_by(named),
            *(self.steps[name] for name in [self.item.amount] if name in self.steps),
        ]
        return _figures({step["name"]: step for step in steps}.values())

    @property
    def every_figure(self) -> list[Figure]:
        """All of the family's (or the person's) numbers on the way to the result, in the order in which they were worked out."""
        return _figures(step for step in self.steps.values() if "value" in step)

    def _read_by(self, rules: Iterable[str]) -> list[dict[str, Any]]:
        """Steps of the household, or of the person it is all about, that these rules read, each once."""
        names = [name for rule in rules for name in self.steps.get(rule, {}).get("inputs", [])]
        read = [self.steps[name] for name in dict.fromkeys(names) if name in self.steps]
        return [step for step in read if "value" in step]

    @property
    def standards(self) -> list[Figure]:
        return [
            Figure(
                one["label"],
                one["text"],
                f"{one.get('cite', '')}，自{one['from']}起" if one.get("from") else "",
            )
            for one in self.assessment.get("standards", [])
        ]

    @property
    def waits(self) -> list[str]:
        return [one["text"] for one in self.assessment.get("undetermined", [])]

    @property
    def is_invented(self) -> bool:
        return bool(self.assessment.get("standards_set", {}).get("invented"))


def _figures(steps: Iterable[dict[str, Any]]) -> list[Figure]:
    return [
        Figure(step["label"], step["text"], step["cite"])
        for step in steps
        if step["value"] is not None and not isinstance(step["value"], bool)
    ]
