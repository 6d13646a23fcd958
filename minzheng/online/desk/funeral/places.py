"""The plan of a burial place, giving a spot, and the filings that begin with a form."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from minzheng.business.funeral.filings import ask_filing, ask_reward, ask_transport
from minzheng.business.funeral.models import Agent, EcoBurial, Place, Spot, SpotState, Transport, Use
from minzheng.business.funeral.places import lay_to_rest
from minzheng.business.funeral.receptions import deceased_with
from minzheng.business.funeral.rights import get_seen
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import tidy
from minzheng.online.desk.funeral import questions as ask
from minzheng.online.desk.funeral.parts import TRAIL, home_of, one_form

AREA_SHOWN = 3000


def place_of(request: HttpRequest, pk: int) -> Place:
    rows = Place.objects.select_related("facility__region")
    return get_seen(request.access, rows, "facility", pk=pk)  # type: ignore[attr-defined]


@permit("funeral.counter")
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as it lies on the ground: areas, rows, numbers; the state of each in word and colour. Nobody is named."""
    found = place_of(request, pk)
    spots = list(found.spots.order_by("area", "row", "column")[:AREA_SHOWN])
    areas = [
        (area, [(row, list(line)) for row, line in groupby(of_area, key=lambda spot: spot.row)])
        for area, of_area in groupby(spots, key=lambda spot: spot.area)
    ]
    counts = {state: sum(spot.state == state for spot in spots) for state in SpotState.values}
    context = {
        "place": found,
        "areas": areas,
        "counts": [(SpotState(state), number) for state, number in counts.items()],
        "trail": [TRAIL, (str(found), "")],
    }
    return render(request, "desk/funeral/place.html", context)


@never_cache
@permit("funeral.counter")
def spot(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a free spot to somebody."""
    access = request.access  # type: ignore[attr-defined]
    rows = Spot.objects.select_related("place__facility")
    found = get_seen(access, rows, "place__facility", pk=pk)
    back = reverse("desk:funeral:place", args=[found.place_id])

    def do(given: dict[str, Any]) -> str:
        person = deceased_with(access, found.region_id, given["name"], given["id_no"])
        lay_to_rest(
            access,
            Use(
                spot=found,
                person=person,
                presale=given.get("presale") or "",
                proof_no=given.get("proof_no") or "",
                family_name=given["family_name"],
                since=dt.date.fromisoformat(given["since"]),
                price_fen=given.get("price_fen") or 0,
            ),
            years=given["years"],
        )
        return back

    return one_form(
        request,
        ask.REST,
        f"{found.place} {found}",
        do,
        done="已办理，安放证已经开出。",
        lead=f"{found.get_kind_display()}，{found.get_state_display()}。一个周期最长二十年，期满前可以续用。",
        back=back,
        button="办理安葬（放）",
        initial={"since": access.today.isoformat(), "years": 20},
    )


@permit("funeral.write")
def eco_new(request: HttpRequest) -> HttpResponse:
    access, home = request.access, home_of(request)  # type: ignore[attr-defined]

    def do(given: dict[str, Any]) -> str:
        dead = deceased_with(access, home.region_id, given["name"], given["id_no"])
        family = deceased_with(access, home.region_id, given["family_name_"], given["family_id_no"])
        ask_reward(
            access,
            EcoBurial(
                person=dead,
                family=family,
                region_id=home.region_id,
                method=given["method"],
                done_on=dt.date.fromisoformat(given["done_on"]),
                proof_no=given["proof_no"],
            ),
        )
        return reverse("registers:list", args=["eco_burials"])

    return one_form(
        request,
        ask.ECO,
        "申请生态安葬补贴",
        do,
        done="已登记，请另一位同志核定。",
        lead="一位逝者一次，凭安葬证明核实方式。",
    )


@permit("funeral.write")
def transport_new(request: HttpRequest) -> HttpResponse:
    access, home = request.access, home_of(request)  # type: ignore[attr-defined]

    def do(given: dict[str, Any]) -> str:
        person = deceased_with(access, home.region_id, given["name"], given["id_no"])
        ask_transport(
            access,
            Transport(
                person=person,
                person_name=person.name,
                to_home=home,
                from_place=given["from_place"],
                certificate_no=given["certificate_no"],
            ),
        )
        return reverse("registers:list", args=["body_transports"])

    return one_form(
        request,
        ask.TRANSPORT,
        "遗体异地运输接收",
        do,
        done="已登记，一日内开具接收证明。",
        lead=f"外地遗体运入{home.name}，由本县民政部门开具接收证明。",
    )


@permit("funeral.write")
def agent_new(request: HttpRequest) -> HttpResponse:
    access, home = request.access, home_of(request)  # type: ignore[attr-defined]

    def do(given: dict[str, Any]) -> str:
        one = Organisation.objects.filter(uscc=tidy(given["uscc"]), ended_on__isnull=True).first()
        if one is None:
            raise Refused({"uscc": "单位台账里没有这个代码。请先登记单位，或对照证书核对代码。"})
        region = home.region_id[:6].ljust(12, "0")
        ask_filing(access, Agent(organisation=one, region_id=region, services=given["services"]))
        return reverse("registers:list", args=["funeral_agents"])

    return one_form(request, ask.AGENT, "殡葬代理备案", do, done="已登记，请在台账里办理备案。")
