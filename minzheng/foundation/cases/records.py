"""What a step's form holds before anyone types: the people of the case and what is known of them so far."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minzheng.foundation.cases.models import Case
from minzheng.foundation.items import Move

Prefill = Callable[[Case, Move], dict[str, Any] | None]
_prefills: list[Prefill] = []


def prefill(function: Prefill) -> Prefill:
    """Register, in a part's handlers.py, who knows better than the application what a record should say at first.

    It gives None for a move that is none of its business. What it leaves out stays empty.
    """
    _prefills.append(function)
    return function


def blank_record(case: Case, move: Move) -> dict[str, Any]:
    """Initial answers of a move's record: the declared ones, which the officer confirms or corrects.

    Confirming is recording: what stands in the record afterwards counts as verified, so an empty answer states nothing.
    """
    for known in _prefills:
        if (given := known(case, move)) is not None:
            return given
    record: dict[str, Any] = {}
    for key, question in move.form.questions.items():
        if not question.is_file and key in case.data:
            record[key] = case.data[key]
    for key, group in move.form.groups.items():
        asked = {question.key for question in group.questions}
        rows = case.data.get(key) or []
        record[key] = [{name: value for name, value in row.items() if name in asked} for row in rows]
    return record
