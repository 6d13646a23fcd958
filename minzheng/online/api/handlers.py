"""Events of the house that partners are told of; and at night, what was not told yet, and what may be forgotten."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.idp.oidc.models import Token
from django.utils import timezone

from minzheng.foundation.events.bus import on
from minzheng.foundation.items.figures import figures
from minzheng.online.api.models import Delivery, DeliveryState
from minzheng.online.api.webhooks.jobs import deliver_due
from minzheng.online.api.webhooks.kinds import KINDS, EventKind
from minzheng.online.api.webhooks.outbox import note


def _listen(kind: EventKind) -> None:
    @on(kind.source)
    def tell(**payload: Any) -> None:
        note(kind, payload)


for _kind in KINDS.values():
    _listen(_kind)


@on("night.came")
def clear_up(*, day: str) -> None:
    deliver_due()
    Token.objects.expired().delete()
    kept = dt.timedelta(days=figures(dt.date.fromisoformat(day))("webhook_keep_days"))
    Delivery.objects.filter(state=DeliveryState.DELIVERED, ended_at__lt=timezone.now() - kept).delete()
