"""The form of a move's record, filled with what the application already says: confirming it is recording it."""

from __future__ import annotations

from django.http import HttpRequest

from minzheng.foundation.cases.api import blank_record
from minzheng.foundation.cases.models import Case
from minzheng.foundation.forms.rendering import Uploads
from minzheng.foundation.items import Move
from minzheng.online.desk.sheets.sheet import Sheet


def record_sheet(request: HttpRequest, case: Case, move: Move, *, bound: bool = False) -> Sheet:
    """The members' rows are given by the case: a visit verifies them, it does not add people."""
    return Sheet(
        move.record,
        request.POST if bound else None,
        request.FILES if bound else None,
        initial=blank_record(case, move),
        today=request.access.today,  # type: ignore[attr-defined]
        uploads=Uploads(request.user, case.region_id),  # type: ignore[arg-type]
        fixed=frozenset({case.service_item.members}),
    )
