"""转型: decided, the children handed over one by one, then confirmed by another person: the house opens under its new name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.children.facilities import INSTITUTION, PROTECTION_CENTRE
from minzheng.business.children.institutions.models import Conversion, ConversionState, Function, Residence
from minzheng.foundation.accounts.behind import refuse_same_person
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.facilities.actions import close_facility, open_facility
from minzheng.foundation.facilities.models import Facility


@action(
    "conversion.begin", "开始机构转型", permission="ward.write", region=lambda facility: facility.region_id
)
def begin(
    access: Any, facility: Facility, *, document_no: str, functions: Sequence[str], new_name: str
) -> Conversion:
    """From now on nobody is taken in. What it becomes is decided before the first child leaves."""
    if facility.kind != INSTITUTION.code or not facility.is_open_on(access.today):
        raise Refused("只有正在运营的儿童福利机构可以转型。请刷新页面核对。")
    if Function.PROTECTION not in functions:
        raise Refused({"functions": "县级机构转型以后应承担未成年人救助保护（民发〔2021〕44号），请勾选。"})
    try:
        with transaction.atomic():
            return Conversion.objects.create(
                facility=facility, region=facility.region, document_no=document_no, functions=list(functions),
                new_name=new_name, begun_on=access.today, begun_by=access.user,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("这家机构已经在转型。请在“机构转型”台账里办理。") from None


@action("conversion.complete", "确认机构转型完成", permission="register.write")
def complete(access: Any, conversion: Conversion, *, beds: int) -> Conversion:
    """Refused while a child still lives there. The old house closes and the protection centre opens in its place."""
    current = _open(conversion)
    refuse_same_person(access, current.begun_by, did="开始转型", does="确认完成")
    if living := Residence.objects.filter(facility=current.facility, until=None).count():
        raise Refused(f"还有 {living} 个孩子没有移交，不能确认完成。请先在“机构养育儿童”里逐个移交。")
    old = current.facility
    close_facility(access, old, access.today, reason=f"转型为{current.new_name}（{current.document_no}）")
    current.became = open_facility(
        access,
        Facility(
            kind=PROTECTION_CENTRE.code, name=current.new_name, region=old.region, organisation=old.organisation,
            address=old.address, phone=old.phone, longitude=old.longitude, latitude=old.latitude,
            counts={"beds": beds}, opened_on=access.today,
        ),
    )  # fmt: skip
    current.state, current.done_on, current.done_by = ConversionState.DONE, access.today, access.user
    current.save()
    return current


@action("conversion.withdraw", "撤销机构转型", permission="ward.write")
def withdraw(access: Any, conversion: Conversion, *, reason: str) -> Conversion:
    """Before it is done: the institution takes children in again; whoever was handed over comes back one by one."""
    current = _open(conversion)
    current.state, current.reason = ConversionState.WITHDRAWN, reason[:200]
    current.save()
    return current


def _open(conversion: Conversion) -> Conversion:
    current = Conversion.objects.select_for_update(of=("self",)).get(pk=conversion.pk)
    if current.state != ConversionState.BEGUN:
        raise Refused(f"这次转型{current.get_state_display()}，不能再办。请刷新页面。")
    return current
