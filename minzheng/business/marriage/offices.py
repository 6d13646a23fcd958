"""Who may register where, and until when: appointed, dismissed, and an office closed by the county."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.marriage.models import Registrar, Registry
from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.booking.actions import close_from


def _place(one: Any) -> str:
    return str(one.region_id)


@action("marriage.office_close", "撤销婚姻登记机关", permission="marriage.office", region=_place)
def close_office(access: Any, office: Registry, *, closed_on: dt.date | str) -> Registry:
    """From that day nobody registers there; its registrars' appointments end with it."""
    day = dt.date.fromisoformat(str(closed_on))
    if office.closed_on is not None:
        raise Refused("这个登记机关已经撤销，不用再办。")
    if day < access.today:
        raise Refused({"closed_on": "请填今天或以后的日期。"})
    office.closed_on = day
    office.save(update_fields=["closed_on"])
    if office.counter is not None:
        close_from(office.counter, day)
    for one in office.registrars.filter(until=None):
        one.until = day
        one.save(update_fields=["until"])
    return office


@action("marriage.appoint", "任命婚姻登记员", permission="marriage.office", region=_place)
def appoint(
    access: Any, office: Registry, *, username: str, certificate_no: str, since: dt.date | str
) -> Registrar:
    """Somebody who holds the role 登记员 over this place, with the certificate of the examination."""
    day = dt.date.fromisoformat(str(since))
    user = User.objects.filter(username=username.strip(), is_active=True).first()
    if user is None:
        raise Refused({"username": "没有这个账号，请核对，或请系统管理员先开立账号。"})
    held = Assignment.objects.filter(user=user, role=Role.REGISTRAR, until=None).select_related("region")
    if not any(office.region_id.startswith(one.region.prefix) for one in held):
        raise Refused(
            {"username": "这个账号在本辖区没有“登记员”任职，请先由系统管理员申请、安全管理员核准。"}
        )
    if office.closed_on is not None:
        raise Refused("这个登记机关已经撤销，不能任命。")
    if Registrar.objects.filter(registry=office, user=user, until=None).exists():
        raise Refused({"username": "这位登记员已经在任，不用再任命。"})
    return Registrar.objects.create(
        registry=office,
        region_id=office.region_id,
        user=user,
        certificate_no=certificate_no.strip(),
        since=day,
    )


@action("marriage.dismiss", "免去婚姻登记员", permission="marriage.office", region=_place)
def dismiss(access: Any, registrar: Registrar, *, until: dt.date | str) -> Registrar:
    """`until` is the first day without the authority; what was registered before stands."""
    day = dt.date.fromisoformat(str(until))
    if registrar.until is not None:
        raise Refused("已经免去，不用再办。")
    if day <= registrar.since:
        raise Refused({"until": "应在任命日期之后。"})
    registrar.until = day
    registrar.save(update_fields=["until"])
    return registrar
