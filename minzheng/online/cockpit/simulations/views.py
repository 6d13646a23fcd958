"""标准测算: what a change of standards would mean, before it is announced. Sums only, in one's own region."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from minzheng.datacenter.simulation.actions import PERMISSION, cancel_simulation, start_simulation
from minzheng.datacenter.simulation.models import Simulation, State
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.registers.excel.sheets import XLSX
from minzheng.foundation.registers.views.files import attachment
from minzheng.online.cockpit.simulations.forms import PlaceForm, ReformForm
from minzheng.online.cockpit.simulations.sheet import workbook
from minzheng.online.cockpit.simulations.tables import charts_of, tables_of, tiles_of

PER_PAGE = 20
HOME = "标准测算"


@permit(PERMISSION)
def index(request: HttpRequest) -> HttpResponse:
    """Simulations of the viewer's regions, the newest first."""
    made = access_of(request).scope(PERMISSION, Simulation.objects.select_related("region", "owner"))
    page = Paginator(made.order_by("-id"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "cockpit/simulations/index.html", {"page": page})


@permit(PERMISSION)
def new(request: HttpRequest) -> HttpResponse:
    """The form; another region or day is another address, so that today's values always belong to it."""
    access = access_of(request)
    regions = regions_of(access)
    if not regions:
        raise Http404("您的辖区在村（社区）一级，不能测算。请联系乡镇（街道）或县级民政部门。")
    given = {"region": regions[0].code, "on": access.today, **request.GET.dict()}
    place = PlaceForm(regions, given)
    is_usable = place.is_valid()
    code = place.cleaned_data.get("region", regions[0].code)
    on: dt.date = place.cleaned_data.get("on", access.today)
    region = access.get(PERMISSION, Region.objects, "code", code=code)
    form = ReformForm(region, on, request.POST or None)
    if request.method == "POST" and is_usable and form.is_valid() and form.reform:
        try:
            made = start_simulation(access, region, form.reform, on)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect("cockpit:simulation", made.pk)
    context = {
        "place": place,
        "form": form,
        "region": region,
        "on": on,
        "trail": [(HOME, reverse("cockpit:simulations")), ("新的测算", "")],
    }
    return render(request, "cockpit/simulations/new.html", context, status=422 if form.errors else 200)


@never_cache
@permit(PERMISSION)
def show(request: HttpRequest, key: int) -> HttpResponse:
    """The same page while it moves and when it is done; a script asks again, and without one a link does."""
    made = simulation_of(request, key)
    if request.htmx and not made.is_moving:  # type: ignore[attr-defined]
        # The bar has come to its end: the whole page is fetched anew, with its buttons.
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"made": made, "trail": [(HOME, reverse("cockpit:simulations")), (made.title, "")]}
    if made.state == State.DONE:
        tables = {table.key: table for table in tables_of(made.result)}
        context |= {"tables": tables, "tiles": tiles_of(made.result), "charts": charts_of(made.result)}
    return render(request, "cockpit/simulations/show.html", context)


@require_POST
@permit(PERMISSION)
def cancel(request: HttpRequest, key: int) -> HttpResponse:
    try:
        cancel_simulation(access_of(request), simulation_of(request, key))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, "已取消，没有留下结果。")
    return redirect("cockpit:simulation", key)


@permit(PERMISSION)
def sheet(request: HttpRequest, key: int) -> HttpResponse:
    made = simulation_of(request, key)
    if made.state != State.DONE:
        raise Http404("这次测算还没有完成，没有可以导出的结果。请等它完成以后再导出。")
    return attachment(workbook(made), f"{made.title}.xlsx", XLSX)


def access_of(request: HttpRequest) -> Access:
    return cast(Access, request.access)  # type: ignore[attr-defined]


def simulation_of(request: HttpRequest, key: int) -> Simulation:
    made = Simulation.objects.select_related("region", "owner")
    return access_of(request).get(PERMISSION, made, pk=key)


def regions_of(access: Access) -> list[Region]:
    """What may be chosen, the highest first: for a county its townships, above it the counties."""
    regions = access.scope(PERMISSION, Region.objects.on(access.today), "code")
    highest = regions.order_by("level").first()
    lowest = Level.TOWNSHIP if highest and highest.level >= Level.COUNTY else Level.COUNTY
    return list(regions.filter(level__lte=lowest).order_by("level", "code"))
