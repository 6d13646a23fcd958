"""Takes one subsidy case through the offices, as the cast would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.api import do_move, open_case, save_draft, submit
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.people.models import FactSheet, Household, Membership, Person

OPINION = {"opinion": "符合规定。"}
ANSWERS = {
    "address": "3组",
    "phone": "14400001234",
    "bank_name": "湖南农村商业银行",
    "bank_account": "6217000000000000003",
    "consent": True,
    "promise": True,
}


class Journey:
    """`Journey(access, "D1", on).granted(on=…)`: handed in by the applicant on the phone."""

    def __init__(
        self, access: Callable[[str, dt.date], Access], item: str, on: dt.date, **answers: Any
    ) -> None:
        self.access, self.on = access, on
        citizen = access("xiuying", on)
        self.person: Person = citizen.user.person
        self.case: Case = open_case(citizen, item, self.person, self.person.region)
        save_draft(citizen, self.case, ANSWERS | answers)
        submit(citizen, self.case)

    def move(self, username: str, key: str, record: dict[str, Any] | None = None) -> CaseMove:
        return do_move(self.access(username, self.on), self.case, key, record or {})

    def proposed(self, key: str = "propose_grant") -> Journey:
        self.move("clerk", "accept")
        self.move("township", key, OPINION)
        return self

    def granted(self, on: dt.date) -> Journey:
        self.proposed()
        self.on = on
        self.move("reviewer", "compare", {"result": "证件有效，与台账一致"})
        self.move("approver", "grant", OPINION)
        return self


def disabled(person: Person, kind: str = "肢体", grade: str = "二级", **more: Any) -> None:
    """What the federation's data say."""
    values = {"disability_type": kind, "disability_grade": grade, **more}
    FactSheet.objects.create(person=person, values=values, source="残联", since=dt.date(2018, 1, 1))


def household_of_one(person: Person) -> Household:
    home = Household.objects.create(
        region=person.region, category="rural", head=person, since=dt.date(2015, 1, 1)
    )
    Membership.objects.create(household=home, person=person, relation="户主", since=home.since)
    return home
