"""Values of answers as facts: of one person, of a family together, and in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minzheng.datacenter.verification.models import Answer, AnswerState
from minzheng.foundation.exchange.words import SourceField
from minzheng.foundation.forms.showing import show_money


def is_silent(field: SourceField, answer: Answer | None) -> bool:
    """Whether the source has said nothing about this: not none, but unknown."""
    if answer is None or answer.state == AnswerState.UNKNOWN:
        return True
    return answer.state == AnswerState.FOUND and field.key not in answer.values


def single(field: SourceField, answer: Answer | None) -> Any:
    """One person's value as a fact: fen, or the number of things; None while unknown."""
    if answer is None or answer.state == AnswerState.UNKNOWN:
        return None
    if answer.state == AnswerState.NONE:
        return 0 if field.complete else None
    value = answer.values.get(field.key)
    return len({one["id"] for one in value}) if field.kind == "things" and value is not None else value


def joined(field: SourceField, answers: Sequence[Answer | None]) -> Any:
    """The family's value: a sum, or the number of different things (what a couple owns together counts once).

    None as soon as one member's is unknown: a sum over an unknown is unknown.
    """
    if any(is_silent(field, one) for one in answers):
        return None
    told = [one for one in answers if one is not None and one.state == AnswerState.FOUND]
    if not told and not field.complete:
        return None
    if field.kind == "things":
        return len({thing["id"] for one in told for thing in one.values[field.key]})
    return sum(one.values[field.key] for one in told)


def shown(field: SourceField, value: Any) -> str:
    """In words; a fact's number of things, or the things themselves as answered."""
    if field.kind == "money":
        return show_money(value)
    if field.kind == "things":
        if isinstance(value, int):
            return f"{value}项"
        return "；".join(f"{one['title']}（{one['id']}）" for one in value) or "没有"
    if field.kind == "yes_no":
        return "是" if value else "否"
    return str(value)
