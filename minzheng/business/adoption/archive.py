"""S-132 收养档案: opened for a lawful party or an authority, with a purpose, by two people, for a few days; each look recorded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied

from minzheng.business.adoption.accepting import WRITE
from minzheng.business.adoption.clocks import days_from
from minzheng.business.adoption.models import Adoption, Asker, Origin, Unsealing
from minzheng.business.adoption.registering import lawful_parties
from minzheng.foundation.accounts.behind import another_person, person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.people.models import Person

UNSEAL = "adoption.unseal"


def _parents(unsealing: Unsealing) -> Iterable[int]:
    return unsealing.adoption.parent_keys


@action("adoption.ask_unseal", "申请查阅收养档案", permission=WRITE, persons=_parents)
def ask_to_unseal(access: Any, unsealing: Unsealing, person: Person | None = None) -> Unsealing:
    """`person` stands here and asks for themselves; an authority brings its letter. The origin is a secret of its own."""
    adoption = unsealing.adoption
    person_of(access)
    if unsealing.asker in (Asker.ADOPTER, Asker.CHILD):
        is_child = unsealing.asker == Asker.CHILD
        right = [adoption.child_id] if is_child else adoption.parent_keys
        if (
            person is None
            or person.pk not in right
            or person.pk not in lawful_parties(adoption, access.today)
        ):
            raise Refused("收养档案只有收养人和已成年的被收养人本人可以查阅。请核对身份证。")
        unsealing.asker_name = person.name
        if unsealing.with_origin and not _may_be_told(adoption):
            raise Refused(
                {"with_origin": "送养人没有同意告知，来历不能给当事人查阅。确有需要的，请向人民法院申请。"}
            )
    elif unsealing.asker == Asker.AUTHORITY:
        if not unsealing.letter_no.strip() or not unsealing.asker_name.strip():
            raise Refused({"letter_no": "请填写单位和公函编号，并留存公函原件。"})
    elif unsealing.with_origin:
        raise Refused({"with_origin": "办理补领、解除、撤销不需要来历。"})
    else:
        unsealing.asker_name = str(access.user)
    if not unsealing.purpose.strip():
        raise Refused({"purpose": "请填写用途。"})
    unsealing.region_id = adoption.region_id
    unsealing.asked_on, unsealing.asked_by = access.today, access.user
    unsealing.save(force_insert=True)
    return unsealing


@action("adoption.unseal", "核准打开收养档案", permission=UNSEAL, persons=_parents)
def allow(access: Any, unsealing: Unsealing) -> Unsealing:
    now = _waiting(access, unsealing)
    now.allowed_on, now.allowed_by = access.today, access.user
    now.until = days_from(access.today, "adoption_unsealed_days", now.region_id)
    now.save()
    return now


@action("adoption.keep_sealed", "不予打开收养档案", permission=UNSEAL, persons=_parents)
def keep_sealed(access: Any, unsealing: Unsealing, *, reason: str) -> None:
    now = _waiting(access, unsealing)
    if not reason.strip():
        raise Refused({"reason": "请写明不予开启的理由，告知查询人。"})
    now.refused_why = reason.strip()[:200]
    now.save(update_fields=["refused_why"])


def read_file(access: Any, unsealing: Unsealing) -> tuple[Adoption, Origin | None]:
    """The file, and its origin where that was allowed too: for the officer who asked, as long as it is open."""
    own = access.user is not None and access.user.person_id == unsealing.asked_by.person_id
    if not own or not access.may(WRITE, unsealing.region_id):
        raise PermissionDenied("档案只由申请查阅的登记员打开。请由经办人办理。")
    if not unsealing.is_open_on(access.today):
        raise PermissionDenied("档案没有核准打开，或者查阅期限已过。请重新申请查阅。")
    adoption = unsealing.adoption
    record_read(
        "查阅收养档案",
        actor=access.user,
        subject=adoption,
        persons=adoption.parent_keys,
        region=adoption.region_id,
        reason=unsealing.purpose,
    )
    return adoption, adoption.application.origin if unsealing.with_origin else None


def _may_be_told(adoption: Adoption) -> bool:
    return Origin.objects.filter(application=adoption.application_id, may_be_told=True).exists()


def _waiting(access: Any, unsealing: Unsealing) -> Unsealing:
    """By another human being than the one who asked."""
    another_person(access, unsealing.asked_by.person_id, did="申请", does="核准")
    now = Unsealing.objects.select_for_update(of=("self",)).get(pk=unsealing.pk)
    if not now.is_waiting:
        raise Refused("这件查阅申请已经办过，请刷新页面核对。")
    return now
