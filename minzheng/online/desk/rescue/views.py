"""救助管理: who is here and until when, one stay from the intake to the way home."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from minzheng.business.rescue.intake import refuse_help, take_in
from minzheng.business.rescue.leaving import needs_escort
from minzheng.business.rescue.models import (
    Encounter,
    Identity,
    Match,
    MatchState,
    NoticeState,
    OutsideCase,
    PublicNotice,
    Refusal,
    Settlement,
    Source,
    Stay,
    StayState,
    Wing,
)
from minzheng.business.rescue.settlement import due_after
from minzheng.business.rescue.street import came_in
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.idempotency.once import keyed
from minzheng.online.desk.deeds import deed_page, open_deeds
from minzheng.online.desk.rescue import questions as ask
from minzheng.online.desk.rescue.deeds import STAY, match_of
from minzheng.online.desk.rescue.parts import HOME, dates, one_form, station_of, stations

READ, WRITE = "rescue.read", "rescue.write"
SHOWN = 40


def stay_of(request: HttpRequest, pk: int) -> Stay:
    rows = Stay.objects.select_related(
        "station__region", "person", "carer", "received_by", "photo", "previous", "care_region"
    )
    found: Stay = request.access.get(READ, rows, pk=pk)  # type: ignore[attr-defined]
    return found


@permit(READ)
def index(request: HttpRequest) -> HttpResponse:
    """Who is here, whose limit ends first; what waits for a second person."""
    access: Any = request.access  # type: ignore[attr-defined]
    rows = access.scope(READ, Stay.objects.exclude(state=StayState.LEFT))
    here = list(rows.select_related("station").order_by("until", "pk")[:SHOWN])
    record_read(
        "查看救助管理首页", actor=access.user, subject=access.user, persons={one.person_id for one in here if one.person_id},
        region=here[0].region_id if here else "",
    )  # fmt: skip
    taken = {
        (one["station"], one["wing"]): one["n"]
        for one in rows.values("station", "wing").annotate(n=Count("pk")).order_by()
    }
    mine = stations(request)
    places = [
        (
            one,
            [
                (wing.label, taken.get((one.pk, wing.value), 0), one.counts.get(wing.value, 0))
                for wing in Wing
            ],
        )
        for one in mine
    ]
    matches = access.scope(READ, Match.objects.filter(state=MatchState.PROPOSED)).count()
    notices = access.scope(READ, PublicNotice.objects.filter(state=NoticeState.DRAFT)).count()
    context = {
        "here": [(one, one.days_left(access.today)) for one in here],
        "places": places,
        "counts": {
            "here": rows.count(),
            "unknown": rows.exclude(identity=Identity.VERIFIED).count(),
            "ending": sum(one.days_left(access.today) <= 3 for one in here),
            "waiting": matches + notices,
            "waits": f"比对{matches}件，公告{notices}份",
        },
        "may_write": bool(mine) and access.may(WRITE),
    }
    return render(request, "desk/rescue/index.html", context)


def met_on_patrol(access: Any, key: str) -> Encounter | None:
    """The meeting of that key within the officer's divisions; None when the form was opened without one."""
    if not key.isdecimal():
        return None
    found: Encounter = access.get(WRITE, Encounter.objects.select_related("patrol"), pk=int(key))
    return found


def street_facts(met: Encounter) -> dict[str, Any]:
    """What the patrol wrote down, as answers of the intake's form."""
    return {
        "called": met.called, "sex": met.sex, "age": met.age, "source": Source.PATROL, "found_at": met.place,
        "found_on": met.patrol.on.isoformat(), "brought_by": met.patrol.team[:60],
    }  # fmt: skip


