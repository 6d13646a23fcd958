"""Keys are forgotten when their time is over: by then nobody repeats a request any more."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from minzheng.foundation.events.bus import on
from minzheng.foundation.idempotency.models import KeyedRequest
from minzheng.foundation.items.figures import figures


@on("night.came")
def forget_old_keys(*, day: str) -> None:
    kept = dt.timedelta(days=figures(dt.date.fromisoformat(day))("idempotency_keep_days"))
    KeyedRequest.objects.filter(at__lt=timezone.now() - kept).delete()
