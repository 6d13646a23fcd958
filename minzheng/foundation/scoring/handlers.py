"""The night: grades run out, and who has to apply anew is told; and who may open a piece of evidence."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from minzheng.foundation.documents.guards import Sight, document_guard
from minzheng.foundation.documents.models import Document
from minzheng.foundation.events.bus import on
from minzheng.foundation.items.figures import figures
from minzheng.foundation.scoring.granting import expire
from minzheng.foundation.scoring.models import Assessment, State
from minzheng.foundation.scoring.tasks import RENEW
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks


@on("night.came")
def look_after_grades(*, day: str) -> None:
    today = dt.date.fromisoformat(day)
    expire(today)
    ahead = int(figures(today, standards=settings.STANDARDS_SET)("rating_renew_days"))
    soon = Assessment.objects.filter(state=State.GRANTED, valid_until__lte=today + dt.timedelta(days=ahead))
    drafts = [
        TaskDraft(
            origin=f"rating.renew:{one.pk}",
            region=one.region_id,
            title=f"等级快到期：{one.name}"[:80],
            reason=f"{one.declared.title}，{one.grade_title}，有效期至 {one.valid_until}。需要保留等级的，请重新申报。",
            subject=one.name[:80],
            detail={"assessment": one.pk},
        )
        for one in soon
    ]
    if drafts:
        open_tasks(RENEW.code, drafts, today)


@document_guard
def evidence_of_a_score(access: Any, document: Document) -> Sight | None:
    found = access.scope("rating.read", Assessment.objects.filter(scores__evidence=document)).first()
    return Sight((), found.region_id) if found else None
