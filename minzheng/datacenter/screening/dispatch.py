"""Sending findings out: each becomes the township's task with a day by which somebody has looked (S-052).

Which kinds go out by themselves is a dated standard; the others wait for a county officer.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from minzheng.datacenter.screening.models import Finding, Kind, Result, State
from minzheng.datacenter.screening.tasks import VISITS
from minzheng.datacenter.screening.wording import in_words
from minzheng.foundation.accounts.models import User
from minzheng.foundation.benefits.words import Benefit, benefit_title
from minzheng.foundation.items.figures import figures
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

# A finding is about the same thing as one of another month. Equality, not IS NOT DISTINCT FROM: that cannot be hashed,
# and every finding would be compared with every other of its benefit.
SAME_THING = """o.kind = f.kind AND o.benefit = f.benefit
          AND coalesce(o.household_id, 0) = coalesce(f.household_id, 0)
          AND coalesce(o.person_id, 0) = coalesce(f.person_id, 0)"""
# The day is the task's own; and what was found in an earlier month and never sent out waits for the same visit.
SENT = f"""
    UPDATE screening_finding f SET state = 'dispatched', dispatched_on = t.opened_on, due_on = t.due_on
    FROM tasks_task t WHERE t.origin = f.origin AND f.origin = ANY(%(origins)s) AND f.state = 'found';
    UPDATE screening_finding o SET state = 'dispatched', dispatched_on = f.dispatched_on, due_on = f.due_on,
           origin = f.origin
    FROM screening_finding f WHERE f.origin = ANY(%(origins)s) AND o.state = 'found' AND o.month < f.month
         AND {SAME_THING}
"""  # noqa: S608 our own text


def goes_out_by_itself(kind: str, region: str, on: dt.date) -> bool:
    return bool(figures(on, region, settings.STANDARDS_SET)(f"screening_dispatch_{kind}"))


def dispatch_by_policy(findings: QuerySet[Finding], region: str, on: dt.date) -> int:
    """Send out those kinds that the place lets go out by themselves; returns how many.

    What is granted without an application (S-030) needs no visit: those persons are on its own list.
    """
    kinds = [kind for kind in Kind if goes_out_by_itself(kind.value, region, on)]
    proactive = [benefit.code for benefit in shelf(Benefit) if benefit.proactive]
    granted_anyway = Q(kind=Kind.ENTITLED_NOT_RECEIVING, benefit__in=proactive)
    return dispatch(findings.filter(kind__in=kinds).exclude(granted_anyway), on)


def dispatch(findings: QuerySet[Finding], on: dt.date, actor: User | None = None) -> int:
    """Open a task for each finding that waits; returns how many. All or nothing, each once."""
    waiting = findings.filter(state=State.FOUND).select_related(None)
    drafts: dict[str, list[TaskDraft]] = defaultdict(list)
    sent = []
    for finding in waiting:
        # The day belongs to the name: what the data closed and found again is looked at again.
        finding.origin = f"finding:{finding.pk}:{on:%Y%m%d}"
        drafts[finding.kind].append(_draft(finding))
        sent.append(finding)
    with transaction.atomic():
        for kind, of_kind in drafts.items():
            open_tasks(VISITS[Kind(kind)].code, of_kind, on, actor=actor)
        Finding.objects.bulk_update(sent, ["origin"], batch_size=2000)
        with connection.cursor() as cursor:
            cursor.execute(SENT, {"origins": [finding.origin for finding in sent]})
    return len(sent)


def close(
    findings: QuerySet[Finding], result: Result, on: dt.date, *, note: str = "", actor: User | None = None
) -> int:
    """Close open findings, and take back the visits for which nobody waits any more; returns how many."""
    with transaction.atomic():
        origins = set(findings.exclude(origin="").values_list("origin", flat=True))
        count = findings.exclude(state=State.CLOSED).update(
            state=State.CLOSED, result=result, note=note, closed_on=on
        )
        still = Finding.objects.filter(origin__in=origins, state=State.DISPATCHED)
        needless = origins - set(still.values_list("origin", flat=True))
        withdraw_tasks(needless, note or result.label, actor=actor)
    return count


def _draft(finding: Finding) -> TaskDraft:
    about = benefit_title(finding.benefit)
    return TaskDraft(
        origin=finding.origin,
        region=finding.region_id,
        household=finding.household_id,
        person=finding.person_id,
        title=VISITS[Kind(finding.kind)].title + (f"（{about}）" if about else ""),
        reason=f"{finding.month:%Y年%m月}筛查：{in_words(finding)}"[:300],
        detail={"finding": finding.pk},
    )
