"""A home's own page: what is to be done today, who lives there, which beds are free. For its account and for officers."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from minzheng.business.elderly.institutions.benefits import SUBSIDIES
from minzheng.business.elderly.institutions.due import due_checks, open_homes
from minzheng.business.elderly.institutions.models import (
    BedKind,
    BedState,
    Home,
    Resident,
    RunLine,
    Stay,
)
from minzheng.business.elderly.institutions.models.safety import CheckKind
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.benefits.runs import RunState
from minzheng.foundation.idempotency.once import keyed
from minzheng.online.desk.deeds import one_form
from minzheng.online.desk.homes.deeds import HOME, RESIDENT
from minzheng.online.ui.deeds import Deed

FOUND = Home.objects.select_related("facility__organisation", "facility__region")
BED_TONES = {
    BedState.FREE: "ok",
    BedState.RESERVED: "info",
    BedState.OCCUPIED: "neutral",
    BedState.CLOSED: "warn",
}


def home_of(request: HttpRequest, pk: int) -> Home:
    """One of the own organisation, or one in the officer's regions; else there is none (404)."""
    access: Any = request.access  # type: ignore[attr-defined]
    if access.organisations:
        found: Home = access.get_own(FOUND, "facility__organisation_id", pk=pk)
        return found
    found = access.get("register.read", FOUND, "facility__region_id", pk=pk)
    return found


def _may_write(request: HttpRequest, home: Home) -> bool:
    access: Any = request.access  # type: ignore[attr-defined]
    return home.facility.organisation_id in access.organisations or access.may(
        "register.write", home.facility.region_id
    )


@permit("institution.work")
def own(request: HttpRequest) -> HttpResponse:
    """The homes that this account works for; with only one, that one."""
    homes = list(request.access.own(FOUND, "facility__organisation_id").order_by("pk"))  # type: ignore[attr-defined]
    if len(homes) == 1:
        return redirect("desk:homes:home", homes[0].pk)
    return render(request, "desk/homes/own.html", {"homes": homes})


@never_cache
@permit("desk.open")
def home(request: HttpRequest, pk: int) -> HttpResponse:
    found = home_of(request, pk)
    today = request.access.today  # type: ignore[attr-defined]
    residents = list(
        found.residents.filter(left_on__isnull=True).select_related("person").order_by("admitted_on", "pk")
    )
    if residents:
        record_read(
            "查看养老机构入住老人",
            actor=request.access.user,  # type: ignore[attr-defined]
            subject=found,
            persons=[one.person_id for one in residents],
            region=found.facility.region_id,
        )
    beds = list(found.beds.exclude(state=BedState.CLOSED).order_by("number"))
    open_stays = Stay.objects.filter(resident__home=found, until__isnull=True).select_related("bed")
    stays = {stay.resident_id: stay for stay in open_stays}
    due = [
        (kind, CheckKind(kind).label, day, day < today)
        for _, kind, day in due_checks(open_homes(today).filter(pk=found.pk), today)
    ]
    occupied = sum(bed.state == BedState.OCCUPIED for bed in beds)
    nursing = sum(bed.kind == BedKind.NURSING for bed in beds)
    context = {
        "home": found,
        "facility": found.facility,
        "due": due,
        "residents": [(one, stays.get(one.pk)) for one in residents],
        "beds": [
            (label, [(bed, BED_TONES[BedState(bed.state)]) for bed in beds if bed.kind == kind])
            for kind, label in BedKind.choices
            if any(bed.kind == kind for bed in beds)
        ],
        "figures": {
            "beds": len(beds),
            "occupied": occupied,
            "free": sum(bed.state == BedState.FREE for bed in beds),
            "nursing": round(100 * nursing / len(beds)) if beds else 0,
        },
        "filing": found.facility.cases.filter(item="E4").order_by("-pk").first(),
        "going": [
            (one, one.service_item.title)
            for one in found.facility.cases.filter(item__in=("E5", "E9"), closed_on=None).order_by("pk")
        ],
        "listed": [
            (year, [SUBSIDIES[one.benefit].title for one in of_year])
            for year, of_year in groupby(
                found.subsidy_years.order_by("-year", "benefit"), key=lambda one: one.year
            )
        ],
        "paid": [
            (line, SUBSIDIES[line.run.benefit].title)
            for line in RunLine.objects.filter(home=found, run__state=RunState.CONFIRMED, fen__gt=0)
            .select_related("run")
            .order_by("-run__month", "pk")[:6]
        ],
        "is_own": found.facility.organisation_id in request.access.organisations,  # type: ignore[attr-defined]
        "open_hazards": list(found.checks.exclude(hazards="").filter(mended_on__isnull=True)),
        "may_write": _may_write(request, found),
        "deeds": HOME,
    }
    return render(request, "desk/homes/home.html", context)


@never_cache
@permit("desk.open")
@keyed
def do(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    found = home_of(request, pk)
    return _answer(request, _declared(HOME, act), found, found, found.facility.name)


@never_cache
@permit("desk.open")
@keyed
def resident(request: HttpRequest, pk: int, resident: int, act: str) -> HttpResponse:
    found = home_of(request, pk)
    one = Resident.objects.filter(home=found, pk=resident).select_related("person", "home__facility").first()
    if one is None:
        raise Http404("没有找到这位老人。请返回机构页面重新点选。")
    return _answer(request, _declared(RESIDENT, act), found, one, one.person.name)


def _declared(deeds: tuple[Deed, ...], key: str) -> Deed:
    deed = next((one for one in deeds if one.key == key), None)
    if deed is None:
        raise Http404("没有这件事可办。请返回机构页面重新点选。")
    return deed


def _answer(request: HttpRequest, deed: Deed, found: Home, subject: Any, what: str) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    if not _may_write(request, found):
        raise Http404("没有这件事可办。请返回机构页面重新点选。")
    back = f"/desk/homes/{found.pk}/"

    def do(answers: dict[str, Any]) -> str:
        messages.success(request, deed.says(deed.run(access, subject, answers)))
        return back

    return one_form(
        request,
        deed.asks(subject),
        f"{deed.title}：{what}",
        do,
        back=back,
        trail=[(found.facility.name, back)],
        lead=deed.lead,
        button=deed.title,
        region=found.facility.region_id,
    )
