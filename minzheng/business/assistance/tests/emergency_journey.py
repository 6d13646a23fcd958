"""Takes one emergency through the township, as the cast would, on chosen days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.api import do_move, open_case, save_draft, submit
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.documents.models import Document
from minzheng.foundation.ledger.books import receive
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.reserves.actions import open_fund, top_up
from minzheng.foundation.reserves.models import ReserveFund

COUNTY, TOWNSHIP, VILLAGE = "431227000000", "431227107000", "431227107203"
DAY = dt.date(2026, 11, 2)  # a Monday
ANSWERS = {
    "cause": "火灾",
    "event_date": "2026-11-01",
    "event_place": "新村3组",
    "story": "房子烧了，今晚没有地方住。",
    "need": "cash",
    "address": "亲戚家",
    "promise": True,
}


def fund_of(
    access: Callable[..., Access], fen: int = 500_000, ceiling: int = 1_000_000, floor: int = 300_000
) -> ReserveFund:
    """新村's township has a fund with money in it."""
    receive("county", "temporary", COUNTY, 100_000_000, f"到账:{fen}")
    fund = open_fund(
        access("approver", DAY),
        Region.objects.get(code=TOWNSHIP),
        code="temporary",
        ceiling_fen=ceiling,
        floor_fen=floor,
        document="晃民发〔2026〕1号",
    )
    if fen:
        top_up(access("finance", DAY), fund, amount_fen=fen, reference="拨1")
    return fund


class Emergency:
    """`Emergency(access).seen().paid()`: handed in and accepted, looked at, paid on two signatures."""

    def __init__(
        self, access: Callable[..., Access], on: dt.date = DAY, person: Person | None = None, **answers: Any
    ) -> None:
        self.access, self.on = access, on
        clerk = access("clerk", on)
        person = person or access("xiuying", on).user.person
        self.case: Case = open_case(clerk, "A6", person, Region.objects.get(code=VILLAGE), "desk")
        save_draft(clerk, self.case, ANSWERS | {"event_date": str(on)} | answers)
        submit(clerk, self.case)
        self.move("clerk", "accept")

    def move(self, username: str, key: str, record: dict[str, Any] | None = None) -> CaseMove:
        return do_move(self.access(username, self.on), self.case, key, record or {})

    def later(self, days: int) -> Emergency:
        self.on += dt.timedelta(days=days)
        return self

    def seen(self, username: str = "clerk", **found: Any) -> Emergency:
        record = {
            "emergency_real": True,
            "emergency_persons": 1,
            "emergency_months": 1,
            "emergency_severity": "一般",
            "finding": "房屋烧毁，本人由村支书当面确认。",
        }
        self.move(username, "visit", record | found)
        return self

    def paid(self, username: str = "township") -> Emergency:
        self.move(username, "pay_two", {"received": True})
        return self

    def photographed(self, username: str = "clerk", **more: Any) -> Emergency:
        record = {"photo": [self.photo(username).pk], "witness": "吴小芳", "received": True}
        self.move(username, "pay_photo", record | more)
        return self

    def photo(self, username: str) -> Document:
        return Document.objects.create(
            file=ContentFile(b"photo", name="photo.jpg"),
            name="photo.jpg",
            kind="照片",
            content_type="image/jpeg",
            size=5,
            sha256="0" * 64,
            uploaded_by=self.access(username, self.on).user,
        )
