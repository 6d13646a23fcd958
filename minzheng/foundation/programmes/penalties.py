"""What the law attaches to a failed point: by which article, what is ordered, how much may be fined (standards/penalties.yaml)."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass

from minzheng.foundation.rules.standards import FOLDER
from minzheng.foundation.rules.yaml_text import read_yaml

FILE = FOLDER / "penalties.yaml"


@dataclass(frozen=True)
class Penalty:
    """One version of one liability. `least`, `most`: per cent of `base`; None: nobody has read the article yet."""

    title: str
    since: dt.date
    cite: str
    orders: str
    mark: str
    base: str = ""
    least: int | None = None
    most: int | None = None

    @property
    def fine(self) -> str:
        """How much, in words. What is not known is said so: no officer takes a gap for nought."""
        if self.least is None or self.most is None:
            return "罚款幅度待录入，以条例原文和执法文书为准"
        return f"可以并处{self.base}{self.least / 100:g}倍以上{self.most / 100:g}倍以下的罚款"


def penalty_on(code: str, day: dt.date) -> Penalty | None:
    """The version in force on the day on which it was found; None where the law of that day had none."""
    versions = [one for one in _penalties()[code] if one.since <= day]
    return max(versions, key=lambda one: one.since) if versions else None


def is_known(code: str) -> bool:
    return code in _penalties()


@functools.cache
def _penalties() -> dict[str, tuple[Penalty, ...]]:
    return {
        entry["code"]: tuple(
            Penalty(
                title=entry["title"],
                since=one["from"],
                cite=one["cite"],
                orders=one["orders"],
                mark=one["mark"],
                base=one.get("base", ""),
                least=one.get("least_percent"),
                most=one.get("most_percent"),
            )
            for one in entry["versions"]
        )
        for entry in read_yaml(FILE)["penalties"]
    }
