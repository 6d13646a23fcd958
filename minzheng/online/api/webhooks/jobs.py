"""Telling in the background until it has arrived: soon at first, then ever more rarely, for a day; then it is dead.

Each delivery is claimed before it is sent: its next try is put off, so that two workers never send it at once, and a
worker that dies in between leaves it due again. It may thus arrive twice, with the same identifier; never not at all.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from minzheng.online.api.models import Delivery, DeliveryState
from minzheng.online.api.webhooks.sending import Told, send

FIRST_WAIT = dt.timedelta(seconds=10)
LONGEST_WAIT = dt.timedelta(hours=4)
CLAIM = dt.timedelta(minutes=2)  # longer than any try takes
AT_ONCE = 200  # tries of one job; the next job goes on


def deliver_soon() -> None:
    """After the commit, so that the job finds what was written."""
    transaction.on_commit(run_deliveries.enqueue)


@task()
def run_deliveries() -> None:
    deliver_due()
    _book_next()


def deliver_due(most: int = AT_ONCE) -> int:
    """Try all that is due; returns how many tries were made."""
    tries = 0
    while tries < most and (delivery := _claim()) is not None:
        _settle(delivery, send(delivery))
        tries += 1
    return tries


def _claim() -> Delivery | None:
    now = timezone.now()
    with transaction.atomic():
        due = Delivery.objects.filter(state=DeliveryState.WAITING, next_at__lte=now).order_by("next_at", "pk")
        delivery = (
            due.select_for_update(skip_locked=True, of=("self",)).select_related("subscription").first()
        )
        if delivery is not None:
            delivery.tries += 1
            delivery.next_at = now + CLAIM
            delivery.save(update_fields=["tries", "next_at"])
    return delivery


def _settle(delivery: Delivery, told: Told) -> None:
    now = timezone.now()
    delivery.answer = told.answer[:200]
    following = now + wait_after(delivery.tries)
    if told.is_taken:
        delivery.state, delivery.next_at, delivery.ended_at = DeliveryState.DELIVERED, None, now
    elif following > delivery.give_up_at:
        delivery.state, delivery.next_at, delivery.ended_at = DeliveryState.DEAD, None, now
    else:
        delivery.next_at = following
    changed = {name: getattr(delivery, name) for name in ("state", "next_at", "ended_at", "answer")}
    # A subscription that was ended meanwhile keeps its word.
    Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING).update(**changed)


def wait_after(tries: int) -> dt.timedelta:
    """10 s, 40 s, 160 s … at most four hours: a receiver that is down for a minute hears of it within the next two."""
    return min(FIRST_WAIT * 4 ** min(tries - 1, 10), LONGEST_WAIT)


def _book_next() -> None:
    """The job for the next try; without a queue that can wait, `minzheng webhooks` makes it."""
    soonest = (
        Delivery.objects.filter(state=DeliveryState.WAITING)
        .order_by("next_at")
        .values_list("next_at", flat=True)
        .first()
    )
    if soonest is not None and run_deliveries.get_backend().supports_defer:
        run_deliveries.using(run_after=max(soonest, timezone.now() + dt.timedelta(seconds=1))).enqueue()
