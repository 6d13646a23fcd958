"""One case as a line of a list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from minzheng.foundation.cases.models import Case, Lamp
from minzheng.foundation.items import Status
from minzheng.online.ui.formats import cn_date

TONES = {Lamp.GREEN: "ok", Lamp.AMBER: "warn", Lamp.RED: "bad", Lamp.PAUSED: "neutral", Lamp.DONE: "neutral"}
ICONS = {"ok": "clock", "warn": "hourglass", "bad": "alert-triangle", "neutral": "circle-check"}


@dataclass(frozen=True)
class Line:
    """A case with its lamp in words: 还剩 3 个工作日, 已超 2 天, 复核 5月8日前."""

    case: Case
    title: str
    step: str
    tone: str
    icon: str
    words: str


def line_of(case: Case, today: dt.date) -> Line:
    """`case` carries `lamp` and `nearest` (cases.lists) and its `running` limits."""
    tone = TONES[Lamp(case.lamp)]
    return Line(case, case.service_item.title, case.at_step.title, tone, ICONS[tone], _words(case, today))


def _words(case: Case, today: dt.date) -> str:
    nearest = next(
        (clock for clock in case.running if clock.due_on == case.due_on and not clock.is_earliest), None
    )
    if nearest is not None:
        return nearest.in_words(today)
    if case.status == Status.ACTIVE and case.review_due:
        return f"{cn_date(case.review_due)}前复核"
    return "已办结" if case.is_finished else "不计时"
