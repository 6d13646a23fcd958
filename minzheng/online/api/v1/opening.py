"""For whom an application is opened: a citizen for the own person, a partner for the person it names."""

from __future__ import annotations

from typing import Annotated

from ninja import Schema
from pydantic import Field

from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.drafts import open_case
from minzheng.foundation.cases.models import Case, Channel
from minzheng.foundation.cases.whose import place_of
from minzheng.foundation.items import ServiceItem
from minzheng.foundation.organisations.exact import organisation_with
from minzheng.foundation.people.id_numbers import IdNumberError, parse_id_number
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Level, Region
from minzheng.online.api.access import Caller
from minzheng.online.api.models import Kind
from minzheng.online.api.problems import Detail, Problem
from minzheng.online.portal.start.proxy import person_applied_for

IdNo = Annotated[str, Field(pattern=r"^[0-9]{17}[0-9Xx]$", description="公民身份号码")]
Name = Annotated[str, Field(min_length=2, max_length=60, description="姓名，与身份证一致")]


class ApplicantIn(Schema, extra="forbid"):
    name: Name
    id_no: IdNo


class OrganisationIn(Schema, extra="forbid"):
    uscc: str = Field(pattern=r"^[0-9A-Z]{18}$", description="统一社会信用代码")
    facility: str = Field("", max_length=100, description="有关设施的名称；单位只有一处的不用填")


def open_for(
    caller: Caller,
    item: ServiceItem,
    code: str,
    applicant: ApplicantIn | None,
    organisation: OrganisationIn | None = None,
) -> Case:
    """The draft. Of what happens to other people's applications a refusal tells nothing."""
    if item.for_organisations or organisation is not None:
        return _open_for_organisation(caller, item, applicant, organisation)
    access = caller.access
    region = Region.objects.on(access.today).filter(code=code, level=Level.VILLAGE).first()
    if region is None:
        raise _wrong("region", "请填写现行的村（社区）12 位区划代码，可在 /regions 查到。")
    if caller.client is not None and caller.client.kind == Kind.CITIZEN_APP:
        if applicant is not None:
            raise _wrong("applicant", "群众应用只能为授权的本人申请，请去掉这一项。")
        assert access.user is not None and access.user.person is not None, "bearer.py has looked"
        return open_case(access, item.code, access.user.person, region, Channel.PORTAL)
    access.require("case.open", region.code)
    if applicant is None:
        raise _wrong("applicant", "请填写申请人的姓名和公民身份号码。")
    person = _person(caller, applicant, region)
    try:
        return open_case(access, item.code, person, region, Channel.PLATFORM)
    except Refused:
        # Whether somebody has applied already is nobody's business but theirs.
        raise Refused(
            "现在不能代为申请。请申请人本人在服务大厅查看，或到乡镇（街道）便民窗口办理。"
        ) from None


def _open_for_organisation(
    caller: Caller, item: ServiceItem, handler: ApplicantIn | None, named: OrganisationIn | None
) -> Case:
    """Through the organisation's own account, or by a partner that says who acts for it."""
    access, is_citizen = caller.access, caller.client is not None and caller.client.kind == Kind.CITIZEN_APP
    if not item.for_organisations:
        raise _wrong("organisation", f"“{item.title}”由本人申请，请去掉这一项。")
    if named is None:
        raise _wrong("organisation", f"“{item.title}”由单位申请，请填写统一社会信用代码。")
    found = organisation_with(named.uscc)
    if found is None or (is_citizen and found.pk not in access.organisations):
        raise _wrong("organisation.uscc", "没有找到这个单位，或者这个账号不是它的机构账户，请核对代码。")
    place = place_of(item, found, named.facility, access.today)
    region = place.region if place else found.region
    if is_citizen:
        if handler is not None:
            raise _wrong("applicant", "机构账户绑定的本人就是经办人，请去掉这一项。")
        return open_case(access, item.code, found, region, Channel.PORTAL, facility=place)
    access.require("case.open", region.code)
    if handler is None:
        raise _wrong("applicant", "请填写经办人的姓名和公民身份号码。")
    person = _person(caller, handler, region)
    return open_case(access, item.code, found, region, Channel.PLATFORM, handler=person, facility=place)


def _person(caller: Caller, applicant: ApplicantIn, region: Region) -> Person:
    try:
        number = parse_id_number(applicant.id_no, caller.today).number
    except IdNumberError as error:
        raise _wrong("applicant.id_no", str(error)) from None
    return person_applied_for(caller.access, {"name": applicant.name, "id_no": number}, region)


def _wrong(path: str, text: str) -> Problem:
    return Problem("invalid", text, [Detail(path=path, detail=text)])
