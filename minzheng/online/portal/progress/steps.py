"""Where a case stands, as the steps that a family sees."""

from __future__ import annotations

from typing import Any

from minzheng.foundation.cases.models import Case
from minzheng.foundation.items import Status
from minzheng.online.ui.formats import cn_date

# What a family needs to know, whatever the item's own steps are called.
WAY = (
    (Status.SUBMITTED, "提交申请"),
    (Status.CHECKING, "受理、调查核实"),
    (Status.PUBLICITY, "公示"),
    (Status.DECIDING, "审核确认"),
    (Status.ACTIVE, "结果"),
)
PLACE = {
    Status.DRAFT: -1,
    Status.CORRECTING: 0,
    Status.COMPLETING: len(WAY) - 1,
    **{status: place for place, (status, _) in enumerate(WAY)},
}


def way_of(case: Case) -> list[dict[str, Any]]:
    """Steps for the progress component: done, now, next. A finished case has none ahead."""
    used = {step.status for step in case.service_item.steps}
    way = [(status, title) for status, title in WAY if status in {*used, Status.ACTIVE}]
    here = len(WAY) - 1 if Status(case.status).is_final else PLACE[Status(case.status)]
    dates = {
        Status.SUBMITTED: case.submitted_on,
        Status.CHECKING: case.accepted_on,
        Status.ACTIVE: case.decided_on,
    }
    shown = []
    for status, title in way:
        place = PLACE[status]
        is_over = place < here or (place == here and (case.is_finished or case.status == Status.ACTIVE))
        note = cn_date(dates.get(status)) if dates.get(status) and place <= here else ""
        shown.append(
            {"title": title, "state": "done" if is_over else "now" if place == here else "next", "note": note}
        )
    return shown
