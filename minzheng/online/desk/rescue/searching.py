"""Searching: who is missed, who is like them, and the two who look before anybody is called found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from minzheng.business.rescue.identity import propose_match
from minzheng.business.rescue.matching import candidates
from minzheng.business.rescue.models import Match, MissingReport, ReportState
from minzheng.business.rescue.searching import report_missing
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.rendering import django_form
from minzheng.foundation.idempotency.once import keyed
from minzheng.online.desk.deeds import deed_page, open_deeds
from minzheng.online.desk.rescue import questions as ask
from minzheng.online.desk.rescue.deeds import MATCH, match_of
from minzheng.online.desk.rescue.parts import HOME, dates, one_form, station_of
from minzheng.online.desk.rescue.views import stay_of
from minzheng.online.ui.forms import show_refusal

READ, WRITE = "rescue.read", "rescue.write"
COMPARED, SHOWN = 5000, 20
BASIS = (Question("basis", "为什么觉得是同一个人", "text", min=4, max=200),)


@never_cache
@permit(WRITE)
@keyed
def missing_new(request: HttpRequest) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    station = station_of(request)

    def do(given: dict[str, Any]) -> str:
        report = MissingReport(region_id=station.region_id, **dates(given, "lost_on"))
        return reverse("registers:detail", args=["missing_reports", report_missing(access, report).pk])

    return one_form(
        request, ask.MISSING_DESK, "登记走失人员", do, region=station.region_id, done="已登记，在站的身份不明人员会与它比对。",
        lead="亲属、公安机关、其他救助站来报告的。填得越细，越容易找到。",
    )  # fmt: skip


@never_cache
@permit(WRITE)
@keyed
def alike(request: HttpRequest, pk: int) -> HttpResponse:
    """Reports that this person may be the one of, the most alike first, each with its reasons. Choosing one proposes it."""
    access: Any = request.access  # type: ignore[attr-defined]
    stay = stay_of(request, pk)
    access.require(WRITE, stay.region_id)
    reports = access.scope(READ, MissingReport.objects.filter(state=ReportState.OPEN, sex=stay.sex))
    open_reports = list(reports.select_related("photo").order_by("-lost_on", "pk")[:COMPARED])
    found = candidates(stay, open_reports, access.today)[:SHOWN]
    form = django_form(BASIS, request.POST if request.method == "POST" else None, today=access.today)
    if request.method == "POST" and form.is_valid():
        chosen = next((one.report for one in found if str(one.report.pk) == request.POST.get("report")), None)
        if chosen is None:
            raise Http404("这份走失报告已经办结，或不在您的辖区内。请返回重新比对。")
        try:
            made = propose_match(access, stay, chosen, **form.answers)
        except ValidationError as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, "已初核，等县级另一位同志核定。")
            return redirect("desk:rescue:match", made.pk)
    record_read("比对走失人员", actor=access.user, subject=stay, persons=stay.persons, region=stay.region_id)
    context = {
        "stay": stay, "found": found, "compared": len(open_reports), "form": form,
        "trail": [HOME, (stay.number, reverse("desk:rescue:stay", args=[pk])), ("比对走失人员", "")],
    }  # fmt: skip
    return render(request, "desk/rescue/alike.html", context, status=422 if form.errors else 200)


def match_row(request: HttpRequest, pk: int) -> Match:
    rows = Match.objects.select_related(
        "stay__photo", "stay__person", "report__photo", "proposed_by", "decided_by"
    )
    found: Match = request.access.get(READ, rows, pk=pk)  # type: ignore[attr-defined]
    return found


@permit(READ)
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Both side by side: what they share, what they do not, what nobody knows."""
    access: Any = request.access  # type: ignore[attr-defined]
    row = match_row(request, pk)
    record_read(
        "查看寻亲比对", actor=access.user, subject=row, persons=row.stay.persons, region=row.region_id
    )
    context = {
        "row": row, "deeds": open_deeds(MATCH, access, row),
        "trail": [HOME, (row.stay.number, reverse("desk:rescue:stay", args=[row.stay_id])), ("寻亲比对", "")],
    }  # fmt: skip
    return render(request, "desk/rescue/match.html", context)


@never_cache
@permit(READ)
@keyed
def match_deed(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    row = match_row(request, pk)
    back = reverse("desk:rescue:match", args=[pk])
    return deed_page(request, row, match_of(MATCH, key, row), back=back, trail=[HOME, ("寻亲比对", back)])
