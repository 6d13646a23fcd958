"""From a row to the form that edits it, and back with words that say what to do."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.forms import Question, show
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.registers.declaration import MASKED_KINDS, Register
from minzheng.foundation.registers.paths import field_at

REPEATED = "“{label}”已经登记过。请在列表里找到原来的记录并修改，不要重复登记。"


def initial_of(register: Register, row: Model) -> dict[str, Any]:
    """The stored values as cleaned answers. Whole numbers of persons stay in the database."""
    answers = {}
    for key, question in register.questions.items():
        field = field_at(register.model, key)
        value = getattr(row, field.attname if field is not None else key)
        if question.kind in MASKED_KINDS or value in (None, ""):
            continue
        if isinstance(value, dt.date):
            value = value.strftime("%Y-%m") if question.kind == "month" else value.isoformat()
        answers[key] = value
    return answers


def questions_for(register: Register, row: Model) -> tuple[Question, ...]:
    """The form's questions; a number that is already stored is not shown, and left empty it stays as it is."""
    asked = []
    for key, question in register.questions.items():
        stored = getattr(row, key) if question.kind in MASKED_KINDS else None
        if stored:
            hint = f"现在是 {show(question, stored)}，不改就留空。"
            question = dataclasses.replace(question, required=False, hint=hint)
        asked.append(question)
    return tuple(asked)


def with_kept_numbers(register: Register, row: Model, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers, with the stored number wherever a masked one was left empty."""
    kept = {
        key: getattr(row, key)
        for key, question in register.questions.items()
        if question.kind in MASKED_KINDS and key not in answers and getattr(row, key)
    }
    return {**kept, **answers}


def places_for(
    access: Access, permission: str, level: int = Level.VILLAGE
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Divisions of a level in which the user may write, by what they lie in: choices of a region question."""
    villages = (
        access.scope(permission, Region.objects.on(access.today), "code")
        .filter(level=level)
        .values_list("code", "name", "parent__name")
        .order_by("code")
    )
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, name, township in villages:
        groups.setdefault(township, []).append((code, name))
    return list(groups.items())


def level_of(register: Register) -> int:
    """Of which level the divisions are that its form asks for."""
    asked = [question.level for question in register.questions.values() if question.kind == "region"]
    return asked[0] if asked else Level.VILLAGE


def problems_of(register: Register, error: ValidationError) -> dict[str, list[str]]:
    """A model's refusal, field by field, as sentences that say what to do; "" is about the whole row."""
    if not hasattr(error, "error_dict"):
        return {"": error.messages}
    found: dict[str, list[str]] = {}
    for key, errors in error.error_dict.items():
        question = register.questions.get(key)
        label = question.label if question else key
        target = key if question else ""
        for one in errors:
            repeated = one.code in {"unique", "unique_together"}
            text = (
                REPEATED.format(label=label)
                if repeated and key != NON_FIELD_ERRORS
                else " ".join(one.messages)
            )
            found.setdefault(target, []).append(text)
    return found
