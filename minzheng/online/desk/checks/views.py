"""Around a check: its progress, going on without an answer, asking again, objections, consents, the printed report."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from minzheng.datacenter.verification import actions, objections
from minzheng.datacenter.verification.consents import consent_of_obligor, sources_to_check, withdraw
from minzheng.datacenter.verification.models import Answer, Authorisation, Check, CheckObjection
from minzheng.datacenter.verification.report import report_of
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.cases.api import visible
from minzheng.foundation.cases.models import Case
from minzheng.foundation.documents.check import UploadRefused
from minzheng.foundation.documents.models import Document
from minzheng.foundation.documents.store import store_document
from minzheng.foundation.people.exact import person_with
from minzheng.online.desk.checks.page import progress_of, settled


@permit("check.read")
def progress(request: HttpRequest, number: str) -> HttpResponse:
    """The departments' states alone: polled every other second, and nothing in it is about a person."""
    check = _check(request, number)
    rows = progress_of(check)
    context = {"check": check, "progress": rows, "settled": settled(rows)}
    response = render(request, "desk/checks/progress.html", context)
    if check.state != Check.State.ASKING or request.GET.get("settled") != str(settled(rows)):
        response["HX-Refresh"] = "true"  # another department has answered: show the whole page anew
    return response


@permit("check.read")
def report(request: HttpRequest, number: str) -> HttpResponse:
    """核对报告 on paper."""
    check = _check(request, number)
    record_read(
        "查看核对报告",
        actor=request.user,
        subject=check,
        persons=list(actions.whom(check)),
        region=check.region_id,
    )  # type: ignore[arg-type]
    context = {
        "check": check,
        "report": report_of(check, sources_to_check()),
        "progress": progress_of(check),
        "back_url": _address(check.case),
    }
    return render(request, "desk/checks/report.html", context)


@permit("check.run")
@require_POST
def go_on(request: HttpRequest, number: str) -> HttpResponse:
    check = _check(request, number)
    return _done(
        request,
        check.case,
        lambda: actions.go_on(request.access, check, request.POST.get("reason", "")),
        "已决定不再等待，没有反馈的按未知处理。",
    )  # type: ignore[attr-defined]


@permit("check.run")
@require_POST
def again(request: HttpRequest, number: str) -> HttpResponse:
    check = _check(request, number)
    return _done(
        request, check.case, lambda: actions.ask_again(request.access, check), "已再次查询没有反馈的部门。"
    )  # type: ignore[attr-defined]


@permit("check.read")
@require_POST
def object_to(request: HttpRequest, number: str) -> HttpResponse:
    """Item and person stand in the posted form, `<answer>:<field>`, not in the address."""
    check = _check(request, number)
    answer_key, _, field = request.POST.get("item", "").partition(":")
    answer = get_object_or_404(Answer, check_of=check, pk=answer_key if answer_key.isdecimal() else None)

    def run() -> None:
        papers = _papers(request, check.case)
        objections.object_to(request.access, answer, field, request.POST.get("statement", ""), papers)  # type: ignore[attr-defined]

    return _done(request, check.case, run, "异议已登记，已请该部门复核。")


@permit("check.run")
@require_POST
def settle(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    check = _check(request, number)
    objection = get_object_or_404(CheckObjection, pk=pk, answer__check_of=check)
    return _done(
        request,
        check.case,
        lambda: objections.settle(request.access, objection, request.POST.get("result", "")),
        "异议已处理。",
    )  # type: ignore[attr-defined]


@permit("check.read")
@require_POST
def withdraw_consent(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    case = get_object_or_404(visible(request.access), number=number)  # type: ignore[attr-defined]
    consent = get_object_or_404(Authorisation, pk=pk, case=case)
    return _done(
        request,
        case,
        lambda: withdraw(request.access, consent, request.POST.get("reason", "")),
        "授权已撤回，不会再查询这位成员。",
    )  # type: ignore[attr-defined]


@permit("check.run")
@require_POST
def add_obligor(request: HttpRequest, number: str) -> HttpResponse:
    case = get_object_or_404(visible(request.access), number=number)  # type: ignore[attr-defined]

    def run() -> None:
        person = person_with(request.POST.get("id_no", ""))
        if person is None:
            raise ValidationError("没有查到这个身份证号。请先在“人员”台账登记这位义务人，再登记其同意。")
        papers = _papers(request, case)
        if not papers:
            raise ValidationError("请上传义务人本人签名的同意书。")
        consent_of_obligor(request.access, case, person, papers[0])  # type: ignore[attr-defined]

    return _done(request, case, run, "已登记同意。下次发起核对时会一并查询。")


def _check(request: HttpRequest, number: str) -> Check:
    """One check of a case in the officer's own regions; any other is 404."""
    access = request.access  # type: ignore[attr-defined]
    check = access.get(
        "check.read", Check.objects.select_related("case", "started_by", "went_on_by"), number=number
    )
    if check.case is None:
        raise Http404("这是定期核对，请到“定期核对”台账查看。")
    return check


def _papers(request: HttpRequest, case: Case) -> list[Document]:
    try:
        return [
            store_document(upload, kind="check_paper", user=request.user, region_id=case.region_id)  # type: ignore[arg-type]
            for upload in request.FILES.getlist("papers")
        ]
    except UploadRefused as refused:
        raise ValidationError(str(refused)) from None


def _done(request: HttpRequest, case: Case, run, said: str) -> HttpResponse:  # type: ignore[no-untyped-def]
    try:
        run()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, said)
    return redirect(_address(case))


def _address(case: Case) -> str:
    return f"{reverse('desk:case', args=[case.number])}?view=check"
