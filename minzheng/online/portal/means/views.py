"""What departments answered about oneself: to read, to object to, and the consent to take back (个人信息保护法 15、45、46)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from minzheng.datacenter.verification.consents import sources_to_check, withdraw
from minzheng.datacenter.verification.models import Answer, Authorisation, Check, CheckObjection
from minzheng.datacenter.verification.objections import object_to
from minzheng.datacenter.verification.report import about_people
from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.cases.models import Case
from minzheng.foundation.documents.models import Document
from minzheng.foundation.exchange.words import Source
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.rendering import Uploads, django_form
from minzheng.foundation.registry.words import shelf

OBJECTION = (
    Question("statement", "哪里不对，实际情况是什么？", "long_text", min=2, max=500),
    Question("papers", "证明材料", "files", required=False, hint="例如存折、过户手续的照片。没有可以不传。"),
)
AGREE = (Question("agree", "我知道撤回以后不能再核对，申请可能无法继续办理", "agree"),)


@citizen
def means(request: HttpRequest, number: str) -> HttpResponse:
    """Answers about oneself and the minors one signed for; other adults of the family see their own."""
    consents = _own_consents(request, number)
    case = consents[0].case
    check = Check.objects.filter(case=case).exclude(state=Check.State.CANCELLED).order_by("-id").first()
    people = [one.person_id for one in consents]
    record_read("查看本人核对结果", actor=request.user, subject=case, persons=people, region=case.region_id)  # type: ignore[arg-type]
    context = {
        "case": case,
        "consents": consents,
        "check": check,
        "sources": about_people(check, sources_to_check(), people) if check else [],
        "objections": CheckObjection.objects.filter(answer__check_of=check, answer__person__in=people)
        if check
        else [],
        "back_url": _back(request, case),
    }
    return render(request, "portal/means/means.html", context)


@citizen
@require_http_methods(["GET", "POST"])
def objection(request: HttpRequest, number: str, pk: int, field: str) -> HttpResponse:
    """One item at a time; what is wrong in the own words, with papers."""
    consents = _own_consents(request, number)
    access, case = request.access, consents[0].case  # type: ignore[attr-defined]
    answer = Answer.objects.filter(
        pk=pk, check_of__case=case, is_current=True, person__in=[one.person_id for one in consents]
    ).first()
    if answer is None or field not in shelf(Source).get(answer.source).keys:
        raise Http404("没有找到这一项。请回到核对结果，重新选择。")
    posted = request.method == "POST"
    form = django_form(
        OBJECTION,
        request.POST if posted else None,
        request.FILES if posted else None,
        today=access.today,
        uploads=Uploads(access.user, case.region_id),
    )
    if posted and form.is_valid():
        papers = Document.objects.filter(pk__in=form.answers.get("papers") or [])
        try:
            object_to(access, answer, field, form.answers["statement"], papers)
            return redirect("portal:means", number)
        except Refused as refused:
            form.add_error(None, refused.messages)
    context = {
        "case": case,
        "title": shelf(Source).get(answer.source).field(field).title,
        "who": answer.person,
        "form": form,
        "back_url": reverse("portal:means", args=[number]),
    }
    return render(request, "portal/means/objection.html", context)


@citizen
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Withdrawing is as easy as consenting was (个人信息保护法 第十五条)."""
    consent = next((one for one in _own_consents(request, number) if one.pk == pk), None)
    if consent is None or consent.withdrawn_on is not None:
        raise Http404("这份授权不在，或者已经撤回。")
    access = request.access  # type: ignore[attr-defined]
    form = django_form(AGREE, request.POST if request.method == "POST" else None, today=access.today)
    if request.method == "POST" and form.is_valid():
        withdraw(access, consent)
        return redirect("portal:means", number)
    context = {
        "case": consent.case,
        "consent": consent,
        "form": form,
        "back_url": reverse("portal:means", args=[number]),
    }
    return render(request, "portal/means/take_back.html", context)


def _own_consents(request: HttpRequest, number: str) -> list[Authorisation]:
    """The own consents in a case and those signed for minors; without one the case does not exist here."""
    person = request.user.person_id  # type: ignore[union-attr]
    found = Authorisation.objects.filter(case__number=number).select_related("case__region", "person")
    own = [one for one in found if person in {one.person_id, one.signed_by_id}]
    if not own:
        raise Http404("没有找到您的核对授权。核对从受理以后开始；请从“我的申请”里查看进度。")
    return own


def _back(request: HttpRequest, case: Case) -> str:
    user = request.user
    is_mine = user.pk == case.opened_by_id or user.person_id == case.applicant_id  # type: ignore[union-attr]
    return reverse("portal:case", args=[case.number]) if is_mine else reverse("portal:home")
