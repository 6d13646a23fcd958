"""结婚证 and 离婚证: one copy for each of the two, paper and electronic in the transaction of the act (S-025, S-142)."""

from __future__ import annotations

import datetime as dt

from django.core.files.storage import default_storage

from minzheng.business.marriage.models import Registration
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.certificates.actions import issue, revoke
from minzheng.foundation.certificates.models import Issued, State
from minzheng.foundation.certificates.refusals import refusal_notice
from minzheng.foundation.certificates.words import Certificate, Content
from minzheng.foundation.people.masking import mask_id_no
from minzheng.foundation.people.models import Person

BY_LAW = "民法典；婚姻登记条例（国务院令第804号）；婚姻登记工作规范（民发〔2025〕23号）"
BY = "婚姻登记条例（国务院令第804号）；婚姻登记工作规范（民发〔2025〕23号）"
Copy = tuple[Registration, Person]  # whose copy of which act


def content_of(copy: Copy, on: dt.date) -> Content:
    """The same for both but for the holder. Numbers of identity are masked: the register has them in full."""
    registration, holder = copy
    rows = [
        ("持证人", holder.name),
        ("登记日期", f"{registration.registered_on:%Y年%-m月%-d日}"),
        ("结婚证字号" if registration.is_marriage else "离婚证字号", registration.number),
        ("男方", registration.man_name),
        ("男方国籍", registration.man_nationality),
        ("男方身份证件号", mask_id_no(registration.man_id_no)),
        ("女方", registration.woman_name),
        ("女方国籍", registration.woman_nationality),
        ("女方身份证件号", mask_id_no(registration.woman_id_no)),
        ("备注", registration.remark or "无"),
    ]
    return Content(
        person=holder.pk,
        name=holder.name,
        rows=tuple(rows),
        public=("登记日期",),
        number=registration.number,
    )


def photo_of(issued: Issued) -> bytes | None:
    """The joint photo of the act that the certificate is about."""
    registration = Registration.objects.select_related("photo").filter(number=issued.number).first()
    if registration is None or registration.photo is None:
        return None
    with default_storage.open(registration.photo.file.name) as stored:
        return bytes(stored.read())


MARRIED = Certificate(
    code="married",
    title="结婚证",
    mark="结",
    content=content_of,
    cite=BY,
    type_no="001",
    paper="marriage",
    statement="结婚申请，符合《中华人民共和国民法典》规定，予以登记，发给此证。",
    picture=photo_of,
    covers=("S-142",),
)
PARTED = Certificate(
    code="parted",
    title="离婚证",
    mark="离",
    content=content_of,
    cite=BY,
    type_no="002",
    paper="marriage",
    statement="离婚申请，符合《中华人民共和国民法典》规定，予以登记，发给此证。",
    picture=photo_of,
    covers=("S-142",),
)

NOT_MARRIED = refusal_notice(
    "marriage_declined", "不予办理结婚登记告知书", mark="婚不", type_no="005", cite=BY_LAW, covers=("S-140",)
)
NOT_PARTED = refusal_notice(
    "divorce_declined", "不予办理离婚登记告知书", mark="离不", type_no="006", cite=BY_LAW, covers=("S-140",)
)


def issue_both(access: Access, registration: Registration) -> list[Issued]:
    """Two copies for two people, under one number."""
    assert registration.man is not None and registration.woman is not None, "acts of today have both"
    return [issue_one(access, registration, holder) for holder in (registration.man, registration.woman)]


def issue_one(access: Access, registration: Registration, holder: Person) -> Issued:
    word = MARRIED if registration.is_marriage else PARTED
    return issue(
        access,
        word.code,
        (registration, holder),
        region=registration.region_id,
        origin=f"registration:{registration.pk}:{holder.pk}",
        today=registration.registered_on,
    )


def revoke_copies(access: Access, registration: Registration, reason: str, holder: int | None = None) -> int:
    """Of one act, both copies or one holder's. Returns how many were still held."""
    held = Issued.objects.filter(number=registration.number, kind__in=[MARRIED.code, PARTED.code]).exclude(
        state=State.REVOKED
    )
    copies = list(held if holder is None else held.filter(person=holder))
    for one in copies:
        revoke(access, one, reason=reason)
    return len(copies)
