"""Takes one 特困 case through the offices, day by day: EX10's widow of 93 with a son of 72, opened by the township."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile

from minzheng.business.assistance.tekun.form import SIX
from minzheng.business.assistance.tests.families import identity, monthly
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.api import blank_record, do_move, open_case, save_draft, submit
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.documents.models import Document
from minzheng.foundation.people.models import Household, Membership, Person
from minzheng.foundation.regions.models import Region

VILLAGE = "431227107203"
START = dt.date(2026, 9, 1)
SON = {
    "name": "吴长根",
    "relation": "子女",
    "birth_date": "1954-05-01",
    "duty_status": "都不是",
    "disability_type": "无",
    "obligor_income": {"fen": 1_800_000, "period": "year"},
    "obligor_property_within": True,
}
THREE = ("self_bed", "self_toilet", "self_wash")


def daily(*failing: str) -> dict[str, bool]:
    """The six answers: no to those that fail."""
    return {key: key not in failing for key, _ in SIX}


def widow(name: str = "杨满秀", born: str = "19330401", order: int = 2, category: str = "urban") -> Person:
    """Somebody who lives alone in 新村; an even `order` is a woman."""
    person = Person.objects.create(
        name=name,
        id_no=identity(f"431227{born}{order:03d}"),
        sex="2",
        birth_date=dt.datetime.strptime(born, "%Y%m%d").date(),
        region_id=VILLAGE,
        hukou_region_id=VILLAGE,
        bank_name="新晃农村商业银行",
        bank_account="6217000000000000003",
    )
    home = Household.objects.create(
        region_id=VILLAGE, category=category, head=person, since=dt.date(2015, 1, 1)
    )
    Membership.objects.create(household=home, person=person, relation="户主", since=home.since)
    return person


def answers(**more: Any) -> dict[str, Any]:
    """EX10's form: only the central part of a resident pension; one son."""
    return {
        "address": "新村三组",
        "phone": "13787451234",
        "has_supporters": True,
        "obligors": [SON],
        "income_kinds": ["resident_pension"],
        "resident_pension": monthly(143),
        "resident_pension_central": monthly(143),
        "own_assets": 800_000,
        "own_houses": 1,
        "own_cars": 0,
        **daily(*THREE),
        "place": "分散供养",
        "related_staff": False,
        "consent": True,
        "promise": True,
        **more,
    }


class Journey:
    """`Journey(access).granted()`: 975.00 a month from October (EX11)."""

    def __init__(
        self,
        access: Callable[[str, dt.date], Access],
        person: Person | None = None,
        on: dt.date = START,
        **more: Any,
    ) -> None:
        self.access, self.today = access, on
        self.person = person or widow()
        clerk = self.as_("clerk2")
        self.case: Case = open_case(clerk, "A4", self.person, Region.objects.get(code=VILLAGE))
        save_draft(clerk, self.case, answers(**more))
        submit(clerk, self.case)

    def as_(self, username: str) -> Access:
        return self.access(username, self.today)

    def later(self, days: int) -> Journey:
        self.today += dt.timedelta(days=days)
        return self

    def at(self, day: dt.date) -> Journey:
        self.today = day
        return self

    def move(self, username: str, key: str, record: dict[str, Any] | None = None) -> CaseMove:
        return do_move(self.as_(username), self.case, key, record or {})

    def accept(self) -> Journey:
        self.move("clerk2", "accept", {"related_staff": False})
        return self

    def data_check(self) -> Journey:
        blank = blank_record(self.case, self.case.at_step.move("data_check"))
        self.move("reviewer", "data_check", blank | {"report_no": "HD1", "conclusion": "与申报一致"})
        return self

    def visited(self, key: str = "visit", who: str = "clerk", **more: Any) -> Journey:
        blank = blank_record(self.case, self.case.at_step.move(key))
        found = {"where": "新村三组", "finding": "与申报一致。", "photo": [self.photo(who).pk], **more}
        self.move(who, key, blank | found)
        return self

    def survey(self, **more: Any) -> Journey:
        self.later(1).data_check().visited(**more)
        self.move("clerk2", "cosign", {"agrees": True})
        self.move("clerk", "conclude")
        return self

    def proposed(self, key: str = "propose_grant") -> Journey:
        self.later(1).move("township", key, {"opinion": "符合规定。"})
        return self

    def publicised(self) -> Journey:
        self.later(1).move("helper", "post", {"place": "村务公开栏", "photo": [self.photo("helper").pk]})
        self.later(8).move("clerk", "close")
        return self

    def decided(self, key: str = "grant") -> Journey:
        self.later(1)
        self.case.refresh_from_db()
        if self.case.county_visit:
            self.visited("county_visit", "reviewer")
        self.move("approver", key, {"opinion": "同意。"})
        return self

    def granted(self, **more: Any) -> Journey:
        return self.accept().survey(**more).proposed().publicised().decided()

    def photo(self, username: str) -> Document:
        return Document.objects.create(
            file=ContentFile(b"photo", name="photo.jpg"),
            name="photo.jpg",
            kind="照片",
            content_type="image/jpeg",
            size=5,
            sha256="0" * 64,
            uploaded_by=self.as_(username).user,
        )
