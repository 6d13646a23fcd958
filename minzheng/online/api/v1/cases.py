"""Applying and following: the same drafts, cleaning, moves and rights as on the screens."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.db import transaction
from django.http import Http404, HttpRequest
from ninja import Path, Router, Schema
from ninja import Status as Answered
from pydantic import Field

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.cases.completeness import missing
from minzheng.foundation.cases.drafts import WRITABLE, add_material, authorise, save_draft, submit
from minzheng.foundation.cases.engine import do_move
from minzheng.foundation.cases.models import Case
from minzheng.foundation.cases.persons import persons_of
from minzheng.foundation.documents.models import Document
from minzheng.foundation.documents.store import own_documents
from minzheng.foundation.items import APPLICANT, Status
from minzheng.online.api.operation import operation
from minzheng.online.api.paging import Cursor, Limit, Page, page_of
from minzheng.online.api.problems import Detail, Problem
from minzheng.online.api.v1.answers import cleaned_answers
from minzheng.online.api.v1.case_out import CaseBrief, CaseOut, brief, whole
from minzheng.online.api.v1.items import ItemCode, item_named
from minzheng.online.api.v1.opening import ApplicantIn, OrganisationIn, open_for
from minzheng.online.portal.mine import cases_of

router = Router(tags=["申请和办件"])
READ, WRITE = ("my.read", "case.submit"), ("my.apply", "case.submit")
KEY = r"^[a-z][a-z0-9_]{0,39}$"
Number = Annotated[str, Path(pattern=r"^[0-9]{6}[0-9A-Za-z]{5,18}$", description="办件编号")]
DocumentId = Annotated[int, Field(ge=1, le=10**12, description="上传材料得到的 id")]


class MaterialIn(Schema, extra="forbid"):
    key: str = Field(pattern=KEY, description="材料的 key，见事项；代办的委托书为 agent_letter")
    document: DocumentId


class AuthorisationIn(Schema, extra="forbid"):
    id_no: str = Field(pattern=r"^[0-9]{17}[0-9Xx]$", description="签署人的公民身份号码")
    document: DocumentId | None = Field(None, description="签名的授权书；本人通过群众应用签署时不填")


class ApplicationIn(Schema, extra="forbid"):
    region: str = Field(
        "", pattern=r"^([0-9]{12})?$", description="申请人居住的村（社区）区划代码；单位申请的不填"
    )
    answers: dict[str, Any] = Field(description="按申请表结构（/items/{code}/schema）填写")
    applicant: ApplicantIn | None = Field(
        None, description="部门系统代为提交时填申请人（单位申请的填经办人）；群众应用不填"
    )
    organisation: OrganisationIn | None = Field(None, description="由单位申请的事项，填申请单位")
    materials: list[MaterialIn] = Field(default_factory=list, max_length=50)
    authorisations: list[AuthorisationIn] = Field(default_factory=list, max_length=30)
    submit: bool = Field(True, description="false：只保存，不提交")


class AnswersIn(Schema, extra="forbid"):
    answers: dict[str, Any]
    version: int = Field(ge=1, le=2**31 - 1, description="所见办件的 version，防止覆盖别处的修改")


class WithdrawIn(Schema, extra="forbid"):
    reason: str = Field("", max_length=120)


@operation(
    router,
    "POST",
    "/items/{code}/applications",
    summary="提交申请",
    response=CaseOut,
    status=201,
    scopes=WRITE,
    keyed=True,
)
def apply(request: HttpRequest, code: ItemCode, body: ApplicationIn) -> Any:
    """All or nothing: a refusal at any point leaves no draft behind."""
    access: Access = request.access  # type: ignore[attr-defined]
    item = item_named(code)
    with transaction.atomic():
        case = open_for(request.caller, item, body.region, body.applicant, body.organisation)  # type: ignore[attr-defined]
        _fill(access, case, body.answers, case.version, partial=not body.submit)
        for material in body.materials:
            add_material(access, case, material.key, _own(access, material.document))
        for signed in body.authorisations:
            _authorise(access, case, signed)
        if body.submit:
            _refuse_incomplete(case, access.today)
            submit(access, case, case.version)
        return Answered(201, whole(access, case))


@operation(router, "GET", "/cases", summary="我的（本系统提交的）办件", response=Page[CaseBrief], scopes=READ)
def list_cases(request: HttpRequest, limit: Limit, cursor: Cursor) -> Any:
    access: Access = request.access  # type: ignore[attr-defined]
    rows, after = page_of(cases_of(access), "pk", limit, cursor, descending=True)
    return {"items": [brief(one) for one in rows], "next": after}


@operation(router, "GET", "/cases/{number}", summary="一件办件的进度", response=CaseOut, scopes=READ)
def show_case(request: HttpRequest, number: Number) -> Any:
    access: Access = request.access  # type: ignore[attr-defined]
    case = _case(request, number)
    record_read(
        f"通过{request.caller.client}查看办理进度", actor=access.user, subject=case,  # type: ignore[attr-defined]
        persons=persons_of(case), region=case.region_id,
    )  # fmt: skip
    return whole(access, case)


@operation(
    router,
    "POST",
    "/cases/{number}/answers",
    summary="修改草稿，或补正填写的内容",
    response=CaseOut,
    scopes=WRITE,
    keyed=True,
)
def change_answers(request: HttpRequest, number: Number, body: AnswersIn) -> Any:
    access, case = request.access, _case(request, number)  # type: ignore[attr-defined]
    _fill(access, case, body.answers, body.version, partial=True)
    return whole(access, case)


@operation(
    router,
    "POST",
    "/cases/{number}/materials",
    summary="补充材料",
    response=CaseOut,
    scopes=WRITE,
    keyed=True,
)
def hand_in(request: HttpRequest, number: Number, body: MaterialIn) -> Any:
    access, case = request.access, _case(request, number)  # type: ignore[attr-defined]
    add_material(access, case, body.key, _own(access, body.document))
    return whole(access, case)


@operation(
    router,
    "POST",
    "/cases/{number}/authorisations",
    summary="签署核对授权",
    response=CaseOut,
    scopes=WRITE,
    keyed=True,
)
def sign(request: HttpRequest, number: Number, body: AuthorisationIn) -> Any:
    access, case = request.access, _case(request, number)  # type: ignore[attr-defined]
    _authorise(access, case, body)
    return whole(access, case)


@operation(
    router,
    "POST",
    "/cases/{number}/submit",
    summary="提交草稿，或提交补正",
    response=CaseOut,
    scopes=WRITE,
    keyed=True,
)
def send(request: HttpRequest, number: Number) -> Any:
    access, case = request.access, _case(request, number)  # type: ignore[attr-defined]
    if case.status not in WRITABLE:
        raise Refused(f"这件办件已在“{case.at_step.title}”，不用再提交。")
    _refuse_incomplete(case, access.today)
    submit(access, case, case.version)
    return whole(access, case)


@operation(
    router, "POST", "/cases/{number}/withdraw", summary="撤回申请", response=CaseOut, scopes=WRITE, keyed=True
)
def withdraw(request: HttpRequest, number: Number, body: WithdrawIn) -> Any:
    access, case = request.access, _case(request, number)  # type: ignore[attr-defined]
    may = {move.key for move in case.at_step.moves if APPLICANT in case.at_step.roles_of(move)}
    if "withdraw" not in may:
        raise Refused(
            f"这件办件现在处于“{case.at_step.title}”，不能撤回。如情况有变，请联系乡镇（街道）经办人。"
        )
    do_move(access, case, "withdraw", {"reason": body.reason} if body.reason else {}, version=case.version)
    return whole(access, case)


def _case(request: HttpRequest, number: str) -> Case:
    """One's own case, or 404: another's does not exist here."""
    case = cases_of(request.access).filter(number=number).first()  # type: ignore[attr-defined]
    if case is None:
        raise Http404("没有找到这件办件，或者它不是您提交的。请核对编号。")
    return case


def _own(access: Access, key: int) -> Document:
    found = own_documents([key], access.user)  # type: ignore[arg-type]
    if not found:
        raise Refused("有一份文件不是您上传的，请重新上传后再提交。")
    return Document.objects.get(pk=key)


def _authorise(access: Access, case: Case, signed: AuthorisationIn) -> None:
    document = _own(access, signed.document) if signed.document is not None else None
    authorise(access, case, signed.id_no.upper(), document)


def _fill(access: Access, case: Case, answers: dict[str, Any], version: int, *, partial: bool) -> None:
    cleaned = cleaned_answers(access, case.service_item, case.data, answers, partial=partial)
    save_draft(access, case, cleaned, version)


def _refuse_incomplete(case: Case, today: dt.date) -> None:
    """A correction may be sent although something is still missing: that is for the office to judge, once."""
    lacking = missing(case, today) if case.status == Status.DRAFT else []
    if lacking:
        details = [Detail(path=one.key, detail=f"{one.label}：{one.what}") for one in lacking]
        raise Problem("invalid", f"还缺 {len(details)} 项，请补齐后再提交。", details)
