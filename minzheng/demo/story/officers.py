"""Takes a case from office to office: every act is the real action, done by one of the cast on its own day."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from minzheng.demo.story.application import application_of
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import User
from minzheng.foundation.cases.api import authorise, blank_record, do_move, open_case, save_draft, submit
from minzheng.foundation.cases.models import Case, CaseMove, Channel
from minzheng.foundation.documents.models import Document
from minzheng.foundation.documents.store import store_document
from minzheng.foundation.people.models import Household


class Officers:
    """The cast at work. Methods are the steps of A1 in order; each takes the day on which it happens."""

    def __init__(self) -> None:
        self.users = {user.username: user for user in User.objects.exclude(person=None)}
        self._photos: dict[str, Document] = {}

    def on(self, username: str, day: dt.date) -> Access:
        return Access(self.users[username], day)

    def open(self, household: Household, day: dt.date, *, by: str = "clerk", **answers: Any) -> Case:
        """A draft, filled in from the records on behalf of the family."""
        helper = self.on(by, day)
        case = open_case(helper, "A1", household.head, household.region, Channel.PROACTIVE)
        return save_draft(helper, case, application_of(household, day, **answers))

    def submit(self, case: Case, day: dt.date, *, by: str = "clerk") -> None:
        helper = self.on(by, day)
        for member in case.persons.filter(needs_authorisation=True):
            authorise(helper, case, member.id_no, self.photo(by))
        submit(helper, case)

    def move(self, case: Case, username: str, key: str, day: dt.date, **record: Any) -> CaseMove:
        return do_move(self.on(username, day), case, key, record)

    def accept(self, case: Case, day: dt.date) -> None:
        self.move(case, "clerk", "accept", day, related_staff=False)

    def survey(self, case: Case, day: dt.date) -> None:
        """County checks the data; two from the township visit and sign; the result is worked out."""
        self.move(case, "reviewer", "data_check", day, **self._check(case))
        self.move(case, "clerk", "visit", day, **self._visit(case))
        self.move(case, "clerk2", "cosign", day, agrees=True)
        self.move(case, "clerk", "conclude", day)

    def propose(self, case: Case, day: dt.date, key: str = "propose_grant") -> None:
        self.move(case, "township", key, day, opinion="经核对和入户调查，按认定结果办理。")

    def post(self, case: Case, day: dt.date) -> None:
        self.move(case, "clerk", "post", day, place="村务公开栏", photo=[self.photo("clerk").pk])

    def close(self, case: Case, day: dt.date) -> None:
        self.move(case, "clerk", "close", day)

    def decide(self, case: Case, day: dt.date, key: str = "grant") -> None:
        self.move(case, "approver", key, day, opinion="同意。")

    def photo(self, username: str) -> Document:
        """A picture that this user uploaded: a plain card that says it is made up."""
        if username not in self._photos:
            upload = SimpleUploadedFile("演示照片.jpg", card(), content_type="image/jpeg")
            self._photos[username] = store_document(upload, kind="photo", user=self.users[username])
        return self._photos[username]

    def _check(self, case: Case) -> dict[str, Any]:
        record = blank_record(case, case.at_step.move("data_check"))
        return record | {"report_no": f"HD{case.number[-6:]}", "conclusion": "与申报一致"}

    def _visit(self, case: Case) -> dict[str, Any]:
        photo = [self.photo("clerk").pk]
        return blank_record(case, case.at_step.move("visit")) | {
            "place": case.data["address"],
            "way": "入户调查",
            "finding": "住房、生活状况、收入来源与申报一致，邻居反映家庭确有困难。",
            "photo": photo,
            "family_signature": photo,
        }


def card() -> bytes:
    from PIL import Image, ImageDraw

    card = Image.new("RGB", (640, 480), (226, 234, 232))
    ImageDraw.Draw(card).rectangle((40, 40, 600, 440), outline=(20, 92, 92), width=4)
    buffer = io.BytesIO()
    card.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
