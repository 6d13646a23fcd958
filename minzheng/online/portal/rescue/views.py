"""寻亲公告, for anybody and without log-in; and a family's own reports of somebody they miss, logged in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from minzheng.business.rescue.models import MissingReport, NoticeState, PublicNotice, ReportState
from minzheng.business.rescue.questions import MISSING
from minzheng.business.rescue.searching import report_missing_online, withdraw_report
from minzheng.foundation.accounts.permits import citizen, public
from minzheng.foundation.accounts.rates import at_most
from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.forms.rendering import Uploads, django_form
from minzheng.foundation.people.models import Sex
from minzheng.foundation.registers import paging
from minzheng.online.ui.forms import show_refusal

WHY = "a family that looks for somebody must see the notices; each was approved for the public by a second officer"
SIZE = 12
AGES = {"child": (0, 17, "未满18岁"), "adult": (18, 59, "18—59岁"), "old": (60, 200, "60岁以上")}


def in_public() -> QuerySet[PublicNotice]:
    today = timezone.localdate()
    return PublicNotice.objects.filter(state=NoticeState.PUBLISHED, until__gte=today)


@public(WHY)
@at_most("public_per_minute", per="ip")
def index(request: HttpRequest) -> HttpResponse:
    """Published notices, the newest first; narrowed by sex, age, place."""
    asked = {key: request.GET.get(key, "")[:30] for key in ("sex", "age", "at")}
    with beyond_region("寻亲公告经第二人审核后向社会公开，谁都可以看"):
        rows = in_public().select_related("region")
        if asked["sex"] in (Sex.MALE, Sex.FEMALE):
            rows = rows.filter(sex=asked["sex"])
        if asked["age"] in AGES:
            least, most, _ = AGES[asked["age"]]
            rows = rows.filter(age__range=(least, most))
        if asked["at"].strip():
            rows = rows.filter(found_at__contains=asked["at"].strip())
        page = paging.page_of(
            rows,
            ["published_on"],
            SIZE,
            descending=True,
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
        )
    context = {
        "rows": page.rows, "after": page.after, "before": page.before, "asked": asked,
        "ages": [(key, label) for key, (_, _, label) in AGES.items()],
    }  # fmt: skip
    return render(request, "portal/rescue/index.html", context)


@public(WHY)
@at_most("public_per_minute", per="ip")
def show(request: HttpRequest, token: str) -> HttpResponse:
    notice = _notice(token)
    with beyond_region("寻亲公告经第二人审核后向社会公开，谁都可以看"):
        station = notice.stay.station
    return render(
        request,
        "portal/rescue/show.html",
        {"notice": notice, "station": station, "back_url": reverse("rescue:index")},
    )


@public(WHY)
@at_most("public_per_minute", per="ip")
def photo(request: HttpRequest, token: str) -> FileResponse:
    """The photo of a notice that is out, never another document; nobody keeps it once the notice is down."""
    notice = _notice(token)
    if notice.photo is None:
        raise Http404("这份公告没有照片。")
    response = FileResponse(notice.photo.file.open("rb"), content_type=notice.photo.content_type)
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _notice(token: str) -> PublicNotice:
    with beyond_region("寻亲公告经第二人审核后向社会公开，谁都可以看"):
        notice = in_public().select_related("region", "photo", "stay__station").filter(token=token).first()
    if notice is None:
        raise Http404("这份公告已经撤下，或者网址不对。请在寻亲公告里查找。")
    return notice


@never_cache
@citizen
def mine(request: HttpRequest) -> HttpResponse:
    """What this citizen handed in, and what became of it."""
    me = request.user.person_id  # type: ignore[union-attr]
    reports = MissingReport.objects.filter(reporter=me).select_related("region").order_by("-pk")
    return render(
        request, "portal/rescue/mine.html", {"reports": reports, "back_url": reverse("portal:home")}
    )


@never_cache
@citizen
def report(request: HttpRequest) -> HttpResponse:
    """A report by the family; the station of the place where they live takes it on."""
    access: Any = request.access  # type: ignore[attr-defined]
    me = access.user.person
    region = me.region_id[:6].ljust(12, "0")
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = django_form(MISSING, data, files, today=access.today, uploads=Uploads(access.user, region))
    if data is not None and form.is_valid():
        given = {key: value for key, value in form.answers.items() if value is not None}
        given["lost_on"] = dt.date.fromisoformat(given["lost_on"])
        given["photo_id"] = next(iter(given.pop("photo", None) or []), None)
        try:
            made = report_missing_online(access, MissingReport(region_id=region, source="family", **given))
        except ValidationError as refused:
            show_refusal(form, refused)
        else:
            messages.success(
                request, f"已登记，编号{made.number}。救助站会和在站的人比对，有消息打您的电话。"
            )
            return redirect("portal:missing")
    context = {"form": form, "back_url": reverse("portal:missing")}
    return render(request, "portal/rescue/report.html", context, status=422 if form.errors else 200)


@require_POST
@citizen
def came_home(request: HttpRequest, pk: int) -> HttpResponse:
    """The family says that the person is back."""
    access: Any = request.access  # type: ignore[attr-defined]
    row = MissingReport.objects.filter(pk=pk, reporter=access.user.person_id).first()
    if row is None:
        raise Http404("没有找到这份报告，或者它不是您登记的。")
    if row.state == ReportState.OPEN:
        withdraw_report(access, row)
        messages.success(request, "已撤回。人平安就好。")
    return redirect("portal:missing")
