"""Opening a case, filling it in, submitting it. Nothing that was typed is ever lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.behind import person_of
from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.audit.record import record as audit
from minzheng.foundation.cases.differences import Difference, differences
from minzheng.foundation.cases.engine import do_move, lock
from minzheng.foundation.cases.models import Case, CaseMaterial, CasePerson, Channel, NumberSeries
from minzheng.foundation.cases.papers import refuse_foreign
from minzheng.foundation.cases.persons import list_persons, persons_of
from minzheng.foundation.cases.rights import is_applicant, may_open_for_others
from minzheng.foundation.cases.whose import Applicant, refuse_unfit, whose
from minzheng.foundation.documents.models import Document
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.items import ServiceItem, Status
from minzheng.foundation.items.catalogue import item_of
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region

AGENT_LETTER = "agent_letter"  # 委托书: asked for by every item when somebody applies for another
AUTHORISATION = "authorisation"  # 核对授权书, signed on paper: kept with the member who signed it
WRITABLE = {Status.DRAFT, Status.CORRECTING}


class Stale(Refused):
    """Someone saved the application in between. `yours` is kept for the page; `differences` says what clashes."""

    def __init__(self, found: list[Difference], yours: Mapping[str, Any], version: int) -> None:
        listed = "；".join(str(one) for one in found) or "内容相同"
        super().__init__(
            f"这份申请在另一处已被修改，您这次填写的内容还没有保存。不同之处：{listed}。"
            "请核对后选择保留哪一份，再保存一次。"
        )
        self.differences, self.yours, self.current_version = found, dict(yours), version


@beyond_region("开一件申请之前，先查此人有没有还没办完的同一申请，不论在哪里")
def open_case(
    access: Access,
    item_code: str,
    applicant: Applicant,
    region: Region,
    channel: str = Channel.PORTAL,
    data: Mapping[str, Any] | None = None,
    *,
    handler: Person | None = None,
    facility: Facility | None = None,
) -> Case:
    """Start an application; an unsent draft of the same applicant and item is gone on with.

    `region` is the village or community that is competent. A citizen opens only the own case, an organisation's
    account those of its organisation; officers need the right to apply for others there. `handler` acts for an
    organisation (without it: the person behind the account), `facility` is which of its places the case is about.
    Refused when the applicant already has an unfinished case of this item (about this place).
    """
    item = item_of(item_code)
    _may_open(access, item, applicant, region, channel)
    if handler is None and isinstance(applicant, Organisation):
        handler = person_of(access)
    refuse_unfit(item, applicant, facility, access.today)
    who = whose(applicant, facility)
    open_one = Case.objects.filter(item=item.code, closed_on__isnull=True, **who).first()
    if open_one is not None:
        return _go_on(access, open_one)
    step = item.first_step
    sequence = NumberSeries.next(f"{region.code[:6]}-{item.code}-{access.today.year}")
    case = Case(
        number=f"{region.code[:6]}{item.code}{access.today.year}{sequence:06d}",
        item=item.code,
        channel=channel,
        region=region,
        accepted_in=region,
        handler=handler,
        **who,
        opened_by=access.user,
        step=step.key,
        status=step.status,
        waiting_for=list(step.roles),
        data=dict(data or {}),
        opened_on=access.today,
    )
    try:
        with transaction.atomic():
            case.save()
            list_persons(case, access.today)
            audit(
                "case.open",
                "登记申请",
                actor=access.user,
                subject=case,
                persons=persons_of(case),
                region=case.region_id,
            )
    except IntegrityError:
        # Two tabs at once: the other one was first.
        return _go_on(access, Case.objects.get(item=item.code, closed_on__isnull=True, **who))
    return case


@action("case.save", "保存申请", persons=persons_of)
def save_draft(access: Access, case: Case, data: Mapping[str, Any], version: int | None = None) -> Case:
    """Replace the answers. Raises Stale (a Refused) when the draft was saved elsewhere since `version`."""
    seen = case.version if version is None else version
    lock(case)
    _may_write(access, case)
    if seen != case.version:
        raise Stale(differences(case.service_item.form, case.data, data), data, case.version)
    case.data = dict(data)
    case.version += 1
    case.save(update_fields=["data", "version"])
    list_persons(case, access.today)
    return case


@action("case.authorise", "签署核对授权", persons=persons_of)
def authorise(access: Access, case: Case, id_no: str, document: Document | None = None) -> CasePerson:
    """A member consents to the check of the family's means: by own log-in, or on a signed paper (`document`)."""
    member = case.persons.filter(id_no=id_no).first()
    if member is None:
        raise Refused("这位成员不在家庭成员名单中，请先在“家庭成员”里添加。")
    own = access.user is not None and access.user.person is not None and access.user.person.id_no == id_no
    if not own:
        _may_write(access, case, Status.SUBMITTED)
        if document is None:
            raise Refused(f"请上传{member.name}签名的核对授权书，或请{member.name}用自己的账号登录签署。")
    refuse_foreign(access, [document] if document else [])
    member.authorised_on, member.authorised_by, member.authorisation = access.today, access.user, document
    member.save(update_fields=["authorised_on", "authorised_by", "authorisation"])
    return member


