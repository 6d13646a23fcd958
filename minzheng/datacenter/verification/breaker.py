"""The circuit breaker: a source that failed several times in a row is left alone for a while."""

from __future__ import annotations

import datetime as dt

from minzheng.datacenter.verification.models import SourceHealth
from minzheng.datacenter.verification.wire import Kind, Reply

FAILURES = 3
PAUSE = dt.timedelta(minutes=1)
LONGEST = dt.timedelta(minutes=30)


def is_closed(source: str, now: dt.datetime) -> dt.datetime | None:
    """Until when nobody may knock; None when the way is open (the first after a pause finds out)."""
    health = SourceHealth.objects.filter(pk=source).first()
    if health is None or health.closed_until is None or health.closed_until <= now:
        return None
    return health.closed_until


def note(source: str, reply: Reply, now: dt.datetime) -> None:
    """Count a failure of the other system; any reply that it formed itself shows that it lives."""
    health, _ = SourceHealth.objects.select_for_update().get_or_create(pk=source)
    if reply.kind is not Kind.DOWN:
        health.failures, health.closed_until = 0, None
    else:
        health.failures = min(health.failures + 1, 100)
        over = health.failures - FAILURES
        if over >= 0:
            health.closed_until = now + min(PAUSE * 2 ** min(over, 10), LONGEST)
    health.save()
