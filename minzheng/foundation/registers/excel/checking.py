"""Judging one typed row: what it means, and what must be mended before it can be kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.forms import clean_row
from minzheng.foundation.registers.actions import filled, region_of
from minzheng.foundation.registers.declaration import MASKED_KINDS, Register
from minzheng.foundation.registers.editing import problems_of
from minzheng.foundation.registers.excel.fields import Villages, import_questions
from minzheng.foundation.registers.paths import field_at

NOT_YOURS = "没有在您的辖区内找到“{}”。请从模板的“村（社区）”页复制全称，或填12位区划代码。"
ELSEWHERE = "这条记录已由其他区域登记，您不能修改。请与登记地联系，或由上一级民政部门协助。"
TWICE = "与第{}行重复。请只留一行。"


@dataclass
class Checked:
    """One row after judging."""

    number: int
    typed: dict[str, str]
    cleaned: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    is_change: bool = False

    @property
    def is_good(self) -> bool:
        return not self.errors


class Checker:
    """Judges rows in batches: one query a batch finds those that are already there."""

    def __init__(self, register: Register, access: Access) -> None:
        self.register, self.access = register, access
        self.questions = import_questions(register)
        self.plain = [question for question in self.questions.values() if question.kind != "region"]
        self.placed = [question for question in self.questions.values() if question.kind == "region"]
        self.villages = Villages(access, register.write)
        self.seen: dict[tuple[Any, ...], int] = {}
        asked = {field.name for key in self.questions if (field := field_at(register.model, key))}
        # Relations are checked by the lists of what the user may choose; a query for each row would be slow.
        self.not_judged = [
            f.name for f in register.model._meta.concrete_fields if f.is_relation or f.name not in asked
        ]

    def check(self, batch: Sequence[tuple[int, dict[str, str], dict[str, str]]]) -> list[Checked]:
        rows = [self._understand(*one) for one in batch]
        stored = existing(self.register, [row.cleaned for row in rows if row.is_good])
        for row in rows:
            if row.is_good:
                self._place(row, stored.get(key_of(self.register, row.cleaned)))
        return rows

    def _understand(self, number: int, typed: dict[str, str], errors: dict[str, str]) -> Checked:
        answers: dict[str, Any] = {key: self._value(key, text) for key, text in typed.items()}
        cleaned, problems = clean_row(self.plain, answers, today=self.access.today)
        for question in self.placed:
            text = typed.get(question.key, "")
            code = self.villages.find(text) if text else None
            if code:
                cleaned[question.key] = code
            elif text:
                problems[question.key] = NOT_YOURS.format(text)
            elif question.required:
                problems[question.key] = f"请填写：{question.label}。"
        for key in self.register.imports.key if self.register.imports else ():
            if key not in cleaned and key not in problems:
                problems[key] = f"请填写：{self.questions[key].label}。系统靠它认出已有的记录。"
        for key, text in typed.items():
            if self.questions[key].kind in MASKED_KINDS and "*" in text:
                problems[key] = "这里是遮挡过的号码。请填写完整号码。"
        return Checked(number, typed, cleaned, {**problems, **errors})

    def _value(self, key: str, text: str) -> Any:
        """A choice is typed by its label."""
        question = self.questions[key]
        by_label = {str(label): value for value, label in question.options}
        if question.kind == "choices":
            return [
                by_label.get(part, part) for part in text.replace("，", "、").replace(",", "、").split("、")
            ]
        return by_label.get(text, text)

    def _place(self, row: Checked, stored: Model | None) -> None:
        """Is it there already, is it the user's to write, and does the model take it?"""
        key = key_of(self.register, row.cleaned)
        first_key = self.register.imports.key[0] if self.register.imports else ""
        if key in self.seen:
            row.errors[first_key] = TWICE.format(self.seen[key])
            return
        self.seen[key] = row.number
        row.is_change = stored is not None
        if stored is not None and not self.access.may(self.register.write, region_of(self.register, stored)):
            row.errors[first_key] = ELSEWHERE
            return
        wanted = filled(self.register, self.register.model(), row.cleaned)
        try:
            wanted.clean_fields(exclude=self.not_judged)
        except ValidationError as refused:
            row.errors |= {
                key or first_key: " ".join(texts)
                for key, texts in problems_of(self.register, refused).items()
            }


def key_of(register: Register, cleaned: dict[str, Any]) -> tuple[Any, ...]:
    """What tells this row from others."""
    return tuple(cleaned.get(key) for key in register.imports.key) if register.imports else ()


def existing(
    register: Register, rows: Iterable[dict[str, Any]], *, lock: bool = False
) -> dict[tuple[Any, ...], Model]:
    """Stored rows that have the key of one of these."""
    keys = register.imports.key if register.imports else ()
    rows = list(rows)
    if not rows or not keys:
        return {}
    names = [field_at(register.model, key).attname for key in keys]  # type: ignore[union-attr]
    queryset = register.model._default_manager.filter(
        **{f"{name}__in": {row.get(key) for row in rows} for name, key in zip(names, keys, strict=True)}
    )
    if lock:
        queryset = queryset.select_for_update().order_by("pk")
    return {tuple(as_answer(getattr(found, name)) for name in names): found for found in queryset}


def as_answer(value: Any) -> Any:
    """A stored value as a cleaned answer: dates are text there."""
    return value.isoformat() if hasattr(value, "isoformat") else value
