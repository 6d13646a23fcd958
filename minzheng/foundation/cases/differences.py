"""What differs between two versions of one application, in the words of its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from minzheng.foundation.forms import Form, Group, Question
from minzheng.foundation.forms.showing import show


@dataclass(frozen=True)
class Difference:
    """One answer: what is stored now, and what was about to be saved. Shown to the editor, never logged."""

    key: str
    label: str
    stored: str
    yours: str

    def __str__(self) -> str:
        return f"{self.label}（已保存：{self.stored}；您填的：{self.yours}）"


def differences(form: Form, stored: Mapping[str, Any], yours: Mapping[str, Any]) -> list[Difference]:
    """Every question answered differently; a group differs as a whole by its number of rows, else row by row."""
    found: list[Difference] = []
    for part in form.parts:
        old, new = stored.get(part.key), yours.get(part.key)
        if old == new:
            continue
        if isinstance(part, Group):
            found += _rows_differ(part, old or [], new or [])
        else:
            found.append(_differs(part, part.key, part.label, old, new))
    return found


def _rows_differ(group: Group, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[Difference]:
    if len(old) != len(new):
        return [Difference(group.key, group.label, f"{len(old)}项", f"{len(new)}项")]
    return [
        _differs(
            question,
            f"{group.key}.{number}.{question.key}",
            f"{group.row_name}{number + 1}：{question.label}",
            was.get(question.key),
            now.get(question.key),
        )
        for number, (was, now) in enumerate(zip(old, new, strict=True))
        for question in group.questions
        if was.get(question.key) != now.get(question.key)
    ]


def _differs(question: Question, key: str, label: str, old: Any, new: Any) -> Difference:
    return Difference(key, label, _shown(question, old), _shown(question, new))


def _shown(question: Question, value: Any) -> str:
    """A draft may hold an answer that is not clean yet: it is shown as it was typed."""
    try:
        return show(question, value)
    except (KeyError, TypeError, ValueError):
        return str(value)
