"""The night looks after limits, notices and the unnamed; who may open a photo of somebody in care."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q

from minzheng.business.rescue import night
from minzheng.business.rescue.leaving import depart
from minzheng.business.rescue.models import MissingReport, Stay, StayState, Way
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import User
from minzheng.foundation.documents.guards import Sight, document_guard
from minzheng.foundation.documents.models import Document
from minzheng.foundation.events.bus import on


@on("night.came")
def look_after_rescue(day: str, **_: Any) -> None:
    today = dt.date.fromisoformat(day)
    night.warn_of_limits(today)
    night.take_down_old_notices(today)
    night.remind_of_settlement(today)


@on("child.taken_over")
def minor_has_gone(stay: str, intake: str, by: int | None, on: str) -> None:
    """The protection centre came for the child: both files name each other; the bed is free."""
    found = Stay.objects.select_related("person").filter(number=stay).exclude(state=StayState.LEFT).first()
    if found is not None:
        found.destination = f"未成年人保护机构（临时监护{intake}）"
        depart(
            Access(User.objects.filter(pk=by).first() if by else None, dt.date.fromisoformat(on)),
            found,
            Way.PROTECTION,
            "",
        )


@document_guard
def photos_of_the_rescued(access: Any, document: Document) -> Sight | None:
    """Photos of a stay for the station and the county; of a missing person for the family that handed it in, too."""
    stay = access.scope("rescue.read", Stay.objects.filter(photo=document)).first()
    if stay is not None:
        return Sight(stay.persons, stay.region_id)
    reports = MissingReport.objects.filter(photo=document)
    own = access.user.person_id if access.user is not None else None
    seen = access.scope("rescue.read", reports)
    report = seen.first() or (reports.filter(Q(reporter=own)).first() if own else None)
    return Sight((), report.region_id) if report else None
