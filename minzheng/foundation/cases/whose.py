"""Who may apply for an item: a person, or an organisation for itself or for one of its places."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.actions import Refused
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.facilities.words import FacilityKind
from minzheng.foundation.items import ServiceItem
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.registry.words import shelf

Applicant = Person | Organisation


def whose(applicant: Applicant, facility: Facility | None) -> dict[str, Any]:
    """The fields of a case that say whose it is: by them one that is still open is found again."""
    if isinstance(applicant, Organisation):
        return {"organisation": applicant, "facility": facility}
    return {"applicant": applicant}


def place_of(item: ServiceItem, organisation: Organisation, name: str, on: dt.date) -> Facility | None:
    """The organisation's place of that name; the name may be left out where there is only one. None: not about a place."""
    if not item.about:
        return None
    kind = shelf(FacilityKind).get(item.about)
    open_ones = organisation.facilities.on(on).filter(kind=item.about).select_related("region")
    named = open_ones.filter(name=name.strip()) if name.strip() else open_ones
    found = list(named[:2])
    if len(found) != 1:
        raise Refused(f"请填写是哪一处{kind.title}，名称与设施台账一致；还没有登记的，请先在设施台账登记。")
    return found[0]


def refuse_unfit(item: ServiceItem, applicant: Applicant, facility: Facility | None, on: dt.date) -> None:
    """A person does not file for an organisation, an organisation asks for no benefit, a place is its own."""
    if not isinstance(applicant, Organisation):
        if item.for_organisations:
            raise Refused(f"“{item.title}”由单位申请。请用单位的机构账户办理，或由窗口代单位登记。")
        return
    if not item.for_organisations:
        raise Refused(f"“{item.title}”由本人申请，单位不能申请。请用本人的账号办理。")
    if not applicant.is_open_on(on):
        raise Refused(f"{applicant.name}已经注销，不能再申请。请先登记现在的运营单位。")
    if not item.about:
        return
    kind = shelf(FacilityKind).get(item.about)
    if facility is None:
        raise Refused(f"请先选是哪一处{kind.title}；还没有登记的，请先在设施台账登记。")
    if facility.kind != kind.code or facility.organisation_id != applicant.pk:
        raise Refused(f"{facility.name}不是这个单位的{kind.title}，请核对选的设施。")
    if facility.closed_on is not None and facility.closed_on <= on:
        raise Refused(f"{facility.name}已经关闭，不能再申请。")
