"""The plan of a burial place, and giving a spot."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from minzheng.business.funeral.models import Place, Spot, SpotState, Use
from minzheng.business.funeral.places import lay_to_rest
from minzheng.business.funeral.receptions import deceased_with
from minzheng.business.funeral.rights import get_seen
from minzheng.foundation.accounts.permits import permit
from minzheng.online.desk.funeral import questions as ask
from minzheng.online.desk.funeral.parts import TRAIL, one_form

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
