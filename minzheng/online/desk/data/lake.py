"""数据湖: which snapshots there are, whether they still hold, and making them anew."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from minzheng.datacenter.lake.actions import REFRESH, rebuild_lake, stop_lake
from minzheng.datacenter.lake.listing import BROKEN, CHANGED, FRESH, Line, listed
from minzheng.datacenter.lake.models import LakeRun
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.regions.models import Region
from minzheng.online.desk.data.forms import RebuildForm

READ = "lake.read"
TONES = {FRESH: "ok", CHANGED: "warn", BROKEN: "bad"}
# Comparing reads every row of a county; a province's list is compared county by county, on request.
COMPARED_AT_ONCE = 3


@permit(READ)
def index(request: HttpRequest) -> HttpResponse:
    """Snapshots of the viewer's counties by month; `?county=…` compares that one with the database."""
    access = request.access  # type: ignore[attr-defined]
    lines = snapshots_of(access, request.GET.get("county", ""))
    names = dict(
        Region.objects.filter(code__in=[f"{line.county:0<12}" for line in lines]).values_list("code", "name")
    )
    months: dict[str, list[tuple[Line, str, str]]] = {}
    for line in lines:
        shown = (line, names.get(f"{line.county:0<12}", line.county), TONES.get(line.freshness, "neutral"))
        months.setdefault(line.month, []).append(shown)
    runs = access.scope(READ, LakeRun.objects.select_related("region", "owner")).order_by("-id")
    context = {
        "months": months,
        "runs": runs[:5],
        "form": RebuildForm(access) if access.may(REFRESH) else None,
        "last": runs.aggregate(last=Max("created_at"))["last"],
        "trail": [TRAIL, ("数据湖", "")],
    }
    return render(request, "desk/data/lake.html", context)


def snapshots_of(access: Any, asked: str) -> list[Line]:
    lines = [line for prefix in access.prefixes(READ) for line in listed(prefix, check=False)]
    if len({line.county for line in lines}) > COMPARED_AT_ONCE:
        compared = {(line.month, line.county): line for line in listed(asked, check=True)} if asked else {}
    else:
        compared = {(line.month, line.county): line for line in _all_compared(access)}
    return [compared.get((line.month, line.county), line) for line in lines]


def _all_compared(access: Any) -> list[Line]:
    return [line for prefix in access.prefixes(READ) for line in listed(prefix, check=True)]


@require_POST
@permit(REFRESH)
def rebuild(request: HttpRequest) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    form = RebuildForm(access, request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
        return redirect("desk:data:lake")
    made = LakeRun(region=form.cleaned_data["region"], month=form.cleaned_data["month"], owner=access.user)
    try:
        rebuild_lake(access, made)
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("desk:data:lake")
    return redirect("desk:data:lake_run", made.pk)


@never_cache
@permit(READ)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page while it moves and when it is done."""
    made = run_of(request, pk, READ)
    if request.htmx and not made.is_moving:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "made": made,
        "may_stop": request.access.may(REFRESH, made.region_id),  # type: ignore[attr-defined]
        "trail": [TRAIL, ("数据湖", reverse("desk:data:lake")), (str(made), "")],
    }
    return render(request, "desk/data/lake_run.html", context)


@require_POST
@permit(REFRESH)
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    made = run_of(request, pk, REFRESH)
    try:
        stop_lake(request.access, made)  # type: ignore[attr-defined]
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("desk:data:lake_run", pk)


def run_of(request: HttpRequest, pk: int, permission: str) -> LakeRun:
    found = LakeRun.objects.select_related("region", "owner")
    made: LakeRun = request.access.get(permission, found, pk=pk)  # type: ignore[attr-defined]
    return made


TRAIL = ("数据资源", "/desk/data/")