@action("case.material", "提交材料", persons=persons_of)
def add_material(
    access: Access, case: Case, key: str, document: Document, about: CasePerson | None = None
) -> CaseMaterial:
    """Hand in one paper. `key` is a declared material's."""
    _may_write(access, case, Status.SUBMITTED)
    if key not in {AGENT_LETTER, *(material.key for material in case.service_item.materials)}:
        raise Refused("这个事项不需要这种材料。请按材料清单提交。")
    refuse_foreign(access, [document])
    material, _ = CaseMaterial.objects.get_or_create(
        case=case, document=document, key=key, defaults={"about": about, "added_on": access.today}
    )
    return material


@action("case.material_remove", "撤下材料", persons=persons_of)
def remove_material(access: Access, case: Case, key: str, document: Document) -> None:
    """Take back a paper that was handed in by mistake, while the application can still be changed."""
    _may_write(access, case)
    case.materials.filter(document=document, key=key, move=None).delete()


def submit(access: Access, case: Case, version: int | None = None) -> Case:
    """Send the application off (or the corrected one). Refused in Chinese when somebody applies twice."""
    do_move(access, case, "submit" if case.status == Status.DRAFT else "resubmit", version=version)
    return case


def _may_open(access: Access, item: ServiceItem, applicant: Applicant, region: Region, channel: str) -> None:
    if isinstance(applicant, Organisation):
        if applicant.pk not in access.organisations:
            _require_window(access, item, region)
        return
    person = access.user.person_id if access.user is not None else None
    own = person == applicant.pk and channel == Channel.PORTAL
    agent = person is not None and channel == Channel.AGENT  # 亲友代办: by a real-name account, with a letter
    if not own and not agent:
        _require_window(access, item, region)


def _require_window(access: Access, item: ServiceItem, region: Region) -> None:
    if not may_open_for_others(access, item, region.code):
        access.require("case.open", region.code)


def _may_write(access: Access, case: Case, *also: Status) -> None:
    if case.status not in WRITABLE | set(also):
        raise Refused(
            f"这份申请已在“{case.at_step.title}”，不能再修改。情况有变化的，请联系乡镇（街道）经办人。"
        )
    if is_applicant(access, case):
        return
    if case.status == Status.DRAFT or not may_open_for_others(access, case.service_item, case.region_id):
        raise PermissionDenied("您不能修改这份申请。请由申请人本人或其委托的人办理。")


def _go_on(access: Access, case: Case) -> Case:
    if case.status == Status.DRAFT and is_applicant(access, case):
        return case
    if case.status == Status.DRAFT:
        raise Refused(f"{case.applicant_name}已有一份没有提交的申请，请先请申请人提交或撤回后再代为申请。")
    raise Refused(
        f"{case.applicant_name}的“{case.service_item.title}”已在办理（编号 {case.number}，{case.at_step.title}），"
        "不能重复申请。请在“我的办件”或工作台中查看进度。"
    )
