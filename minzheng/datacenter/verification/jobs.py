"""Asking in the background. A pass makes what is due and books the next one; running it twice asks nobody twice."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from minzheng.datacenter.verification.models import Check, Request
from minzheng.datacenter.verification.models.check import OPEN

SOONEST = dt.timedelta(seconds=1)


def ask_soon(check: Check) -> None:
    """After the commit, so that the job finds what was written; a job never starts for what is rolled back."""
    transaction.on_commit(lambda: run_check.enqueue(check.pk))


@task()
def run_check(key: int) -> None:
    from minzheng.datacenter.verification.asking import ask_due

    check = Check.objects.filter(pk=key).first()
    if check is None:
        return
    ask_due(check)
    _book_next(check)


def _book_next(check: Check) -> None:
    """When the next try is due; without a queue that can wait, `minzheng verify --due` makes it."""
    soonest = (
        Request.objects.filter(check_of=check, state__in=OPEN)
        .order_by("next_try_at")
        .values_list("next_try_at", flat=True)
        .first()
    )
    if soonest is not None and run_check.get_backend().supports_defer:
        after = max(soonest, timezone.now() + SOONEST)
        run_check.using(run_after=after).enqueue(check.pk)
