"""What the subsidies do when something happens to their holder (handbook 0.7)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.cases.granting import ask_for_review
from minzheng.foundation.events.bus import on

ITEMS = ("D1", "D2")


@on("person.disability_changed")
def review_after_a_new_grade(**payload: Any) -> None:
    """A higher or lower grade counts from the month after the decision (DC6): the township looks at once."""
    today = dt.date.fromisoformat(payload["recorded_on"])
    ask_for_review(payload["person"], ITEMS, f"{payload['on']} 残疾等级变化", today)


@on("person.married")
@on("person.divorced")
@on("person.widowed")
def review_after_a_change_of_marriage(**payload: Any) -> None:
    """The living subsidy follows the family's standing, and the family is another one now (handbook 0.7)."""
    today = dt.date.fromisoformat(payload["recorded_on"])
    ask_for_review(payload["person"], ITEMS, f"{payload['on']} 婚姻状况变化", today)


@on("case.granted")
def review_beside_the_care_of_the_old(**payload: Any) -> None:
    """Nursing and elder care are not added up: the higher one is paid (国发〔2015〕52号 二（三）; handbook 0.4)."""
    if payload["benefit"] == "elder_care":
        today = dt.date.fromisoformat(payload["on"])
        ask_for_review(payload["applicant"], ("D2",), "已确认老年护理类补贴，就高不就低", today)
