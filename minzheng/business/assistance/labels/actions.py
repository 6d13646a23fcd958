"""What follows from recognition: a label with an end, and its end."""

from __future__ import annotations

import datetime as dt

from minzheng.business.assistance.models import Label, Recognition
from minzheng.foundation.calendar import add_months
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.cases.parameters import parameter

LABELS = {"A2": Label.EDGE, "A3": Label.RIGID}


def recognise(case: Case, move: CaseMove) -> Recognition:
    """From the decision on, for the local number of months (at most twelve); then the family applies anew."""
    until = add_months(move.on, int(parameter("label_months", case.region_id, move.on)))
    Case.objects.filter(pk=case.pk).update(ends_on=until - dt.timedelta(days=1))
    assert case.household is not None, "accepted cases have one"
    return Recognition.objects.create(
        household=case.household,
        region_id=case.region_id,
        label=LABELS[case.item],
        case=case,
        since=move.on,
        until=until,
    )


def end_label(case: Case, move: CaseMove) -> None:
    """Cancelled or given up: the day is the first without it. Run out: as it stood."""
    held = Recognition.objects.select_for_update().get(case=case)
    held.until = max(held.since, min(held.until, move.on))
    held.end_reason = str(move.record.get("reason") or move.title)[:120]
    held.save()
