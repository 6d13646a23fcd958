"""Checks that a home makes, hazards that it mends, its grade."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.elderly.institutions.actions.rights import (
    refuse_closed,
    region_of_home,
    require_home,
)
from minzheng.business.elderly.institutions.models import Check, Home
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.documents.store import own_documents


@action("home.check", "登记消防巡查、检查", region=region_of_home)
def record_check(
    access: Any, home: Home, *, kind: str, done_on: dt.date | str, done_by: str, hazards: str = ""
) -> Check:
    """One check of a kind a day; what is found stays open until it is mended."""
    require_home(access, home)
    refuse_closed(home)
    day = dt.date.fromisoformat(str(done_on))
    if day > access.today:
        raise Refused("检查日期晚于今天，请在检查之后登记。")
    try:
        with transaction.atomic():
            return Check.objects.create(
                home=home, kind=kind, done_on=day, done_by=done_by, hazards=(hazards or "").strip()
            )
    except IntegrityError:
        raise Refused("这一天的这种检查已经登记过，不用重复登记。") from None


@action("home.mended", "登记隐患整改完成", region=region_of_home)
def mend(access: Any, check: Check, mended_on: dt.date | str, proofs: Sequence[int] = ()) -> Check:
    """With a picture of how it looks now, which the county may open."""
    require_home(access, check.home)
    day = dt.date.fromisoformat(str(mended_on))
    if not check.hazards or check.mended_on is not None:
        raise Refused("这次检查没有未整改的隐患，不用登记。")
    if not check.done_on <= day <= access.today:
        raise Refused("整改日期应在检查之后、今天之前，请核对。")
    check.mended_on = day
    check.save(update_fields=["mended_on"])
    check.proofs.set(own_documents(proofs, access.user))
    return check
