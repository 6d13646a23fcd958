"""Keeping what a run found: each thing once a month, what came back marked, what is gone closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection

from minzheng.datacenter.screening.dispatch import SAME_THING, close, dispatch_by_policy
from minzheng.datacenter.screening.models import Finding, Result, State
from minzheng.datacenter.screening.scope import scope_of
from minzheng.foundation.regions.models import Region, within

SAME = f"{SAME_THING} AND o.month < f.month"
HERE = "f.month = %(month)s AND f.state = 'found' AND f.region_id BETWEEN %(first)s AND %(last)s"
# Somebody looked, said what it was, and a later month finds it again.
COME_BACK = f"""
    UPDATE screening_finding f SET is_back = true WHERE {HERE} AND NOT f.is_back
       AND EXISTS (SELECT 1 FROM screening_finding o WHERE {SAME} AND o.result NOT IN ('', 'gone'))
"""  # noqa: S608 our own text
# Somebody is still looking into it since an earlier month: the same visit answers both.
STILL_OPEN = f"""
    UPDATE screening_finding f SET state = 'dispatched', origin = earlier.origin, due_on = earlier.due_on,
           dispatched_on = earlier.dispatched_on
    FROM (SELECT DISTINCT ON (f.id) f.id, o.origin, o.due_on, o.dispatched_on
          FROM screening_finding f JOIN screening_finding o ON {SAME} AND o.state = 'dispatched'
          WHERE {HERE} ORDER BY f.id, o.month DESC) earlier
    WHERE f.id = earlier.id
"""  # noqa: S608 our own text


NO_LONGER = "再次筛查时已不存在"


@dataclass(frozen=True)
class Kept:
    """How many findings the run closed by itself, and how many it sent out."""

    closed: int
    dispatched: int


def keep(
    findings: Sequence[Finding], region: Region, month: dt.date, today: dt.date, leave: Collection[str] = ()
) -> Kept:
    """Store the findings of a region and month; close those that no longer hold, except of the benefits in `leave`;
    send out what goes out by itself.

    What an officer closed stays closed for the month; what the data closed is open again when it is found again.
    """
    kept = Finding.objects.bulk_create(
        findings,
        batch_size=5000,
        update_conflicts=True,
        unique_fields=["kind", "benefit", "household", "person", "month"],
        update_fields=["detail", "region"],
    )
    keys = [finding.pk for finding in kept]
    Finding.objects.filter(pk__in=keys, result=Result.GONE).update(
        state=State.FOUND, result="", note="", closed_on=None, origin="", dispatched_on=None, due_on=None
    )
    with connection.cursor() as cursor:
        for change in (COME_BACK, STILL_OPEN):
            cursor.execute(change, scope_of(region.prefix, month))
    gone = (
        Finding.objects.filter(within(region.prefix), month=month)
        .exclude(state=State.CLOSED)
        .exclude(benefit__in=list(leave))
        .exclude(pk__in=keys)
    )
    closed = close(gone, Result.GONE, today, note=NO_LONGER)
    waiting = Finding.objects.filter(within(region.prefix), month=month)
    return Kept(closed, dispatch_by_policy(waiting, region.code, today))
