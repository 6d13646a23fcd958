"""代为申请: window or helper fills in the very form that citizens fill in, a section a page, and hands it in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.models import Role
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.cases.api import Stale, missing, open_case, save_draft, submit, visible
from minzheng.foundation.cases.models import Case, Channel
from minzheng.foundation.forms import Section
from minzheng.foundation.forms.rendering import Uploads
from minzheng.foundation.items import Status
from minzheng.online.desk.intake.forms import ApplicantForm
from minzheng.online.desk.sheets.sheet import Sheet

OPEN_TO_WRITING = [Status.DRAFT, Status.CORRECTING]


@permit("case.window")
def start(request: HttpRequest) -> HttpResponse:
    """Who applies for what; goes on with a draft that the officer has already begun."""
    form = ApplicantForm(request.access, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = open_case(
                request.access, form.cleaned_data["item"], channel=_channel(request), **form.whose()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            return redirect("desk:intake_section", case.number, case.service_item.form.sections[0].key)
    drafts = visible(request.access).filter(status=Status.DRAFT, opened_by=request.user)
    context = {
        "form": form,
        "drafts": drafts.select_related("applicant", "organisation", "region").order_by("-id")[:10],
    }
    return render(request, "desk/intake/start.html", context)


def _channel(request: HttpRequest) -> str:
    """At the window it is 窗口申请; a village helper applies on somebody's behalf."""
    helper_only = request.access.roles == {Role.VILLAGE_HELPER}  # type: ignore[attr-defined]
    return Channel.AGENT if helper_only else Channel.DESK


@permit("case.window")
def section(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """One section of the form. Every save keeps what was typed, also when somebody else saved in between."""
    case = _case(request, number)
    found = next((one for one in case.service_item.form.sections if one.key == key), None)
    if found is None:
        raise Http404("这份申请没有这一部分。请从左侧目录里选。")
    sheet = _sheet(request, case, found)
    version = case.version
    if request.method == "POST" and sheet.is_valid():
        try:
            save_draft(request.access, case, case.data | sheet.answers, _version(request, case))
        except Stale as stale:
            sheet.problems = [("", text) for text in stale.messages]
            version = stale.current_version  # saving once more keeps what stands on this page
        except ValidationError as refusal:
            sheet.problems = [("", text) for text in refusal.messages]
        else:
            return redirect(_next(case, found))
    context = _frame(case, key) | {"section": found, "sheet": sheet, "version": version}
    return render(request, "desk/intake/section.html", context)


@permit("case.window")
def review(request: HttpRequest, number: str) -> HttpResponse:
    """Papers, authorisations and what is still missing, before it is handed in."""
    case = _case(request, number)
    context = _frame(case, "review") | {
        "lacking": missing(case, request.access.today),
        "members": case.persons.all(),
        "handed_in": list(case.materials.select_related("document")),
    }
    return render(request, "desk/intake/review.html", context)


@permit("case.window")
@require_POST
def hand_in(request: HttpRequest, number: str) -> HttpResponse:
    case = _case(request, number)
    try:
        submit(request.access, case)
    except ValidationError as refusal:
        for text in refusal.messages:
            messages.error(request, text)
        return redirect("desk:intake_review", number)
    messages.success(request, f"已提交，受理编号 {case.number}。")
    return redirect("desk:case", number)


def _case(request: HttpRequest, number: str) -> Case:
    cases = visible(request.access).filter(status__in=OPEN_TO_WRITING)  # type: ignore[attr-defined]
    return get_object_or_404(cases.select_related("applicant", "organisation", "region"), number=number)


def _sheet(request: HttpRequest, case: Case, found: Section) -> Sheet:
    posted = request.method == "POST"
    return Sheet(
        found.parts,
        request.POST if posted else None,
        request.FILES if posted else None,
        initial=case.data,
        today=request.access.today,  # type: ignore[attr-defined]
        uploads=Uploads(request.user, case.region_id),  # type: ignore[arg-type]
    )


def _version(request: HttpRequest, case: Case) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() else case.version


def _next(case: Case, done: Section) -> str:
    sections = case.service_item.form.sections
    place = sections.index(done) + 1
    if place == len(sections):
        return reverse("desk:intake_review", args=[case.number])
    return reverse("desk:intake_section", args=[case.number, sections[place].key])


def _frame(case: Case, here: str) -> dict[str, Any]:
    """The list of sections beside the page: which one is open, which have answers."""
    places = [
        {
            "title": one.title,
            "url": reverse("desk:intake_section", args=[case.number, one.key]),
            "current": one.key == here,
            "done": any(part.key in case.data for part in one.parts),
        }
        for one in case.service_item.form.sections
    ]
    end = {"title": "授权、材料和提交", "url": reverse("desk:intake_review", args=[case.number])}
    return {"case": case, "places": [*places, end | {"current": here == "review", "done": False}]}
