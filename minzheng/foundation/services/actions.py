"""Writes on orders: asked, accepted, begun, finished, confirmed by somebody else than the worker, or handed back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.documents.store import own_documents
from minzheng.foundation.events.bus import emit
from minzheng.foundation.items.figures import figures
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Membership, Person
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.services.matching import contract_for
from minzheng.foundation.services.models import PAID_BY_US, Channel, Order, Payer, State, Worker
from minzheng.foundation.services.representatives import running
from minzheng.foundation.services.words import ServiceKind
from minzheng.foundation.tasks.visits import Position


@dataclass(frozen=True)
class Caller:
    """Who rang the hotline for the elder, and where to call back."""

    caller: str
    caller_relation: str = ""
    caller_phone: str = ""


def moment(access: Any) -> dt.datetime:
    """Now, on the day on which the user works."""
    return dt.datetime.combine(access.today, timezone.localtime().time(), timezone.get_current_timezone())


def persons_of(order: Order) -> list[int]:
    return [order.person_id]


def is_family(access: Any, person: Person) -> bool:
    """The person, somebody who lives in the same household today, or whom the person agreed to be represented by."""
    own = access.user.person_id if access.user is not None else None
    if own is None:
        return False
    homes = Membership.objects.filter(person=person, until=None).values("household")
    return (
        own == person.pk
        or Membership.objects.filter(person=own, until=None, household__in=homes).exists()
        or running(access.today).filter(agent=own, elder=person).exists()
    )


def _may_speak_for(access: Any, person: Person) -> None:
    if not is_family(access, person) and not access.may("service.order", person.region_id):
        raise PermissionDenied("只有本人、同住家属、老人同意的代办人或当地工作人员可以办理。")


@action("service.ask", "下单", persons=lambda person: [person.pk])
def ask(
    access: Any,
    person: Person,
    *,
    kind: str,
    channel: str,
    payer: str = Payer.PURCHASE,
    wish: str = "",
    provider: Organisation | None = None,
    caller: Caller | None = None,
) -> Order:
    """Order one service. Clocks run from now; a provider that is named must have a contract for it here."""
    if channel != Channel.DEVICE and channel != Channel.PLAN:
        _may_speak_for(access, person)
    if kind not in shelf(ServiceKind):
        raise Refused({"kind": "没有这项服务，请从目录中选择。"})
    if person.died_on is not None:
        raise Refused("服务对象已登记去世，不能下单。登记有误的，请先更正人员档案。")
    declared, stated, now = (
        shelf(ServiceKind).get(kind),
        figures(access.today, person.region_id),
        moment(access),
    )
    price = 0 if payer == Payer.BED else stated(declared.price)
    contract = (
        provider if provider is None else contract_for(provider.pk, kind, person.region_id, access.today)
    )
    if provider is not None and payer in PAID_BY_US and contract is None:
        raise Refused(
            {
                "provider": f"{provider.name}没有有效的“{declared.title}”合同，请另选单位，或留空由有合同的单位接单。"
            }
        )
    order = Order.objects.create(
        person=person,
        region=person.region,
        kind=kind,
        channel=channel,
        payer=payer,
        wish=wish.strip()[:300],
        **(asdict(caller) if caller else {}),
        provider=provider,
        contract=contract,
        asked_by=access.user,
        asked_at=now,
        accept_by=now + dt.timedelta(minutes=stated(declared.accept_within)),
        done_by=now + dt.timedelta(minutes=stated(declared.done_within)),
        price_fen=price,
    )
    emit("service.asked", order=order.pk, kind=kind, person=person.pk, payer=payer, fen=price)
    return order


def _current(order: Order, *states: str) -> Order:
    current = Order.objects.select_for_update(of=("self",)).select_related("person").get(pk=order.pk)
    if current.state not in states:
        raise Refused(f"这张工单现在是“{current.get_state_display()}”，不能这样办。请刷新页面查看。")
    return current


def _own(access: Any, order: Order) -> None:
    if order.provider_id not in access.organisations:
        raise PermissionDenied("这张工单不是您单位的。")


@action("service.accept", "接单", permission=None, persons=persons_of)
def accept(access: Any, order: Order, *, worker: Worker) -> Order:
    """Taken by a provider with a running contract, for one of its workers. The first one who takes it has it."""
    current = _current(order, State.ASKED)
    if worker.provider_id not in access.organisations or (worker.until and worker.until <= access.today):
        raise Refused({"worker": "请从本单位在岗的服务人员中选择。"})
    if current.provider_id not in (None, worker.provider_id):
        raise PermissionDenied("这张工单指定了另一家单位。")
    if current.payer in PAID_BY_US:
        current.contract = contract_for(worker.provider_id, current.kind, current.region_id, access.today)
        if current.contract is None:
            raise Refused("本单位在当地没有这项服务的有效合同，不能接单。")
    elif current.provider_id is None:
        raise PermissionDenied("这张工单没有派给您单位。")
    current.provider_id, current.worker = worker.provider_id, worker
    current.state, current.accepted_at = State.ACCEPTED, moment(access)
    current.save()
    return current


@action("service.hand_back", "退单", permission=None, persons=persons_of)
def hand_back(access: Any, order: Order, *, reason: str) -> Order:
    """Given back before it began: others may take it. What was said stays on record."""
    current = _current(order, State.ACCEPTED)
    _own(access, current)
    if len(reason.strip()) < 2:
        raise Refused({"reason": "请写明退单的原因。"})
    current.provider = current.contract = current.worker = current.accepted_at = None  # type: ignore[assignment]
    current.state, current.reason, current.handed_back = (
        State.ASKED,
        reason.strip()[:200],
        current.handed_back + 1,
    )
    current.save()
    return current


@action("service.start", "开始服务", permission=None, persons=persons_of)
def start(access: Any, order: Order, *, position: Position, at: dt.datetime | None = None) -> Order:
    """At the door: the time, and where; without a position the reason why."""
    current = _current(order, State.ACCEPTED)
    _own(access, current)
    if position.latitude is None and not position.missing.strip():
        raise Refused({"no_position": "请点“取得位置”，或写明没有定位的原因。"})
    current.state, current.started_at = State.STARTED, at or moment(access)
    current.latitude, current.longitude = position.latitude, position.longitude
    current.no_position = position.missing.strip()[:60]
    current.save()
    return current


@action("service.finish", "完成服务", permission=None, persons=persons_of)
def finish(
    access: Any, order: Order, *, report: str, photos: Sequence[int] = (), at: dt.datetime | None = None
) -> Order:
    current = _current(order, State.STARTED)
    _own(access, current)
    kept = own_documents(photos, access.user)
    if current.declared.needs_photo and not kept:
        raise Refused({"photos": "请拍一张现场照片。"})
    current.finished_at = max(at or moment(access), current.started_at or moment(access))
    current.state, current.report = State.DONE, report.strip()[:500]
    current.save()
    current.photos.set(kept)
    return current


@action("service.confirm", "确认服务", permission=None, persons=persons_of)
def confirm(access: Any, order: Order, *, rating: int) -> Order:
    """By the person, the family, or a helper of the place: never by the provider. From here on it may be settled."""
    current = _current(order, State.DONE)
    _may_speak_for(access, current.person)
    if current.provider_id in access.organisations or _is_the_worker(access, current):
        raise Refused("服务由谁提供，就不能由谁确认。请由本人、家属或协理员确认。")
    if not 1 <= rating <= 5:
        raise Refused({"rating": "请选择1至5分的评价。"})
    current.state, current.confirmed_at, current.rating = State.CONFIRMED, moment(access), rating
    current.confirmed_by = access.user
    own = access.user.person_id == current.person_id
    current.confirmed_as = "本人" if own else "家属" if is_family(access, current.person) else "协理员"
    current.save()
    emit(
        "service.confirmed",
        order=current.pk, kind=current.kind, person=current.person_id, payer=current.payer,
        fen=current.price_fen, on=access.today.isoformat(),
    )  # fmt: skip
    return current


def _is_the_worker(access: Any, order: Order) -> bool:
    own = access.user.person.id_no if access.user.person else None
    return own is not None and order.worker is not None and order.worker.id_no == own


@action("service.cancel", "取消工单", permission=None, persons=persons_of)
def cancel(access: Any, order: Order, *, reason: str) -> Order:
    """Before the service began, by who may order it."""
    current = _current(order, State.ASKED, State.ACCEPTED)
    _may_speak_for(access, current.person)
    if len(reason.strip()) < 2:
        raise Refused({"reason": "请写明取消的原因。"})
    current.state, current.reason = State.CANCELLED, reason.strip()[:200]
    current.save()
    emit(
        "service.cancelled",
        order=current.pk,
        person=current.person_id,
        payer=current.payer,
        fen=current.price_fen,
    )
    return current


@action("service.reject", "不予结算", permission="service.settle", persons=persons_of)
def reject(access: Any, order: Order, *, reason: str) -> Order:
    """What proves false, or was complained of rightly, is not paid."""
    current = _current(order, State.DONE, State.CONFIRMED)
    if current.statement_id is not None:
        raise Refused("这张工单已列入结算单，请先撤销结算草稿。")
    if len(reason.strip()) < 2:
        raise Refused({"reason": "请写明不予结算的原因。"})
    current.state, current.reason = State.REJECTED, reason.strip()[:200]
    current.save()
    emit(
        "service.cancelled",
        order=current.pk,
        person=current.person_id,
        payer=current.payer,
        fen=current.price_fen,
    )
    return current
