"""A child's case on its way, for tests: opened by the village, decided by the offices of the cast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.api import do_move, open_case, save_draft, submit
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.people.models import Household, Membership, Person

VILLAGE = "431227107203"
OPINION = {"opinion": "符合规定。"}
ANSWERS = {
    "guardian_name": "杨大年",
    "guardian_relation": "祖父",
    "phone": "14400001234",
    "address": "3组",
    "bank_name": "湖南农村商业银行",
    "bank_account": "6217000000000000003",
    "consent": True,
    "promise": True,
}
FATHER_DEAD = {"father_state": "死亡", "father_since": "2025-05-01"}
MOTHER_IN_PRISON = {"mother_state": "服刑", "mother_since": "2026-01-15", "mother_term_months": 8}


def a_child(born: str = "2016-03-10", name: str = "杨小宝", **more: Any) -> Person:
    return Person.objects.create(
        name=name, birth_date=dt.date.fromisoformat(born), sex="1", region_id=VILLAGE, hukou_region_id=VILLAGE, **more
    )  # fmt: skip


def lives_with(child: Person, head: Person) -> Household:
    """A family of two."""
    home = Household.objects.create(region_id=VILLAGE, category="urban", head=head, since=dt.date(2015, 1, 1))
    for order, (person, relation) in enumerate([(head, "户主"), (child, "孙子")]):
        Membership.objects.create(
            household=home, person=person, relation=relation, order=order, since=home.since
        )
    return home


class Journey:
    """`Journey(access, "C2", child, on, **FATHER_DEAD).granted(on=…)`."""

    def __init__(
        self, access: Callable[[str, dt.date], Access], item: str, child: Person, on: dt.date, **answers: Any
    ) -> None:
        self.access, self.on = access, on
        helper = access("helper", on)
        self.case: Case = open_case(helper, item, child, child.region, "desk")
        save_draft(helper, self.case, ANSWERS | answers)
        submit(helper, self.case)

    def move(self, username: str, key: str, record: dict[str, Any] | None = None) -> CaseMove:
        self.case.refresh_from_db()
        return do_move(self.access(username, self.on), self.case, key, record or {})

    def granted(self, on: dt.date) -> Journey:
        self.move("clerk", "accept")
        self.move("township", "propose_grant", OPINION)
        self.on = on
        self.move("approver", "grant", OPINION)
        return self
