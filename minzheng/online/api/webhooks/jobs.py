"""Partners are told in the background (foundation/outbox.py): soon, then ever more rarely, for a day.

Nobody can be asked whether a telling has arrived: it may arrive twice, with the same identifier; never not at all.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django_tasks import task

from minzheng.foundation.outbox import Outbox, Outcome
from minzheng.online.api.models import Delivery, DeliveryState
from minzheng.online.api.webhooks.sending import send

AT_ONCE = 200  # tries of one job; the next job goes on


def deliver_soon() -> None:
    """After the commit, so that the job finds what was written."""
    transaction.on_commit(run_deliveries.enqueue)


@task()
def run_deliveries() -> None:
    deliver_due()
    DELIVERIES.book_next(run_deliveries)


def deliver_due(most: int = AT_ONCE) -> int:
    """Try all that is due; returns how many tries were made."""
    return DELIVERIES.try_due(most)


def _rows() -> QuerySet[Delivery]:
    return Delivery.objects.select_related("subscription")


DELIVERIES = Outbox(
    rows=_rows,
    send=send,
    waiting=DeliveryState.WAITING,
    dead=DeliveryState.DEAD,
    ends={Outcome.TAKEN: DeliveryState.DELIVERED},
    first_wait=dt.timedelta(seconds=10),
    longest_wait=dt.timedelta(hours=4),
)
