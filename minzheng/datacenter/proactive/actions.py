"""From the list to the payment: one officer publishes, another confirms, the person may say no (S-030)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied

from minzheng.datacenter.proactive.models import OPEN, Offer, State
from minzheng.datacenter.screening.dispatch import close
from minzheng.datacenter.screening.models import Finding, Kind, Result
from minzheng.datacenter.screening.models import State as FindingState
from minzheng.foundation.accounts.behind import refuse_same_person
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits.actions import grant, restate
from minzheng.foundation.benefits.timeline import Span, Why
from minzheng.foundation.benefits.words import benefit
from minzheng.foundation.calendar import Period, Unit, period_end
from minzheng.foundation.items.figures import figures


def _person(offer: Offer) -> list[int]:
    return [offer.person_id]


@action("proactive.publish", "公示主动发放名单", permission="screening.run", persons=_person)
def publish(access: Any, offer: Offer) -> None:
    """The name goes onto the public list; the days of publicity begin."""
    if offer.state != State.LISTED:
        raise Refused(f"这一条{offer.get_state_display()}，不用再公示。")
    offer.state, offer.published_on, offer.published_by = State.PUBLISHED, access.today, access.user
    offer.save(update_fields=["state", "published_on", "published_by"])


@action("proactive.confirm", "确认主动发放", permission="screening.run", persons=_person)
def confirm(access: Any, offer: Offer) -> None:
    """Grant without an application, from the month due; by another person than the one who published."""
    if offer.state != State.PUBLISHED or offer.published_on is None:
        raise Refused(f"这一条{offer.get_state_display()}，要公示期满且没有异议才能确认。")
    _refuse_same_person(access, offer)
    last = publicity_ends(offer)
    if access.today <= last:
        raise Refused(f"公示期到{last:%Y年%m月%d日}为止，期满后再确认。")
    if offer.person.died_on is not None:
        raise Refused("本人已登记去世，不能发放。请移出名单。")
    _grant(access, offer)
    missed = Finding.objects.filter(
        kind=Kind.ENTITLED_NOT_RECEIVING, benefit=offer.benefit, person=offer.person_id
    ).exclude(state=FindingState.CLOSED)
    close(missed, Result.CONFIRMED, access.today, note="已主动发放", actor=access.user)


@action("proactive.drop", "移出主动发放名单", permission="screening.run", persons=_person)
def drop(access: Any, offer: Offer, *, note: str) -> None:
    """An objection was right, or somebody looked and it is not so."""
    _refuse_settled(offer)
    offer.state, offer.note = State.DROPPED, _stated(note)
    offer.save(update_fields=["state", "note"])


@action("proactive.object", "登记对主动发放的异议", permission="case.handle", persons=_person)
def object_to(access: Any, offer: Offer, *, note: str) -> None:
    """Somebody says it is not right: nothing is paid until the county has looked."""
    _refuse_settled(offer)
    offer.state, offer.note = State.OBJECTED, _stated(note)
    offer.save(update_fields=["state", "note"])


@action("proactive.dismiss", "异议不成立", permission="screening.run", persons=_person)
def dismiss(access: Any, offer: Offer, *, note: str) -> None:
    """The county looked: the person stays on the list, as published as before."""
    if offer.state != State.OBJECTED:
        raise Refused("这一条没有待处理的异议。")
    offer.state = State.PUBLISHED if offer.published_on else State.LISTED
    offer.note = _stated(note)
    offer.save(update_fields=["state", "note"])


@action("proactive.decline", "不要主动发放", persons=_person)
def decline(access: Any, offer: Offer, *, note: str = "") -> None:
    """By the person, or by the officer to whom the person said so; whoever declined is not asked again."""
    own = access.user is not None and access.user.person_id == offer.person_id
    if not own and not access.may("case.handle", offer.region_id):
        raise PermissionDenied("只有本人，或本人当面告知的工作人员，才能登记“不要”。")
    _refuse_settled(offer)
    offer.state, offer.note = State.DECLINED, note.strip()[:300] or "本人在网上表示不要"
    offer.save(update_fields=["state", "note"])


def publicity_ends(offer: Offer) -> dt.date:
    """The last day of the publicity; natural days, never rolled (DC2)."""
    if offer.published_on is None:
        raise ValueError(offer.pk)
    days = int(
        figures(offer.published_on, offer.region_id, settings.STANDARDS_SET)("proactive_publicity_days")
    )
    return period_end(offer.published_on, Period(days, Unit.DAYS))


def _grant(access: Any, offer: Offer) -> None:
    declared = benefit(offer.benefit)
    why = Why("proactive", declared.cite, access.today)
    spans = [
        Span(dt.date.fromisoformat(first), dt.date.fromisoformat(last) if last else None, fen)
        for first, last, fen in offer.spans
    ]
    right = grant(
        access,
        offer.person,
        code=offer.benefit,
        amount_fen=spans[0].amount_fen,
        why=why,
        applied_on=offer.first_month,
        reached_on=offer.first_month,
    )
    if len(spans) > 1:
        restate(access, right, spans=spans[1:], why=why)
    offer.state, offer.entitlement = State.GRANTED, right
    offer.confirmed_on, offer.confirmed_by = access.today, access.user
    offer.save(update_fields=["state", "entitlement", "confirmed_on", "confirmed_by"])


def _refuse_same_person(access: Any, offer: Offer) -> None:
    refuse_same_person(access, offer.published_by, did="公示", does="确认")
    if access.user.person_id == offer.person_id:
        raise Refused("不能确认本人的待遇，请由另一位工作人员确认。")


def _refuse_settled(offer: Offer) -> None:
    if offer.state not in OPEN:
        raise Refused(f"这一条{offer.get_state_display()}，不能再改。")


def _stated(note: str) -> str:
    if not note.strip():
        raise Refused({"note": "请写明理由。"})
    return note.strip()[:300]
