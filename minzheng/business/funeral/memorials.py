"""Online memorials (S-158): opened by the family, read by an officer before anybody else sees it; no number is ever shown."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.funeral.models import Memorial, MemorialState, Tribute, TributeKind
from minzheng.business.funeral.rights import refuse_strangers
from minzheng.foundation.accounts.behind import person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.people.models import Membership, Person


def family_dead(person: Person) -> list[Person]:
    """The dead who lived in a household with this person: for them one may open a memorial."""
    homes = Membership.objects.filter(person=person).values("household")
    return list(
        Person.objects.filter(memberships__household__in=homes, died_on__isnull=False)
        .exclude(pk=person.pk)
        .distinct()
        .order_by("-died_on")
    )


@action(
    "memorial.open",
    "开设网络祭扫",
    persons=lambda one: [one.person_id],
    region=lambda one: one.person.region_id,
)
def open_memorial(access: Any, memorial: Memorial) -> Memorial:
    """By somebody of the household, for their dead. It waits until an officer has read it."""
    refuse_strangers(access, memorial.opened_by_id)
    if memorial.person.pk not in {one.pk for one in family_dead(memorial.opened_by)}:
        raise Refused("只能为同住的已故家人开设。其他亲属请带关系证明到乡镇（街道）便民窗口办理。")
    memorial.region_id, memorial.opened_on = memorial.person.region_id, access.today
    try:
        with transaction.atomic():
            memorial.save(force_insert=True)
    except IntegrityError:
        raise Refused("家里已经有人为他（她）开设了，请向家人要网址。") from None
    return memorial


@action("memorial.publish", "开放网络祭扫", permission="register.write", persons=lambda one: [one.person_id])
def publish(access: Any, memorial: Memorial) -> Memorial:
    if person_of(access).pk == memorial.opened_by_id:
        raise Refused("自己开设的由另一位工作人员审核。")
    memorial.state, memorial.reason = MemorialState.OPEN, ""
    memorial.save(update_fields=["state", "reason"])
    return memorial


@action("memorial.hide", "不予开放", permission="register.write", persons=lambda one: [one.person_id])
def hide(access: Any, memorial: Memorial, *, reason: str) -> Memorial:
    if not reason.strip():
        raise Refused({"reason": "请写明理由，家属会看到。"})
    memorial.state, memorial.reason = MemorialState.HIDDEN, reason.strip()[:120]
    memorial.save(update_fields=["state", "reason"])
    return memorial


@action("memorial.tribute", "网络祭扫", region=lambda tribute: tribute.memorial.region_id)
def pay_tribute(access: Any, tribute: Tribute) -> Tribute:
    """A candle and a flower once a day each; words wait until somebody has read them."""
    refuse_strangers(access, tribute.by_id)
    if tribute.memorial.state != MemorialState.OPEN:
        raise Refused("这个祭扫页面还没有开放。")
    is_words = tribute.kind == TributeKind.WORDS
    if is_words and not tribute.words.strip():
        raise Refused({"words": "请写下想说的话。"})
    tribute.words = tribute.words.strip()[:200] if is_words else ""
    tribute.on = access.today
    tribute.state = MemorialState.WAITING if is_words else MemorialState.OPEN
    try:
        with transaction.atomic():
            tribute.save(force_insert=True)
    except IntegrityError:
        raise Refused(f"今天已经{tribute.get_kind_display()}了，明天再来。") from None
    return tribute


@action(
    "memorial.read_words", "审核祭扫留言", permission="register.write", region=lambda one: one.memorial.region_id,
    persons=lambda one: [one.by_id],
)  # fmt: skip
def judge_words(access: Any, tribute: Tribute, *, shown: bool) -> Tribute:
    tribute.state = MemorialState.OPEN if shown else MemorialState.HIDDEN
    tribute.save(update_fields=["state"])
    return tribute
