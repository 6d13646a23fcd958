"""Cleaning a whole form: what was answered, as JSON, and what must still be mended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from minzheng.foundation.forms.kinds import Problem, is_empty, parse
from minzheng.foundation.forms.questions import Answers, Form, Group, Question
from minzheng.foundation.forms.showing import show_date
from minzheng.foundation.people.id_numbers import (
    MALE,
    IdNumber,
    IdNumberError,
    division_warning,
    parse_id_number,
)

Errors = dict[str, str]


def clean(
    form: Form, data: Answers, *, today: dt.date | None = None, partial: bool = False
) -> tuple[dict[str, Any], Errors]:
    """Returns (cleaned, errors): JSON answers by key, and {"members.0.id_no": "请…"}.

    Answers to questions that are not asked (show_if) are left out, so that a hidden old answer can never
    decide a case. `partial` is for drafts: what is missing is no error, what is wrong still is.
    """
    today = today or dt.date.today()
    data = _with_implied(form.questions.values(), data)
    cleaned: dict[str, Any] = {}
    errors: Errors = {}
    for part in form.parts:
        if not part.is_asked(cleaned, cleaned):
            continue
        if isinstance(part, Group):
            cleaned[part.key], problems = clean_rows(part, data.get(part.key), cleaned, today, partial)
            errors |= problems
        else:
            _answer(part, data, cleaned, errors, today, partial)
    errors |= _identity_errors(form.questions.values(), cleaned)
    if not errors and not partial:
        for check in form.checks:
            errors |= dict(check(cleaned))
    return cleaned, errors


def clean_rows(
    group: Group, rows: Any, answers: Answers, today: dt.date, partial: bool = False
) -> tuple[list[dict[str, Any]], Errors]:
    """Every row of a group, and how many there are; a bare key in the errors is about the group itself."""
    errors: Errors = {}
    rows = rows if isinstance(rows, list) else []
    if len(rows) < group.min and not partial:
        errors[group.key] = f"请至少填写{group.min}个{group.row_name}，现在有{len(rows)}个。"
    if len(rows) > group.max:
        errors[group.key] = f"最多填写{group.max}个{group.row_name}，现在有{len(rows)}个，请删去多余的。"
    cleaned_rows = []
    for number, row in enumerate(rows):
        cleaned, problems = clean_row(
            group.questions, row if isinstance(row, dict) else {}, answers, today, partial
        )
        cleaned_rows.append(cleaned)
        errors |= {f"{group.key}.{number}.{key}": text for key, text in problems.items()}
    return cleaned_rows, errors


def clean_row(
    questions: Iterable[Question],
    row: Answers,
    answers: Answers | None = None,
    today: dt.date | None = None,
    partial: bool = False,
) -> tuple[dict[str, Any], Errors]:
    """Some questions asked together: a row of a group, a page, a case step's record. `answers`: the rest."""
    questions = tuple(questions)
    today = today or dt.date.today()
    row = _with_implied(questions, row)
    cleaned: dict[str, Any] = {}
    errors: Errors = {}
    for question in questions:
        if question.is_asked(cleaned, answers or {}):
            _answer(question, row, cleaned, errors, today, partial)
    return cleaned, errors | _identity_errors(questions, cleaned)


def _answer(
    question: Question, row: Answers, into: dict[str, Any], errors: Errors, today: dt.date, partial: bool
) -> None:
    try:
        value = parse(question, row.get(question.key), today)
    except Problem as problem:
        if not (partial and question.kind == "agree"):
            errors[question.key] = str(problem)
        return
    if value is not None:
        into[question.key] = value
    elif question.required and not partial:
        errors[question.key] = _missing(question)


def _missing(question: Question) -> str:
    name = question.label.rstrip("？?：:")
    if question.is_file:
        return f"请上传：{name}。"
    verb = "请选择" if question.kind in {"choice", "choices", "yes_no", "region"} else "请填写"
    return f"{verb}：{name}。"


def implied_answers(questions: Iterable[Question], row: Answers) -> dict[str, str]:
    """Birth date and sex as the identity numbers say them, by the keys named in `fills`."""
    implied: dict[str, str] = {}
    for question in questions:
        if question.kind != "id_no" or not question.fills:
            continue
        if (number := _number(row.get(question.key))) is not None:
            birth_key, sex_key = question.fills
            implied |= {birth_key: number.birth_date.isoformat(), sex_key: number.sex}
    return implied


def _with_implied(questions: Iterable[Question], row: Answers) -> dict[str, Any]:
    implied = implied_answers(questions, row)
    return {**row, **{key: value for key, value in implied.items() if is_empty(row.get(key))}}


def _identity_errors(questions: Iterable[Question], cleaned: Answers) -> Errors:
    """Where birth date or sex is given beside an identity number, they must agree."""
    errors: Errors = {}
    for key, said in implied_answers(questions, cleaned).items():
        if key in cleaned and cleaned[key] != said:
            is_date = "-" in said
            shown = (
                show_date(dt.date.fromisoformat(said)) if is_date else f"“{'男' if said == MALE else '女'}”"
            )
            errors[key] = (
                f"与身份证号不一致：号码里的{'出生日期' if is_date else '性别'}是{shown}。请核对是这里填错还是号码填错。"
            )
    return errors


def _number(value: Any) -> IdNumber | None:
    try:
        return parse_id_number(str(value), dt.date.max)
    except IdNumberError:
        return None


def warnings(form: Form, data: Answers) -> Errors:
    """What looks odd but may be right, by path: an identity number of a division we never knew."""
    found = {}
    for path, question, value in answers_of(form, data):
        if question.kind == "id_no" and (text := division_warning(str(value))):
            found[path] = text
    return found


def answers_of(form: Form, data: Answers) -> Iterator[tuple[str, Question, Any]]:
    """(path, question, value) of everything answered, groups row by row."""
    for part in form.parts:
        if isinstance(part, Question):
            if not is_empty(data.get(part.key)):
                yield part.key, part, data[part.key]
            continue
        for number, row in enumerate(data.get(part.key) or []):
            for question in part.questions:
                if not is_empty(row.get(question.key)):
                    yield f"{part.key}.{number}.{question.key}", question, row[question.key]