@never_cache
@permit(WRITE)
@keyed
def stay_new(request: HttpRequest) -> HttpResponse:
    """Somebody comes, is brought, or is found; who it is may stay open. `met`: whom a patrol met and brought along."""
    access: Any = request.access  # type: ignore[attr-defined]
    station = station_of(request)
    met = met_on_patrol(access, request.GET.get("met", ""))

    def do(given: dict[str, Any]) -> str:
        id_no = given.pop("id_no", None) or ""
        row = dates(given, "found_on", "arrived_on")
        made = take_in(access, Stay(station=station, region_id=station.region_id, **row), id_no=id_no)
        if met is not None:
            came_in(access, met, made)
        return reverse("desk:rescue:stay", args=[made.pk])

    today = access.today.isoformat()
    known = street_facts(met) if met else {"found_on": today}
    return one_form(
        request, ask.TAKE_IN, "接待入站", do, region=station.region_id, done="已入站，床位和救助期限见下面。", button="接待入站",
        lead=f"{station.name}。救助自愿、无偿：先告知，本人愿意再登记；突发急病的先送医，再补登。",
        initial={"arrived_on": today, "is_disabled": False} | known,
    )  # fmt: skip


@permit(READ)
def stay(request: HttpRequest, pk: int) -> HttpResponse:
    """One stay: what comes next, what is known, what was done."""
    access: Any = request.access  # type: ignore[attr-defined]
    row = stay_of(request, pk)
    record_read("查看救助", actor=access.user, subject=row, persons=row.persons, region=row.region_id)
    elsewhere = OutsideCase.objects.none()
    if row.person is not None and row.person.id_no:
        elsewhere = access.scope(
            READ, OutsideCase.objects.filter(id_no=row.person.id_no).select_related("file")
        )
    context = {
        "stay": row,
        "left": row.days_left(access.today),
        "days": row.days(access.today),
        "escort": row.is_open and needs_escort(row),
        "deeds": open_deeds(STAY, access, row),
        "may_match": row.is_unknown and access.may(WRITE, row.region_id),
        "settle_after": due_after(row) if row.is_unknown else None,
        "settlement": Settlement.objects.filter(stay=row).select_related("home_region").first(),
        "belongings": row.belongings.order_by("pk"),
        "health": row.health.order_by("-pk"),
        "searches": row.searches.order_by("-at"),
        "notices": row.notices.order_by("-pk"),
        "matches": row.matches.select_related("report").order_by("-pk"),
        "extensions": row.extensions.select_related("asked_by", "decided_by").order_by("-pk"),
        "elsewhere": elsewhere[:10],
        "trail": [HOME, (row.number, "")],
    }
    return render(request, "desk/rescue/stay.html", context)


@never_cache
@permit(READ)
@keyed
def stay_deed(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    row = stay_of(request, pk)
    back = reverse("desk:rescue:stay", args=[pk])
    return deed_page(request, row, match_of(STAY, key, row), back=back, trail=[HOME, (row.number, back)])


@permit(READ)
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """救助告知书, with what was brought along: to be signed on paper."""
    row = stay_of(request, pk)
    record_read("打印救助告知书", actor=request.user, subject=row, persons=row.persons, region=row.region_id)  # type: ignore[arg-type]
    context = {
        "stay": row,
        "belongings": row.belongings.order_by("pk"),
        "back_url": reverse("desk:rescue:stay", args=[pk]),
    }
    return render(request, "desk/rescue/told.html", context)


@never_cache
@permit(WRITE)
@keyed
def refusal_new(request: HttpRequest) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    station = station_of(request)

    def do(given: dict[str, Any]) -> str:
        made = refuse_help(access, Refusal(station=station, region_id=station.region_id, **given))
        return reverse("desk:rescue:refusal", args=[made.pk])

    return one_form(
        request, ask.REFUSE, "不予救助", do, region=station.region_id, done="已登记，请打印通知书交给本人。", button="登记并打印通知书",
        lead="只有不属于生活无着的，才不予救助。必须写明理由，把通知书交给本人；符合临时救助等条件的，转介到乡镇（街道）。",
    )  # fmt: skip


@permit(READ)
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """不予救助通知书: reasons, and what one may do about it."""
    row = request.access.get(READ, Refusal.objects.select_related("station__region"), pk=pk)  # type: ignore[attr-defined]
    record_read("打印不予救助通知书", actor=request.user, subject=row, persons=(), region=row.region_id)  # type: ignore[arg-type]
    return render(
        request, "desk/rescue/refusal.html", {"refusal": row, "back_url": reverse("desk:rescue:index")}
    )
