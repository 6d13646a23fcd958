"""Filling in: the task list, one question a page, rows of a group, papers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.cases.drafts import WRITABLE
from minzheng.foundation.cases.models import Case
from minzheng.foundation.forms.rendering import QuestionForm, Uploads, django_form
from minzheng.online.portal.apply.addresses import address_after, address_before, position
from minzheng.online.portal.apply.places import places_near
from minzheng.online.portal.apply.saving import fingerprint, save_page
from minzheng.online.portal.apply.tasks import all_tasks
from minzheng.online.portal.apply.unsaved import keeps_what_was_typed, typed_before_log_in
from minzheng.online.portal.apply.walk import Stop, find_row_stop, find_stop, row_title
from minzheng.online.portal.mine import my_case, my_draft
from minzheng.online.portal.rows.views import rows_page


@citizen
def tasks(request: HttpRequest, number: str) -> HttpResponse:
    case = my_case(request, number, "查看填写进度")
    if case.status not in WRITABLE:
        return redirect("portal:case", number)
    groups = all_tasks(case, request.access.today)  # type: ignore[attr-defined]
    every = [task for _title, listed in groups for task in listed if not task.optional]
    context = {
        "case": case,
        "groups": groups,
        "done": sum(task.is_done for task in every),
        "total": len(every),
        "back_url": reverse("portal:mine"),
    }
    return render(request, "portal/apply/tasks.html", context)


@keeps_what_was_typed
@citizen
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, number: str, section: str, slug: str) -> HttpResponse:
    case = my_draft(request, number)
    stop = find_stop(case.service_item.form, case.data, section, slug)
    if stop is None:
        return redirect("portal:tasks", number)
    return rows_page(request, case, stop) if stop.is_list else _page(request, case, stop)


@keeps_what_was_typed
@citizen
@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, number: str, group: str, row: int, slug: str) -> HttpResponse:
    case = my_draft(request, number)
    stop = find_row_stop(case.service_item.form, case.data, group, row, slug)
    return _page(request, case, stop) if stop else redirect("portal:tasks", number)


def _page(request: HttpRequest, case: Case, stop: Stop) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    back = request.GET.get("back", "")
    leaving = "leave" in request.POST
    typed = typed_before_log_in(request)
    form = _form(request, case, stop, typed or (request.POST if request.method == "POST" else None), leaving)
    clashes = []
    if request.method == "POST" and form.is_valid():
        seen = "" if "mine" in request.POST else request.POST.get("seen", "")
        stop, clashes = save_page(access, case, stop, form.answers, seen)
        if not clashes:
            if leaving:
                return redirect("portal:tasks", case.number)
            return redirect(address_after(case, stop, back, access.today))
    context = {
        "case": case,
        "stop": stop,
        "form": form,
        "clashes": clashes,
        "typed_before": typed is not None,
        "seen": (typed or request.POST).get("seen") or fingerprint(stop, case.data),
        "back_url": address_before(case, stop, back),
        "here": request.get_full_path(),
        "row_title": row_title(stop.group, stop.answers_in(case.data), stop.row)
        if stop.group and stop.row is not None
        else "",
        **position(case, stop),
    }
    return render(request, "portal/apply/question.html", context)


def _form(
    request: HttpRequest, case: Case, stop: Stop, typed: QueryDict | None, leaving: bool
) -> QuestionForm:
    access = request.access  # type: ignore[attr-defined]
    needs_places = any(question.kind == "region" for question in stop.questions)
    return django_form(
        stop.questions,
        typed,
        request.FILES if typed is not None else None,
        initial=stop.answers_in(case.data),
        answers={**case.data, **stop.answers_in(case.data)},
        today=access.today,
        uploads=Uploads(access.user, case.region_id),
        places=places_near(case.region_id, access.today) if needs_places else (),
        partial=leaving,
    )
