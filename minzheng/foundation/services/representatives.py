"""Asking to act for an elder, the elder's answer, and its end. Both sides are told what stands (民法典 第一百六十五条)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from minzheng.foundation.accounts.behind import person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.documents.store import own_documents
from minzheng.foundation.events.bus import emit
from minzheng.foundation.people.models import Person
from minzheng.foundation.services.models import Representative


def persons_of(one: Representative) -> list[int]:
    return [one.agent_id, one.elder_id]


def running(on: dt.date) -> QuerySet[Representative]:
    """Agreed to, and not taken back."""
    return Representative.objects.filter(confirmed_on__lte=on).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    )


@action("service.represent", "申请代办服务", persons=lambda elder: [elder.pk])
def ask_to_represent(access: Any, elder: Person, *, kin: str, proofs: Sequence[int]) -> Representative:
    """Holds nothing yet: the elder is asked first. One open request a pair."""
    agent = person_of(access)
    if agent.pk == elder.pk:
        raise Refused({"id_no": "这是您本人，不用登记，可以直接下单。"})
    if elder.died_on is not None:
        raise Refused({"id_no": "本人已登记去世，不能代办。登记有误的，请到村（社区）更正。"})
    kept = own_documents(proofs, access.user)
    if not kept:
        raise Refused({"proofs": "请上传户口簿、结婚证等关系证明，或老人签名的授权书。"})
    try:
        with transaction.atomic():
            one = Representative.objects.create(
                agent=agent, elder=elder, region=elder.region, kin=kin, asked_on=access.today
            )
    except IntegrityError:
        raise Refused("您已经提出过，请等村（社区）问过老人。") from None
    one.proofs.set(kept)
    emit("representative.asked", representative=one.pk, elder=elder.pk, region=elder.region_id)
    return one


@action("service.represent_agreed", "老人同意代办", persons=persons_of)
def agree(access: Any, one: Representative) -> Representative:
    """Said by the elder online, or to an officer of the place who asked."""
    current = _open(access, one)
    if current.confirmed_on is not None:
        return current
    current.confirmed_on, current.confirmed_by = access.today, access.user
    current.save()
    return current


@action("service.represent_ended", "终止代办", persons=persons_of)
def end_representation(access: Any, one: Representative, *, reason: str) -> Representative:
    """The elder says no or takes it back; the agent gives it up; an officer learns that it does not hold."""
    current = _open(access, one, or_agent=True)
    if len(reason.strip()) < 2:
        raise Refused({"reason": "请写明原因，对方可以看到。"})
    current.ended_on, current.reason = access.today, reason.strip()[:200]
    current.save()
    return current


def answered(one: Representative, agrees: bool, on: dt.date, by: int | None) -> None:
    """What the elder said to whoever went and asked (the task's record says who)."""
    if agrees:
        one.confirmed_on, one.confirmed_by_id = on, by
    else:
        one.ended_on, one.reason = on, "老人不同意"
    one.save()


def _open(access: Any, one: Representative, *, or_agent: bool = False) -> Representative:
    current = Representative.objects.select_for_update().get(pk=one.pk)
    own = access.user.person_id if access.user is not None else None
    said_by = {current.elder_id, current.agent_id} if or_agent else {current.elder_id}
    is_officer = access.may("service.order", current.region_id)
    if own == current.agent_id and not or_agent:
        raise Refused("自己的代办申请要由老人本人，或另一位工作人员问过老人以后登记。")
    if own not in said_by and not is_officer:
        raise PermissionDenied("只有老人本人或当地工作人员可以登记。")
    if current.ended_on is not None:
        raise Refused("这份代办已经终止，请刷新页面查看。")
    return current
