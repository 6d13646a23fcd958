"""街面巡查 on the phone: open a round, write down whom one meets, close it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from minzheng.business.rescue.models import Encounter, Patrol
from minzheng.business.rescue.street import PATROL, end_patrol, meet, season_of, start_patrol
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.forms.rendering import django_form
from minzheng.foundation.idempotency.once import keyed
from minzheng.online.desk.rescue import questions as ask
from minzheng.online.desk.rescue.parts import clock_time, dates, one_form
from minzheng.online.ui.forms import show_refusal

SHOWN = 20


def now() -> str:
    return f"{timezone.localtime():%H:%M}"


@permit(PATROL)
def patrols(request: HttpRequest) -> HttpResponse:
    """This season's rounds and what they came to."""
    access: Any = request.access  # type: ignore[attr-defined]
    rows = access.scope(PATROL, Patrol.objects.select_related("region"))
    mine = sorted(access.prefixes(PATROL))
    season = season_of(access.today, mine[0].ljust(12, "0"))
    this = rows.filter(season=season, on__year__gte=access.today.year - 1)
    total = this.aggregate(rounds=Count("pk"), staff=Sum("staff"), vehicles=Sum("vehicles"))
    met = Encounter.objects.filter(patrol__in=this)
    context = {
        "season": season,
        "total": {key: value or 0 for key, value in total.items()} | {"met": met.count()},
        "patrols": rows.annotate(people=Count("met")).order_by("-on", "-pk")[:SHOWN],
        "trail": [("街面巡查", "")],
    }
    return render(request, "desk/rescue/patrols.html", context)


@never_cache
@permit(PATROL)
@keyed
def patrol_new(request: HttpRequest) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    region = _place(access)

    def do(given: dict[str, Any]) -> str:
        row = dates(given, "on")
        row["starts"] = clock_time(row["starts"], "starts")
        return reverse("desk:rescue:patrol", args=[start_patrol(access, Patrol(region_id=region, **row)).pk])

    return one_form(
        request, ask.PATROL, "开始巡查", do, region=region, done="已登记，遇到的人一个一个记下来。", button="开始",
        initial={"on": access.today.isoformat(), "starts": now(), "team": str(access.user.display_name), "staff": 2, "vehicles": 1},
        trail=[("街面巡查", "/desk/rescue/patrols/")], back="/desk/rescue/patrols/",
    )  # fmt: skip


def _place(access: Any) -> str:
    """The division in which this officer patrols: the smallest of the own ones."""
    places = [one.region_id for one in access.assignments if access.may(PATROL, one.region_id)]
    return str(max(places, key=lambda code: (len(code.rstrip("0")), code)))


@never_cache
@permit(PATROL)
def patrol(request: HttpRequest, pk: int) -> HttpResponse:
    """The round; while it is open, a form for the next person met."""
    access: Any = request.access  # type: ignore[attr-defined]
    row = access.get(PATROL, Patrol.objects.select_related("region"), pk=pk)
    form = None
    if row.ends is None:
        data = request.POST if request.method == "POST" else None
        form = django_form(ask.MEET, data, today=access.today, initial={"at": now(), "cards": 1})
        if data is not None and form.is_valid():
            try:
                given = {key: value for key, value in form.answers.items() if value is not None}
                given["at"] = clock_time(given["at"], "at")
                key = uuid.UUID(request.POST["key"]) if request.POST.get("key") else uuid.uuid4()
                meet(access, Encounter(patrol=row, region_id=row.region_id, key=key, **given))
            except ValidationError as refused:
                show_refusal(form, refused)
            else:
                messages.success(request, "已记下。")
                return redirect("desk:rescue:patrol", pk)
    met = list(row.met.order_by("-at", "-pk"))
    record_read("查看街面巡查", actor=access.user, subject=row, persons=(), region=row.region_id)
    context = {
        "patrol": row, "form": form, "met": met, "key": uuid.uuid4(),
        "may_take_in": access.may("rescue.write", row.region_id),
        "trail": [("街面巡查", reverse("desk:rescue:patrols")), (str(row), "")],
    }  # fmt: skip
    return render(
        request, "desk/rescue/patrol.html", context, status=422 if form is not None and form.errors else 200
    )


@require_POST
@permit(PATROL)
def patrol_end(request: HttpRequest, pk: int) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    row = access.get(PATROL, Patrol.objects.all(), pk=pk)
    try:
        end_patrol(access, row, ends=timezone.localtime().time().replace(second=0, microsecond=0))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("desk:rescue:patrol", pk)
