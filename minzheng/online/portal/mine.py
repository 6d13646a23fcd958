"""What a citizen may see and do: the own cases, those filled in for others, and papers waiting for a signature."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.cases.drafts import WRITABLE
from minzheng.foundation.cases.models import Case, CasePerson
from minzheng.foundation.cases.persons import persons_of


def cases_of(access: Access) -> QuerySet[Case]:
    """Cases that this human being applied for, or filled in for another or for an organisation; the newest first."""
    if access.user is None:
        return Case.objects.none()
    mine = Q(opened_by=access.user) | Q(organisation__in=access.organisations)
    if access.user.person_id is not None:
        mine |= Q(applicant=access.user.person_id)
    return Case.objects.filter(mine).select_related("applicant", "organisation", "region").order_by("-pk")


def my_case(request: HttpRequest, number: str, title: str) -> Case:
    """One's own case, or 404: another's case does not exist here. The look is recorded."""
    access: Access = request.access  # type: ignore[attr-defined]
    case = cases_of(access).filter(number=number).first()
    if case is None:
        raise Http404("没有找到这份申请。请从“我的申请”里打开。")
    if request.method == "GET":
        record_read(title, actor=access.user, subject=case, persons=persons_of(case), region=case.region_id)
    return case


def my_draft(request: HttpRequest, number: str) -> Case:
    """One's own case while it can still be written: a draft, or one that was sent back for correction."""
    case = my_case(request, number, "填写申请")
    if case.status not in WRITABLE:
        raise Http404("这份申请已经提交，不能再修改。请在“我的申请”里查看进度。")
    return case


def consent_of(access: Access, pk: int) -> CasePerson | None:
    """One of the consents that this person signs or has signed."""
    with beyond_region("本人签署的授权在别人的申请里：按本人的身份证号查，只看授权书"):
        return _consents_of(access).filter(pk=pk).first()


def _consents_of(access: Access) -> QuerySet[CasePerson]:
    """Rows of cases in which this person is a family member, by identity number."""
    person = access.user.person if access.user is not None else None
    if person is None or not person.id_no:
        return CasePerson.objects.none()
    return CasePerson.objects.filter(id_no=person.id_no, needs_authorisation=True).select_related(
        "case__applicant", "case__region"
    )


def consents_waiting_for(access: Access) -> list[CasePerson]:
    """Signatures that others wait for; those for one's own application stand in its task list."""
    with beyond_region("等本人签署的授权在别人的申请里：按本人的身份证号查，只看授权书"):
        waiting = _consents_of(access).filter(authorised_on=None, case__closed_on=None)
        return list(waiting.exclude(case__in=cases_of(access).values("pk")))
