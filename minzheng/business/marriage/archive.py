"""M5 补领, M7 查询, S-143 补录: what the archive proves, who may look, and old records that a second person verifies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from minzheng.business.marriage.actions import (
    couple_of,
    finish_applications,
    keep_state,
    may_register,
    write_row,
)
from minzheng.business.marriage.certificates import issue_one, revoke_copies
from minzheng.business.marriage.models import (
    ArchiveSearch,
    Kind,
    Marriage,
    Registration,
    Registry,
    Source,
    Spouse,
    Standing,
)
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.people.exact import person_with
from minzheng.foundation.people.models import Person

AGAIN = {Kind.MARRIAGE: Kind.MARRIAGE_AGAIN, Kind.DIVORCE: Kind.DIVORCE_AGAIN}
PROVES = (Source.REGISTERED, Source.VERIFIED)


@action("marriage.reissue", "补领婚姻登记证", permission="marriage.write", persons=couple_of)
def reissue(
    access: Any, original: Registration, person: Person, registry: Registry, reason: str
) -> Registration:
    """A new certificate for one of the two; the old copy is revoked in the same transaction (BJ, BL).

    A marriage certificate is given again while the marriage stands, a divorce certificate while nobody has remarried
    each other; both only on what the archive proves.
    """
    may_register(access, registry, None, [person])
    if person.pk not in original.couple:
        raise Refused("只能给登记的当事人补领，请核对身份证。")
    if original.source not in PROVES:
        raise Refused("这份档案还没有核对，不能作为补领的依据。请先由另一位工作人员核对档案。")
    if original.standing != Standing.VALID:
        raise Refused(f"这笔登记已由{original.get_standing_display()}，不能补领。")
    root = _first_of(original)
    if root.kind == Kind.MARRIAGE and (root.marriage is None or root.marriage.ended_on is not None):
        raise Refused("档案显示这段婚姻已经终止，不能补领结婚证。")
    if root.kind == Kind.DIVORCE and _together_again(root):
        raise Refused("双方已经复婚，离婚证不再补发。需要证明离婚经过的，请在“档案查询”里出具婚姻档案。")
    if not reason.strip():
        raise Refused({"reason": "请写明补领的原因，例如“遗失”。"})
    row = Registration(
        registry=registry,
        marriage=root.marriage,
        man=root.man,
        woman=root.woman,
        man_nationality=root.man_nationality,
        woman_nationality=root.woman_nationality,
        photo=root.photo,
        remark=f"{'结婚' if root.is_marriage else '离婚'}登记日期{root.registered_on:%Y年%-m月%-d日}，原字号{root.number}"[
            :300
        ],
    )
    write_row(access, row, AGAIN[Kind(root.kind)], None)
    for one in _copies_of(root).exclude(pk=row.pk):
        revoke_copies(access, one, f"补领：{reason.strip()}", holder=person.pk)
    issue_one(access, row, person)
    finish_applications(access, "M5", [person])
    return row


def find_records(access: Any, name: str, id_no: str, number: str = "") -> QuerySet[Registration]:
    """The register's rows of one person, by the whole identity number or the number of the act; the look is recorded."""
    access.require("marriage.read")
    found = Registration.objects.none()
    if id_no.strip():
        text = id_no.strip().upper()
        found = Registration.objects.filter(
            Q(man_id_no=text, man_name=name) | Q(woman_id_no=text, woman_name=name)
        )
    elif number.strip():
        found = Registration.objects.filter(number=number.strip().upper()).filter(
            Q(man_name=name) | Q(woman_name=name)
        )
    found = (
        access.scope("marriage.read", found)
        .select_related("registry", "marriage")
        .order_by("registered_on", "id")
    )
    people = [key for one in found for key in one.couple]
    record_read("查找婚姻档案", actor=access.user, subject=access.user, persons=people, region="")
    return found


@action("marriage.archive_search", "出具婚姻档案", persons=lambda search: search.registration.couple)
def show_archive(access: Any, search: ArchiveSearch, person: Person | None = None) -> ArchiveSearch:
    """Note and allow one look: for a party in person (`person`), or an authority with its letter (M7)."""
    access.require("marriage.read", search.region_id)
    if search.asker == ArchiveSearch.Asker.PARTY:
        if person is None or person.pk not in search.registration.couple:
            raise PermissionDenied("婚姻档案只有当事人本人可以查，或由有权机关持公函查询。")
        search.asker_name = person.name
    elif not search.letter_no.strip():
        raise Refused({"letter_no": "请填写介绍信、公函或委托书的编号，并留存原件。"})
    if not search.purpose.strip():
        raise Refused({"purpose": "请填写查询用途。"})
    search.on, search.shown_by = access.today, access.user
    search.save(force_insert=True)
    if person is not None:
        finish_applications(access, "M7", [person])
    return search


