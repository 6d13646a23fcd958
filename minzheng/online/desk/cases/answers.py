"""The application as it was submitted, in words; numbers of people and accounts masked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from minzheng.foundation.forms import Form, Group, Question
from minzheng.foundation.forms.showing import show

Rows = list[tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """One section or one row of a group: a title, (question, answer) pairs, and the files answered with."""

    title: str
    rows: Rows


def sheets_of(form: Form, data: Mapping[str, Any]) -> Iterator[Sheet]:
    """Section by section; each row of a group (a member, a vehicle) is a sheet of its own."""
    for section in form.sections:
        single = [part for part in section.parts if isinstance(part, Question)]
        if rows := rows_of(single, data, data):
            yield Sheet(section.title, rows)
        for part in section.parts:
            if isinstance(part, Group):
                yield from _rows_of_group(part, data)


def rows_of(questions: list[Question], answers: Mapping[str, Any], data: Mapping[str, Any]) -> Rows:
    """(label, answer) of the questions that were asked."""
    return [
        (question.label, show(question, answers.get(question.key)))
        for question in questions
        if question.is_asked(answers, data)
    ]


def _rows_of_group(group: Group, data: Mapping[str, Any]) -> Iterator[Sheet]:
    if not group.is_asked(data, data):
        return
    rows = data.get(group.key) or []
    if not rows:
        yield Sheet(group.label, [(group.row_name, "没有")])
    for row in rows:
        name = row.get(group.title_key) or ""
        yield Sheet(
            f"{group.row_name}：{name}" if name else group.row_name, rows_of(list(group.questions), row, data)
        )


def record_rows(parts: tuple[Question | Group, ...], record: Mapping[str, Any]) -> Rows:
    """What a move recorded, flat, for the timeline."""
    rows: Rows = []
    for part in parts:
        if isinstance(part, Question):
            if record.get(part.key) not in (None, "", []):
                rows.append((part.label, show(part, record[part.key])))
        else:
            for row in record.get(part.key) or []:
                texts = [f"{label} {text}" for label, text in rows_of(list(part.questions), row, record)]
                rows.append((part.row_name, "，".join(texts)))
    return rows
