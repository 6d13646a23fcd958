"""What stands in the filter bar: read from the address, kept as a condition, shown again as typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from django.contrib.postgres.fields import ArrayField
from django.db.models import Model, Q

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.regions.models import prefix_of, within
from minzheng.foundation.registers.declaration import Filter
from minzheng.foundation.registers.paths import field_at


class Query(Protocol):
    """A QueryDict, or what a saved view or a job kept of one."""

    def get(self, key: str, /) -> str | None: ...
    def getlist(self, key: str, /) -> Sequence[str]: ...


@dataclass
class BoundFilter:
    """A filter with what the address says about it."""

    declared: Filter
    condition: Q = field(default_factory=Q)
    values: list[str] = field(default_factory=list)  # as typed: chosen options, or [from, to]
    options: list[tuple[str, str]] = field(default_factory=list)
    summary: str = ""  # "性别：女"; empty when the filter is not in use
    error: str = ""

    @property
    def key(self) -> str:
        return self.declared.key

    @property
    def label(self) -> str:
        return self.declared.label

    @property
    def kind(self) -> str:
        return self.declared.kind

    @property
    def start(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def end(self) -> str:
        return self.values[1] if len(self.values) > 1 else ""


def parameters(declared: Filter) -> list[str]:
    """The names this filter uses in the address."""
    if declared.kind in {"dates", "money", "numbers"}:
        return [f"{declared.key}_from", f"{declared.key}_to"]
    return [declared.key]


def bind(declared: Filter, model: type[Model], query: Query, access: Access) -> BoundFilter:
    bound = BoundFilter(declared)
    if declared.kind in {"dates", "money", "numbers"}:
        _range(bound, query)
    elif declared.kind == "region":
        _region(bound, query)
    else:
        _choice(bound, model, query, access)
    return bound


def offered_by(declared: Filter, model: type[Model], access: Access) -> list[tuple[Any, str]]:
    """(value, 中文) of everything that this user can choose in the filter."""
    if declared.kind == "yes_no":
        return [(True, "是"), (False, "否")]
    if declared.options_for:
        return list(declared.options_for(access))
    if declared.options:
        return list(declared.options() if callable(declared.options) else declared.options)
    model_field = field_at(model, declared.walk)
    return list(model_field.flatchoices) if model_field is not None else []


def _choice(bound: BoundFilter, model: type[Model], query: Query, access: Access) -> None:
    labels: Mapping[str, str]
    offered = offered_by(bound.declared, model, access)
    bound.options = [(str(value), str(label)) for value, label in offered]
    labels = dict(bound.options)
    bound.values = [value for value in query.getlist(bound.key) if value in labels]
    chosen = [value for value, _ in offered if str(value) in bound.values]
    if chosen and len(chosen) < len(offered):
        bound.condition = (
            Q(**{f"{bound.declared.walk}__overlap": chosen})
            if isinstance(field_at(model, bound.declared.walk), ArrayField)
            else Q(**{f"{bound.declared.walk}__in": chosen})
            if len(chosen) > 1
            else Q(**{bound.declared.walk: chosen[0]})
        )
        bound.summary = f"{bound.label}：{'、'.join(labels[str(value)] for value in chosen)}"


def _region(bound: BoundFilter, query: Query) -> None:
    code = query.get(bound.key) or ""
    if len(code) == 12 and code.isascii() and code.isdigit():
        bound.values = [code]
        bound.condition = within(prefix_of(code), bound.declared.walk)
        bound.summary = bound.label  # listing.py adds the name, which only it looks up


def _range(bound: BoundFilter, query: Query) -> None:
    bound.values = [(query.get(name) or "").strip() for name in parameters(bound.declared)]
    parts = []
    for text, lookup, word in zip(bound.values, ("gte", "lte"), ("起", "止"), strict=True):
        if not text:
            continue
        value = READERS[bound.kind](text)
        if value is None:
            bound.error = HINTS[bound.kind]
            continue
        bound.condition &= Q(**{f"{bound.declared.walk}__{lookup}": value})
        parts.append(f"{text}{word}")
    if parts:
        bound.summary = f"{bound.label}：{'，'.join(parts)}"


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _fen(text: str) -> int | None:
    try:
        fen = Decimal(text.replace(",", "")) * 100
    except InvalidOperation:
        return None
    return int(fen) if fen.is_finite() and fen == fen.to_integral_value() and abs(fen) < 2**62 else None


def _whole(text: str) -> int | None:
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 12 else None


READERS = {"dates": _date, "money": _fen, "numbers": _whole}
HINTS = {
    "dates": "请按 2026-11-02 的样子填写日期。",
    "money": "请只填金额数字，最多到分，如 1020.50。",
    "numbers": "请填整数。",
}
