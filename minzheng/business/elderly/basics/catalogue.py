"""The published list as it stands in list.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "list.yaml"


@dataclass(frozen=True)
class Entry:
    """One line of the list. `own`: this department gives it, so it is checked person by person."""

    code: str
    title: str
    whom: str
    kind: str
    gives: str
    item: str
    own: bool
    by: str


@cache
def entries() -> tuple[Entry, ...]:
    said = yaml.safe_load(FILE.read_text(encoding="utf-8"))["entries"]
    return tuple(
        Entry(
            code=one["code"], title=one["title"], whom=one["for"], kind=one["kind"], gives=one["gives"],
            item=one["item"], own=one["own"], by=one.get("by", "民政部门"),
        )
        for one in said
    )  # fmt: skip


@cache
def document() -> str:
    return str(yaml.safe_load(FILE.read_text(encoding="utf-8"))["document"]["title"])


def own_titles() -> dict[str, str]:
    return {one.code: one.title for one in entries() if one.own}