@action("marriage.verify_entry", "核对补录档案", permission="marriage.write", persons=couple_of)
def verify_entry(access: Any, registration: Registration) -> None:
    """By another person than the one who entered it, against the scan. What contradicts the register is disputed."""
    now = _entered(registration)
    if (
        now.registrar is not None and now.registrar.person_id == access.user.person_id
    ):  # by person, not account
        raise Refused("录入人不能核对自己录入的档案，请另一位工作人员对照扫描件核对。")
    if now.declaration_id is None:
        raise Refused("请先上传纸质档案的扫描件，再对照核对。")
    now.man, now.woman = (now.man or _known(now.man_id_no)), (now.woman or _known(now.woman_id_no))
    now.verified_by, now.source = access.user, Source.VERIFIED
    if now.kind == Kind.MARRIAGE and now.man and now.woman:
        now.marriage = _standing_marriage(now)
    now.save()
    registration.refresh_from_db()


@action("marriage.dispute_entry", "标注档案争议", permission="marriage.write", persons=couple_of)
def dispute_entry(access: Any, registration: Registration, *, remark: str) -> None:
    """The paper, the scan and the people's word differ: nothing is proven by it until somebody finds out."""
    now = _entered(registration)
    if not remark.strip():
        raise Refused({"remark": "请写明争议在哪里，例如“姓名与身份证不符”。"})
    now.source, now.remark = Source.DISPUTED, remark.strip()[:300]
    now.save(update_fields=["source", "remark"])


def _first_of(registration: Registration) -> Registration:
    """The act itself, of which a BJ or BL row is a repetition."""
    if registration.kind in {Kind.MARRIAGE, Kind.DIVORCE}:
        return registration
    first = Kind.MARRIAGE if registration.is_marriage else Kind.DIVORCE
    found = Registration.objects.filter(marriage=registration.marriage_id, kind=first).order_by("pk").first()
    return found or registration


def _together_again(divorce: Registration) -> bool:
    """Given again is what still holds (婚姻登记工作规范 补领的条件); the two of it are husband and wife once more."""
    return Marriage.objects.filter(man=divorce.man, woman=divorce.woman, ended_on=None).exists()


def _copies_of(root: Registration) -> QuerySet[Registration]:
    kinds = [Kind.MARRIAGE, Kind.MARRIAGE_AGAIN] if root.is_marriage else [Kind.DIVORCE, Kind.DIVORCE_AGAIN]
    same = Registration.objects.filter(kind__in=kinds)
    return same.filter(marriage=root.marriage_id) if root.marriage_id else same.filter(pk=root.pk)


def _entered(registration: Registration) -> Registration:
    now = Registration.objects.select_for_update().get(pk=registration.pk)
    if now.source not in {Source.ENTERED, Source.DISPUTED}:
        raise Refused("这份档案已经核对过，不能再改。")
    return now


def _known(id_no: str) -> Person | None:
    return person_with(id_no) if id_no else None


def _standing_marriage(registration: Registration) -> Marriage:
    """The marriage that an old record proves. Refused where one of them is in another: that is a dispute."""
    assert registration.man is not None and registration.woman is not None, "looked at by the caller"
    marriage = Marriage.objects.create(
        region_id=registration.region_id,
        man=registration.man,
        woman=registration.woman,
        since=registration.registered_on,
    )
    try:
        with transaction.atomic():
            Spouse.objects.bulk_create(
                Spouse(marriage=marriage, person=one) for one in (registration.man, registration.woman)
            )
    except IntegrityError:
        raise Refused(
            "登记簿上有一方正处在另一段婚姻中，与这份档案矛盾。请标注争议，查清后再核对。"
        ) from None
    for person in (registration.man, registration.woman):
        keep_state(person, "已婚", registration.registered_on)
    return marriage


def people_of(registrations: Iterable[Registration]) -> set[int]:
    return {key for one in registrations for key in one.couple}
