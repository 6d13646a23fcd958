"""What a step's form holds before anyone types: the people of the case and what is known of them so far."""

from __future__ import annotations

from typing import Any

from minzheng.foundation.cases.models import Case
from minzheng.foundation.items import Move


def blank_record(case: Case, move: Move) -> dict[str, Any]:
    """Initial answers of a move's record: the declared ones, which the officer confirms or corrects.

    Confirming is recording: what stands in the record afterwards counts as verified, so an empty answer states nothing.
    """
    record: dict[str, Any] = {}
    for key, question in move.form.questions.items():
        if not question.is_file and key in case.data:
            record[key] = case.data[key]
    for key, group in move.form.groups.items():
        asked = {question.key for question in group.questions}
        rows = case.data.get(key) or []
        record[key] = [{name: value for name, value in row.items() if name in asked} for row in rows]
    return record
