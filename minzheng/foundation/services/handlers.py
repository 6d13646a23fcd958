"""Who may open an order's pictures; what a death, and its undoing, does to orders that nobody has begun."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q

from minzheng.foundation.actions import Refused
from minzheng.foundation.documents.guards import Sight, document_guard
from minzheng.foundation.documents.models import Document
from minzheng.foundation.events.bus import emit, on
from minzheng.foundation.life_events.restoring import put_back
from minzheng.foundation.people.models import LifeEventKind
from minzheng.foundation.services.models import Order, Representative, State


@document_guard
def pictures_of_an_order(access: Any, document: Document) -> Sight | None:
    """Officers of the region, the provider that took them, the person served."""
    orders = Order.objects.filter(photos=document)
    own = access.user.person_id if access.user is not None else None
    found = (
        access.scope("register.read", orders).first()
        or orders.filter(Q(provider__in=access.organisations) | Q(person=own)).first()
    )
    return Sight((found.person_id,), found.region_id) if found else None


@document_guard
def proofs_of_a_representative(access: Any, document: Document) -> Sight | None:
    """Officers of the elder's place, and the elder."""
    rows = Representative.objects.filter(proofs=document)
    own = access.user.person_id if access.user is not None else None
    found = access.scope("register.read", rows).first() or rows.filter(elder=own).first()
    return Sight((found.agent_id, found.elder_id), found.region_id) if found else None


BY_DEATH = "服务对象去世"


@on("person.died")
def cancel_open_orders(person: int, **_: Any) -> None:
    """Nobody rings at the door of the dead; what was held for the order is given back."""
    for order in Order.objects.filter(person=person, state__in=[State.ASKED, State.ACCEPTED]):
        order.state, order.reason = State.CANCELLED, BY_DEATH
        order.save(update_fields=["state", "reason"])
        emit("service.cancelled", order=order.pk, person=person, payer=order.payer, fen=order.price_fen)


@on("person.event_undone")
def orders_come_back(person: int, kind: str, event: int, **_: Any) -> None:
    """Nobody died: what was ordered is ordered again. One whose vouchers were spent meanwhile stays cancelled."""
    if kind != LifeEventKind.DEATH:
        return
    for order in Order.objects.filter(person=person, state=State.CANCELLED, reason=BY_DEATH):
        try:
            with transaction.atomic():
                if put_back(event, Order.objects.filter(pk=order.pk)):
                    emit(
                        "service.asked",
                        order=order.pk,
                        kind=order.kind,
                        person=person,
                        payer=order.payer,
                        fen=order.price_fen,
                    )
        except Refused:
            continue
