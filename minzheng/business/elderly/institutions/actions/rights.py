"""Who may write for a home: officers of its place, and the account of the organisation that runs it."""

from __future__ import annotations

from typing import Any

from minzheng.business.elderly.institutions.models import Home
from minzheng.foundation.actions import Refused

OFFICERS = "register.write"


def region_of_home(subject: Any) -> str:
    """Where the home stands, for the audit entry of anything that belongs to it."""
    home = subject if isinstance(subject, Home) else subject.home
    return str(home.facility.region_id)


def require_home(access: Any, home: Home) -> None:
    """Raises PermissionDenied for whoever is neither its account nor an officer of its place."""
    own = home.facility.organisation_id
    if own is not None and own in access.organisations:
        access.require("institution.work")
        return
    access.require(OFFICERS, home.facility.region_id)


def refuse_closed(home: Home) -> None:
    if home.facility.closed_on is not None:
        raise Refused("这家机构已经关闭，不能再登记。请核对是不是选错了机构。")
