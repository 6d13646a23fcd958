"""What the tasks of the loop bring back, and who may open a photo or a proof."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.documents.guards import Sight, document_guard
from minzheng.foundation.documents.models import Document
from minzheng.foundation.events.bus import on
from minzheng.foundation.programmes.access import READ
from minzheng.foundation.programmes.loop import fixed, verified
from minzheng.foundation.programmes.models import Problem, ProblemState, Undertaking
from minzheng.foundation.programmes.tasks import FIX, FIX_MAJOR, VERIFY
from minzheng.foundation.tasks.models import Task


@on("task.done")
def take_result(
    *, task: int, kind: str, outcome: str, record: dict[str, Any], reason: str, **_: object
) -> None:
    """A fix or a verification that was recorded on the spot. What was settled at the desk is there already."""
    if kind not in (FIX.code, FIX_MAJOR.code, VERIFY.code) or not outcome:
        return
    done = Task.objects.select_related("done_by").get(pk=task)
    problem = Problem.objects.select_for_update().get(pk=done.detail["problem"])
    access = Access(done.done_by, timezone.localdate(done.done_at))
    if kind == VERIFY.code:
        said = record.get("said") or reason
        verified(access, problem, passed=outcome == "passed", said=said)
    elif problem.state == ProblemState.ASSIGNED and done.done_by is not None:
        photos = list(Document.objects.filter(task_visits__task=done, task_visits__counted=True))
        fixed(
            problem,
            done.done_by,
            access.today,
            str(record.get("how", "")) or reason,
            [one.pk for one in photos],
        )


@document_guard
def photos_of_a_programme(access: Any, document: Document) -> Sight | None:
    """Whoever may see the undertaking sees its proofs and the photos of its problems."""
    shown = Q(proofs=document) | Q(steps_done__proofs=document)
    undertaking = access.scope(READ, Undertaking.objects.filter(shown)).first()
    if undertaking is not None:
        return Sight((), undertaking.region_id)
    seen = Q(found_photos=document) | Q(fixed_photos=document)
    problem = access.scope(READ, Problem.objects.filter(seen)).first()
    return Sight((), problem.region_id) if problem else None
