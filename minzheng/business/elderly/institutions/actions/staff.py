"""Who begins and who ends working in a home; by its own account or the county."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.elderly.institutions.actions.rights import (
    refuse_closed,
    region_of_home,
    require_home,
)
from minzheng.business.elderly.institutions.models import Home, Staff
from minzheng.foundation.actions import Refused, action


@action("home.staff", "登记工作人员", region=region_of_home)
def add_staff(
    access: Any,
    home: Home,
    *,
    name: str,
    id_no: str,
    role: str,
    since: dt.date | str,
    certificate_no: str = "",
) -> Staff:
    """One post at a time: who holds two is registered twice."""
    require_home(access, home)
    refuse_closed(home)
    try:
        with transaction.atomic():
            return Staff.objects.create(
                home=home, name=name, id_no=id_no, role=role, certificate_no=certificate_no or "",
                since=dt.date.fromisoformat(str(since)),
            )  # fmt: skip
    except IntegrityError:
        raise Refused({"id_no": f"{name}已经登记在这个岗位上，不用重复登记。"}) from None


@action("home.staff_left", "登记工作人员离岗", region=region_of_home)
def staff_leaves(access: Any, staff: Staff, *, until: dt.date | str) -> Staff:
    require_home(access, staff.home)
    day = dt.date.fromisoformat(str(until))
    if staff.until is not None or not staff.since <= day <= access.today:
        raise Refused({"until": "离岗日期应在到岗之后、今天之前；已经离岗的不用再登记。"})
    staff.until = day
    staff.save(update_fields=["until"])
    return staff
