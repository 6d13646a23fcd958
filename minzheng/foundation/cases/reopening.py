"""A case that the system closed with its right comes back to where it rested, when the right is reinstated."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from minzheng.foundation.actions import action
from minzheng.foundation.cases.engine import lock
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.cases.persons import persons_of, set_live
from minzheng.foundation.cases.turns import waits_for_roles


@action("case.reopen", "恢复办件", persons=persons_of)
def reopen(access: Any, case: Case, story: str) -> CaseMove:
    """Its review is due at once: months may have passed. `case` is brought up to date."""
    lock(case)
    closing = case.moves.filter(marks__contains=["ended"]).order_by("-id").first() or case.moves.latest("id")
    step = case.service_item.step(closing.from_step)
    log = CaseMove.objects.create(
        case=case,
        move="reopen",
        title="恢复办件",
        from_step=case.step,
        to_step=step.key,
        round=case.round,
        on=access.today,
        at=dt.datetime.combine(access.today, timezone.localtime().time(), timezone.get_current_timezone()),
        note=story,
        version=case.version + 1,
    )
    case.step, case.status, case.waiting_for = step.key, step.status, waits_for_roles(case, step)
    case.closed_on = case.ends_on = None
    case.review_due = access.today
    case.version += 1
    case.save()
    set_live(case)
    return log
