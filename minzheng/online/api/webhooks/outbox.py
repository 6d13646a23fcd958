"""What is to be told is written down in the transaction in which it happened: neither is there without the other."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from minzheng.foundation.events.models import Event
from minzheng.foundation.items.figures import figures
from minzheng.foundation.regions.models import prefix_of
from minzheng.online.api.models import Delivery, Subscription
from minzheng.online.api.webhooks.kinds import EventKind


def note(kind: EventKind, payload: dict[str, Any]) -> None:
    """A delivery for each subscription that may hear of it. Most installations have none: then this is one query."""
    wanting = Subscription.objects.filter(
        events__contains=[kind.code], ended_at=None, client__revoked_at=None
    ).select_related("client__oidc")
    subscriptions = list(wanting)
    if not subscriptions or (told := kind.told(payload)) is None:
        return
    hearing = [
        one
        for one in subscriptions
        if told.region.startswith(prefix_of(one.client.region_id))
        and (told.opened_by == one.client.user_id or "events.region" in one.client.scopes)
    ]
    if not hearing:
        return
    event = Event.objects.filter(Q(kind=kind.source, payload=payload)).order_by("-pk").first()
    assert event is not None, "emit() stores the event before it runs the handlers"
    now = timezone.now()
    content = _cloud_event(kind, event, told.data)
    Delivery.objects.bulk_create(
        [
            Delivery(
                subscription=one,
                event=event,
                kind=kind.code,
                content=content,
                next_at=now,
                give_up_at=give_up_at(now),
            )
            for one in hearing
        ],
        ignore_conflicts=True,
    )
    from minzheng.online.api.webhooks.jobs import deliver_soon

    deliver_soon()


def give_up_at(now: dt.datetime) -> dt.datetime:
    return now + dt.timedelta(hours=figures(timezone.localdate(now))("webhook_retry_hours"))


def _cloud_event(kind: EventKind, event: Event, data: dict[str, Any]) -> str:
    """CloudEvents 1.0, structured JSON. The identifier is the same at each try and for each receiver."""
    said = {
        "specversion": "1.0",
        "id": f"{event.pk}-{kind.code}",
        "source": settings.SITE_URL,
        "type": kind.code,
        "time": event.at.isoformat(),
        "datacontenttype": "application/json",
        "data": data,
    }
    return json.dumps(said, ensure_ascii=False)
