"""Saving one page into the draft, also when the same application is open in another window."""

from __future__ import annotations

import copy
import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.drafts import Stale, save_draft
from minzheng.foundation.cases.models import Case
from minzheng.foundation.forms import Group, Question, show
from minzheng.foundation.forms.questions import Answers
from minzheng.online.portal.apply.walk import Stop


@dataclass(frozen=True)
class Clash:
    """One answer that was changed elsewhere since this page was opened."""

    label: str
    saved: str
    yours: str


def fingerprint(stop: Stop, data: Answers) -> str:
    """What the page showed when it was opened. Two windows on different questions do not disturb each other."""
    rows = len(data.get(stop.group.key) or []) if stop.group else 0
    answers = stop.answers_in(data)
    return _digest([rows, {question.key: answers.get(question.key) for question in stop.questions}])


def save_page(
    access: Access, case: Case, stop: Stop, answers: dict[str, Any], seen: str
) -> tuple[Stop, list[Clash]]:
    """Put the page's answers into the draft; or say what clashes, and save nothing.

    `seen` is the fingerprint that the page carried; "" saves over whatever is there (the citizen chose so).
    The stop that comes back is where the answers went: a row added meanwhile elsewhere moves a new one on.
    """
    while True:
        if seen and seen != fingerprint(stop, case.data):
            if seen == _fingerprint_of_new_row(stop):
                stop = replace(stop, row=len(case.data[stop.group.key]))  # type: ignore[union-attr]
            elif found := clashes(stop, case.data, answers):
                return stop, found
        merged = merge(stop, case.data, answers)
        if merged == case.data:
            return stop, []
        try:
            save_draft(access, case, merged, case.version)
        except Stale:
            case.refresh_from_db()  # another page was saved in this very moment: judge again by what is there now
        else:
            return stop, []


def _fingerprint_of_new_row(stop: Stop) -> str:
    return _digest([stop.row, dict.fromkeys(question.key for question in stop.questions)])


def _digest(shown: Any) -> str:
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]


def merge(stop: Stop, data: Answers, answers: Answers) -> dict[str, Any]:
    """All answers with this page's replaced; an emptied one is gone."""
    merged = copy.deepcopy(dict(data))
    target = merged
    if stop.group is not None and stop.row is not None:
        rows = merged.setdefault(stop.group.key, [])
        if stop.row >= len(rows):
            rows.append({})
        target = rows[min(stop.row, len(rows) - 1)]
    for question in stop.questions:
        target.pop(question.key, None)
    target.update(answers)
    return merged


def remove_row(access: Access, case: Case, group: Group, row: int, seen: str) -> bool:
    """Take one row out; False when the list has changed since it was shown."""
    rows = case.data.get(group.key) or []
    if row >= len(rows) or seen != row_fingerprint(group, row, case.data):
        return False
    left = {**case.data, group.key: rows[:row] + rows[row + 1 :]}
    try:
        save_draft(access, case, left, case.version)
    except Stale:
        return False
    return True


def save_as_none(access: Access, case: Case, group: Group) -> None:
    """Looked at, and there is none: an empty list is an answer, a missing one is not."""
    if group.key not in case.data:
        save_draft(access, case, {**case.data, group.key: []}, case.version)


def row_fingerprint(group: Group, row: int, data: Answers) -> str:
    return _digest([row, (data.get(group.key) or [])[row]])


def clashes(stop: Stop, data: Answers, answers: Answers) -> list[Clash]:
    saved = stop.answers_in(data)
    return [
        Clash(question.label, _shown(question, saved), _shown(question, answers))
        for question in stop.questions
        if saved.get(question.key) != answers.get(question.key)
    ]


def _shown(question: Question, answers: Answers) -> str:
    return show(question, answers.get(question.key))
