"""Who may write for a funeral home or a burial place: the county, and the account of the organisation that runs it."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from minzheng.foundation.facilities.models import Facility

M = TypeVar("M", bound=Model)
OFFICERS = "funeral.write"


def require_home(access: Any, facility: Facility) -> None:
    """Raises PermissionDenied for whoever is neither its account nor an officer of its place."""
    if facility.organisation_id is not None and facility.organisation_id in access.organisations:
        return
    access.require(OFFICERS, facility.region_id)


def seen(access: Any, rows: QuerySet[M], facility: str = "home") -> QuerySet[M]:
    """Rows of the officer's divisions, and of the own organisation; `facility` leads to the facility ("" for itself)."""
    field = f"{facility}__organisation_id" if facility else "organisation_id"
    scoped = access.scope(OFFICERS, rows)
    if not access.organisations:
        return scoped
    return rows.filter(Q(pk__in=scoped.values("pk")) | Q(**{f"{field}__in": access.organisations}))


def get_seen(access: Any, rows: QuerySet[M], facility: str = "home", **lookup: Any) -> M:
    """One of them, or 404."""
    found = seen(access, rows, facility).filter(**lookup).first()
    if found is None:
        raise Http404("没有找到这条记录，或者它不在您的辖区、机构内。")
    return found


def refuse_strangers(access: Any, person: int) -> None:
    """For what a family does on the portal: only for oneself."""
    if access.user is None or access.user.person_id != person:
        raise PermissionDenied("只能办理自己的事。请用本人的账号登录。")
