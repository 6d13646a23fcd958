"""Who may write for a facility: officers of its place, and the account of the organisation that runs it."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from minzheng.foundation.actions import Refused
from minzheng.foundation.facilities.models import Facility

M = TypeVar("M", bound=Model)
OFFICERS = "register.write"


def require_facility(access: Any, facility: Facility) -> None:
    """Raises PermissionDenied for whoever is neither its account nor an officer of its place."""
    if facility.organisation_id is not None and facility.organisation_id in access.organisations:
        access.require("institution.work")
        return
    access.require(OFFICERS, facility.region_id)


def refuse_closed(facility: Facility) -> None:
    if facility.closed_on is not None:
        raise Refused("这处设施已经关闭，不能再登记。请核对是不是选错了。")


def seen(access: Any, rows: QuerySet[M], facility: str = "facility") -> QuerySet[M]:
    """Rows of the officer's places, and of what the own organisations run; `facility` leads there ("" for itself)."""
    path = f"{facility}__" if facility else ""
    scoped = access.scope("register.read", rows, f"{path}region_id")
    if not access.organisations:
        return scoped
    return rows.filter(
        Q(pk__in=scoped.values("pk")) | Q(**{f"{path}organisation_id__in": access.organisations})
    )
