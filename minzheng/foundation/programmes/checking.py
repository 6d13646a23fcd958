"""Walking a check-list: each point answered, and what fails becomes a problem, once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.programmes.access import REPORT
from minzheng.foundation.programmes.loop import ProblemDraft, find_problem
from minzheng.foundation.programmes.models import Answer, Check, Problem, ProblemState, State, Undertaking
from minzheng.foundation.programmes.progress import lock


@dataclass(frozen=True)
class Look:
    """What was seen at one point; `photos` only matter where it fails."""

    answer: str
    note: str = ""
    photos: Sequence[int] = ()


@action("programme.check", "检查行动项目", permission=REPORT)
def record_checks(access: Any, undertaking: Undertaking, looks: Mapping[str, Look]) -> list[Problem]:
    """Keep the answers; returns the problems that were found. A point with an open problem gets no second one."""
    lock(undertaking)
    if undertaking.state == State.STOPPED:
        raise Refused("这个项目已中止，不再检查。")
    word = undertaking.declared
    errors = {
        code: "请写明哪里不符合。"
        for code, look in looks.items()
        if look.answer == Answer.FAILS and not look.note.strip()
    }
    errors |= {code: "检查清单里没有这一项。" for code in looks if word.point(code) is None}
    if errors:
        raise Refused(errors)
    for code, look in looks.items():
        Check.objects.update_or_create(
            undertaking=undertaking,
            point=code,
            defaults={
                "answer": look.answer,
                "note": look.note.strip()[:200],
                "checked_on": access.today,
                "checked_by": access.user,
            },
        )
    still = set(
        undertaking.problems.exclude(state=ProblemState.VERIFIED)
        .exclude(point="")
        .values_list("point", flat=True)
    )
    return [
        find_problem(
            access,
            undertaking,
            ProblemDraft(title=look.note, point=code, key=uuid.uuid4(), photos=look.photos),
        )
        for code, look in looks.items()
        if look.answer == Answer.FAILS and code not in still
    ]
