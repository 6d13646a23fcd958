"""Takes one dibao case through the offices, day by day, as the cast would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.api import authorise, blank_record, do_move, open_case, save_draft, submit
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.documents.models import Document
from minzheng.foundation.regions.models import Region

VILLAGE = "431227107203"
START = dt.date(2026, 3, 2)


class Journey:
    """`Journey(access, data).to("confirm_county")`: every step on its own plausible day."""

    item = "A1"

    def __init__(self, access: Callable[[str, dt.date], Access], data: dict[str, Any]) -> None:
        self.access, self.today = access, START
        citizen = self.as_("xiuying")
        region = Region.objects.get(code=VILLAGE)
        self.case: Case = open_case(citizen, self.item, citizen.user.person, region)
        save_draft(citizen, self.case, data)

    def as_(self, username: str) -> Access:
        return self.access(username, self.today)

    def later(self, days: int) -> Journey:
        self.today += dt.timedelta(days=days)
        return self

    def move(self, username: str, key: str, record: dict[str, Any] | None = None) -> CaseMove:
        return do_move(self.as_(username), self.case, key, record or {})

    def prefilled(self, key: str, **more: Any) -> dict[str, Any]:
        """The step's form as the officer finds it, completed."""
        return blank_record(self.case, self.case.at_step.move(key)) | more

    def authorise_all(self) -> Journey:
        for one in self.case.persons.filter(needs_authorisation=True):
            authorise(self.as_("xiuying"), self.case, one.id_no, self.photo("xiuying"))
        return self

    def submit(self) -> Journey:
        self.authorise_all()
        submit(self.as_("xiuying"), self.case)
        return self

    def accept(self, **record: Any) -> Journey:
        self.move("clerk", "accept", {"related_staff": False, **record})
        return self

    def survey(self, check: dict[str, Any] | None = None, visit: dict[str, Any] | None = None) -> Journey:
        self.later(1)
        self.data_check(**(check or {}))
        self.visit(**(visit or {}))
        return self

    def data_check(self, **more: Any) -> Journey:
        record = self.prefilled("data_check", report_no="HD2026001", conclusion="与申报一致")
        self.move("reviewer", "data_check", record | more)
        return self

    def visit(self, surveyor: str = "clerk", second: str = "clerk2", **more: Any) -> Journey:
        record = self.prefilled(
            "visit",
            place="新村三组12号",
            way="入户调查",
            finding="住房、生活情况与申报一致。",
            photo=[self.photo(surveyor).pk],
            family_signature=[self.photo(surveyor).pk],
        )
        self.move(surveyor, "visit", record | more)
        self.move(second, "cosign", {"agrees": True})
        return self

    def conclude(self) -> Journey:
        self.move("clerk", "conclude")
        return self

    def propose(self, key: str = "propose_grant") -> Journey:
        self.later(1).move("township", key, {"opinion": "符合调查结果，拟按规定办理。"})
        return self

    def publicise(self) -> Journey:
        self.later(1).post()
        self.later(8).move("clerk", "close")
        return self

    def post(self) -> Journey:
        self.move("helper", "post", {"place": "村务公开栏", "photo": [self.photo("helper").pk]})
        return self

    def decide(self, key: str = "grant") -> Journey:
        self.later(1).move("approver", key, {"opinion": "同意。"})
        return self

    def granted(self) -> Journey:
        return self.submit().accept().survey().conclude().propose().publicise().decide()

    def photo(self, username: str) -> Document:
        """One that this user has just uploaded."""
        return Document.objects.create(
            file=ContentFile(b"photo", name="photo.jpg"),
            name="photo.jpg",
            kind="照片",
            content_type="image/jpeg",
            size=5,
            sha256="0" * 64,
            uploaded_by=self.as_(username).user,
        )
