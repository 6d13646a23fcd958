"""Services at home: what was asked for, who came, what is still to come."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.foundation.people.words import Chapter, Said, Strand, Whose
from minzheng.foundation.services.models import OPEN, Needs, Order, State
from minzheng.foundation.services.registers import TONES, kind_title


def _orders(whose: Whose) -> QuerySet[Order]:
    return Order.objects.filter(whose.of()).select_related("provider").defer("wish", "report")


def _say(order: Order) -> Said:
    by = f"{order.provider.name}，" if order.provider else ""
    return Said(
        kind_title(order),
        f"{by}{order.get_state_display()}",
        TONES[order.state],
        reverse("desk:services:order", args=[order.pk]),
        reverse("portal:service", args=[order.pk]),
    )


SERVICES = Chapter(
    code="services",
    title="上门服务",
    permission="register.read",
    past=(
        Strand(lambda whose: _orders(whose).exclude(state__in=OPEN), "asked_at", _say, own=True),
        Strand(
            lambda whose: Needs.objects.filter(whose.of()).defer("note"),
            "assessed_on",
            lambda needs: Said("评估服务需求", str(needs), "info"),
            own=True,
        ),
    ),
    ahead=(
        Strand(lambda whose: _orders(whose).filter(state__in=OPEN), "done_by", _say, own=True),
        Strand(
            lambda whose: _orders(whose).filter(state=State.DONE),
            "done_by",
            lambda order: Said(
                f"请确认{kind_title(order)}", "做完了吗？满意吗？", "warn",
                reverse("desk:services:order", args=[order.pk]), reverse("portal:service", args=[order.pk]),
            ),
            own=True,
        ),
    ),
)  # fmt: skip
