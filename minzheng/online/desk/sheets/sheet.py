"""Several declared questions and groups on one page: a section of a desk application, or the record of a move.

Officers fill many fields at once, so a page holds a whole section; the judging is that of the declared form.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from minzheng.foundation.forms import Group, Question, clean_rows
from minzheng.foundation.forms.rendering import QuestionForm, Uploads, django_form

Part = Question | Group
WHO = {"name", "id_no"}


@dataclass(frozen=True)
class Row:
    """One row of a group. `title` names the person or thing it is about, once it is known."""

    form: QuestionForm
    title: str

    @property
    def fields(self) -> list[BoundField]:
        return [self.form[question.key] for question in self.form.questions]

    @property
    def drop_name(self) -> str:
        return f"{self.form.prefix}-drop"


@dataclass(frozen=True)
class Entry:
    """What the template draws next: one field, or one group with its rows."""

    field: BoundField | None = None
    group: Group | None = None
    rows: tuple[Row, ...] = ()
    error: str = ""
    is_fixed: bool = False


class Sheet:
    """Bound when `data` is given; then `answers` after `is_valid()`, and `problems` for the summary at the top.

    `fixed` names groups whose rows are given (the members of a case): rows are neither added nor taken out, and
    whom a row is about is its heading, not a question, so that no whole identity number stands on the page.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        data: Any = None,
        files: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
        today: dt.date,
        uploads: Uploads,
        places: Any = (),
        fixed: frozenset[str] = frozenset(),
    ) -> None:
        self.parts, self.data, self.files = parts, data, files
        self.initial = dict(initial or {})
        self.today, self.fixed = today, fixed
        self._more = {"today": today, "uploads": uploads, "places": places, "answers": self.initial}
        self.answers: dict[str, Any] = {}
        self.problems: list[tuple[str, str]] = []
        self._group_errors: dict[str, str] = {}
        singles = [part for part in parts if isinstance(part, Question)]
        self._single = django_form(singles, data, files, initial=self.initial, **self._more)
        self._groups = {part.key: self._forms_of(part) for part in parts if isinstance(part, Group)}

    @property
    def wants_row(self) -> str:
        """The group for which the button “再加一…” was pressed; then nothing is judged yet."""
        asked = self.data.get("add_row", "") if self.data is not None else ""
        return asked if asked in self._groups else ""

    def is_valid(self) -> bool:
        self._judge(self._single)
        self.answers = dict(self._single.answers)
        for part in self.parts:
            if isinstance(part, Group) and part.is_asked(self.answers, self.initial | self.answers):
                self._judge_group(part)
        if self.wants_row:
            self._forget_problems()
            return False
        return not self.problems

    @property
    def entries(self) -> Iterator[Entry]:
        for part in self.parts:
            if isinstance(part, Question):
                yield Entry(field=self._single[part.key])
            else:
                rows = tuple(self._row(part, n, form) for n, form in enumerate(self._groups[part.key]))
                error = self._group_errors.get(part.key, "")
                yield Entry(group=part, rows=rows, error=error, is_fixed=part.key in self.fixed)

    def _judge(self, form: QuestionForm) -> None:
        form.is_valid()
        for name, messages in form.errors.items():
            target = (form[name].id_for_label or form[name].auto_id) if name in form.fields else ""
            self.problems += [(target, message) for message in messages]

    def _judge_group(self, group: Group) -> None:
        given = self.initial.get(group.key) or []
        rows = []
        for number, form in enumerate(self._groups[group.key]):
            if group.key not in self.fixed and (self._is_dropped(form) or _is_blank(form)):
                continue
            self._judge(form)
            known = given[number] if group.key in self.fixed and number < len(given) else {}
            rows.append({**known, **form.answers})
        self.answers[group.key] = rows
        _, errors = clean_rows(group, rows, self.answers, self.today, partial=True)
        if len(rows) < group.min:
            errors[group.key] = f"请至少填写{group.min}个{group.row_name}。"
        if error := errors.get(group.key):
            self._group_errors[group.key] = error
            self.problems.append((f"group-{group.key}", error))

    def _forget_problems(self) -> None:
        self.problems.clear()
        self._group_errors.clear()
        for form in [self._single, *(form for forms in self._groups.values() for form in forms)]:
            form.errors.clear()

    def _forms_of(self, group: Group) -> list[QuestionForm]:
        given = self.initial.get(group.key) or []
        count = max(len(given), group.min)
        if self.data is not None and group.key not in self.fixed:
            typed = self.data.get(f"{group.key}-count", "")
            count = int(typed) if typed.isdecimal() else count
            count = min(count + (self.data.get("add_row") == group.key), group.max)
        return [
            django_form(
                self._asked_in(group),
                self.data,
                self.files,
                initial=given[number] if number < len(given) else {},
                prefix=f"{group.key}-{number}",
                **self._more,
            )
            for number in range(count)
        ]

    def _asked_in(self, group: Group) -> tuple[Question, ...]:
        if group.key not in self.fixed:
            return group.questions
        return tuple(question for question in group.questions if question.kind not in WHO)

    def _row(self, group: Group, number: int, form: QuestionForm) -> Row:
        given = self.initial.get(group.key) or []
        known = given[number] if number < len(given) else {}
        name = form[group.title_key].value() if group.title_key in form.fields else known.get("name", "")
        return Row(form, str(name or f"{group.row_name}{number + 1}"))

    def _is_dropped(self, form: QuestionForm) -> bool:
        return self.data is not None and f"{form.prefix}-drop" in self.data


def _is_blank(form: QuestionForm) -> bool:
    return all(_says_nothing(form[question.key].data) for question in form.questions)


def _says_nothing(typed: Any) -> bool:
    if isinstance(typed, dict):
        return not any(typed.get(key) for key in ("amount", "kept", "new"))
    return typed in (None, "", [], False)
