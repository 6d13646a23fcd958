"""Takes one assessment through the offices, as the cast would; scores come as points taken off the full 90."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from minzheng.business.elderly.assessment.models import Assessment
from minzheng.business.elderly.assessment.scale import scale
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.api import do_move, open_case, save_draft, submit
from minzheng.foundation.cases.models import Case
from minzheng.foundation.people.models import Person

ROUND = {
    "ability_coma": False,
    "ability_dementia": False,
    "ability_disorder": False,
    "ability_risk_events": 0,
    "place": "家中",
    "informant": "子女",
}
OPINION = {"opinion": "符合规定。"}


def sheet(lost: int = 0, **more: Any) -> dict[str, Any]:
    """A whole sheet with `lost` of the 90 points taken off, from the first item on."""
    found: dict[str, Any] = {}
    for one in scale().indicators:
        taken = min(one.most, lost)
        found[one.key], lost = one.most - taken, lost - taken
    return found | ROUND | more


class Assessed:
    """`Assessed(access, person, on).scored(lost=30).approved()`"""

    def __init__(
        self, access: Callable[[str, dt.date], Access], on: dt.date, person: Person | None = None
    ) -> None:
        self.access, self.on = access, on
        clerk = access("clerk", on)
        self.person = person or Person.objects.get(pk=access("xiuying", on).user.person_id)
        self.case: Case = open_case(clerk, "E3", self.person, self.person.region, "agent")
        answers = {"address": "3组", "phone": "14400001234", "assessment_reason": "首次评估", "agreed": True}
        save_draft(clerk, self.case, answers)
        submit(clerk, self.case)
        do_move(clerk, self.case, "accept")

    def do(self, username: str, key: str, record: dict[str, Any] | None = None) -> Assessed:
        do_move(self.access(username, self.on), self.case, key, record or {})
        return self

    def scored(self, lost: int = 0, by: str = "clerk", **more: Any) -> Assessed:
        return self.do(by, "score", sheet(lost, **more))

    def approved(self) -> Assessment:
        self.do("clerk2", "sign", {"signed": True}).do("reviewer", "grant", OPINION)
        return Assessment.objects.get(case=self.case)
