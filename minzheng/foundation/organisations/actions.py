"""Writing master records of organisations: registered once, changed, ended; never deleted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.organisations.licensing import revoke_all
from minzheng.foundation.organisations.models import KIND_BY_CODE, Kind, Organisation
from minzheng.foundation.organisations.uscc import UsccError, parse_uscc


@action("organisation.register", "登记单位", permission="register.write")
def register_organisation(access: Any, organisation: Organisation) -> Organisation:
    """Save a new organisation. Refused when its code is wrong or already registered."""
    organisation.uscc = _checked(organisation.uscc)
    if Organisation.objects.filter(uscc=organisation.uscc).exists():
        raise Refused({"uscc": "这个统一社会信用代码已经登记过。请按代码查找原记录，直接使用或修改。"})
    organisation.kind = organisation.kind or KIND_BY_CODE.get(organisation.uscc[:2], Kind.OTHER)
    organisation.full_clean()
    organisation.save(force_insert=True)
    return organisation


def find_or_make(access: Any, *, uscc: str, name: str, region: str, **facts: Any) -> Organisation:
    """The organisation with this code; registered with `facts` (fields of the model) where it is new.

    Refused when the code belongs to another name: somebody mistyped one of the two. What is stored is not changed.
    """
    from minzheng.foundation.organisations.exact import organisation_with

    code = _checked(uscc)
    found = organisation_with(code)
    if found is None:
        return register_organisation(access, Organisation(uscc=code, name=name, region_id=region, **facts))
    if found.name != name.strip():
        raise Refused({"uscc": f"这个代码登记的是“{found.name}”，与填写的名称不一致，请对照证书核对。"})
    return found


@action("organisation.end", "注销单位", permission="register.write")
def end_organisation(access: Any, organisation: Organisation, ended_on: dt.date | str) -> Organisation:
    """`ended_on` is the first day on which it no longer exists; what it did stays on record."""
    day = dt.date.fromisoformat(str(ended_on))
    if organisation.ended_on is not None:
        raise Refused("这个单位已经登记注销，不用再办。")
    if day > access.today:
        raise Refused("注销日期晚于今天，请在注销之后再登记。")
    if organisation.founded_on and day < organisation.founded_on:
        raise Refused("注销日期早于成立日期，请对照证书核对。")
    if organisation.facilities.filter(closed_on__isnull=True).exists():
        raise Refused("这个单位名下还有开着的设施。请先在设施台账办理关闭或更换运营单位，再注销。")
    organisation.ended_on = day
    organisation.save(update_fields=["ended_on"])
    revoke_all(access, organisation, f"单位已于{day}注销")
    return organisation


def _checked(text: str) -> str:
    try:
        return parse_uscc(text)
    except UsccError as error:
        raise Refused({"uscc": str(error)}) from None
