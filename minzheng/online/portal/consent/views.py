"""Each adult member's authorisation to check the family's means (民发〔2021〕57号): on screen or on paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.cases.drafts import authorise
from minzheng.foundation.documents.models import Document
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.rendering import Uploads, django_form
from minzheng.online.portal.mine import consent_of, my_case

AGREE = (
    Question(
        "agree",
        "我已读懂上面的内容，同意授权，并保证所填情况真实",
        "agree",
    ),
)
PAPER = (
    Question(
        "paper",
        "签好的授权书照片",
        "file",
        hint="拍清楚签名和日期。手机拍的照片或 PDF 都可以。",
    ),
)


@citizen
def consents(request: HttpRequest, number: str) -> HttpResponse:
    case = my_case(request, number, "查看授权签署情况")
    own = request.access.user.person.id_no  # type: ignore[attr-defined]
    context = {
        "case": case,
        "members": case.persons.all(),
        "own": own,
        "back_url": reverse("portal:tasks" if case.submitted_on is None else "portal:case", args=[number]),
    }
    return render(request, "portal/consent/list.html", context)


@citizen
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """On screen, by the member's own log-in: the session that signs is the signature's evidence, kept in the audit."""
    access = request.access  # type: ignore[attr-defined]
    member = consent_of(access, pk)
    if member is None:
        raise Http404("没有等您签署的授权。请回到服务大厅查看。")
    case = member.case
    form = django_form(AGREE, request.POST if request.method == "POST" else None, today=access.today)
    if request.method == "POST" and form.is_valid():
        try:
            authorise(access, case, member.id_no)
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            is_mine = access.user.pk == case.opened_by_id or access.user.person_id == case.applicant_id
            return redirect("portal:consents", case.number) if is_mine else redirect("portal:signed", pk)
    record_read(
        "查看授权书", actor=access.user, subject=case, persons=[access.user.person_id], region=case.region_id
    )
    context = {"case": case, "member": member, "form": form, "back_url": reverse("portal:home")}
    return render(request, "portal/consent/sign.html", context)


@citizen
def signed(request: HttpRequest, pk: int) -> HttpResponse:
    member = consent_of(request.access, pk)  # type: ignore[attr-defined]
    if member is None or member.authorised_on is None:
        raise Http404("没有找到您签署的授权。请回到服务大厅查看。")
    return render(request, "portal/consent/signed.html", {"member": member, "case": member.case})


@citizen
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """For a member without an account: the signed form, photographed by whoever applies."""
    access = request.access  # type: ignore[attr-defined]
    case = my_case(request, number, "上传授权书")
    member = get_object_or_404(case.persons, pk=pk, needs_authorisation=True)
    posted = request.method == "POST"
    form = django_form(
        PAPER,
        request.POST if posted else None,
        request.FILES if posted else None,
        today=access.today,
        uploads=Uploads(access.user, case.region_id),
    )
    if posted and form.is_valid():
        try:
            authorise(access, case, member.id_no, Document.objects.get(pk=form.answers["paper"][0]))
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("portal:consents", number)
    context = {
        "case": case,
        "member": member,
        "form": form,
        "back_url": reverse("portal:consents", args=[number]),
    }
    return render(request, "portal/consent/paper.html", context)


@citizen
def blank(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The form to print and sign."""
    case = my_case(request, number, "打印授权书")
    member = get_object_or_404(case.persons, pk=pk)
    return render(request, "portal/consent/blank.html", {"case": case, "member": member})
