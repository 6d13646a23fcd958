"""A day-care centre's day: who came, how many meals; who is enrolled. For its own account and the officers of its place."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from minzheng.business.elderly.daycare.actions import KINDS, MEALS, enrol, keep_day
from minzheng.business.elderly.daycare.models import Attendance
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.benefits.months import month_of
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.facilities.rights import seen
from minzheng.foundation.forms import Question
from minzheng.foundation.idempotency.once import keyed
from minzheng.online.ui.deeds import Deed, DeedForms, by_name

TRAIL = ("日间照料", "/desk/elders/day-care/")
ENROL = Deed(
    "enrol",
    "登记新来的老人",
    "",
    by_name(enrol),
    questions=(
        Question("id_no", "老人身份证号", "id_no"),
        Question("name", "老人姓名", "name"),
        Question("contact", "紧急联系人和电话", max=60),
        Question("day_fee_fen", "每天收费", "money", min=0, hint="不收费的填0。"),
    ),
    done="已登记，可以签到。",
)


def centres(access: Any) -> Any:
    return seen(access, Facility.objects.filter(kind__in=KINDS, closed_on=None), "").select_related("region")


@permit("desk.open")
def index(request: HttpRequest) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    month = month_of(access.today)
    rows = []
    open_to_guests = centres(access).filter(
        Q(kind=KINDS[0]) | Q(day_guests__until=None, day_guests__isnull=False)
    )
    for one in open_to_guests.distinct().order_by("region_id", "pk")[:200]:
        days = Attendance.objects.filter(facility=one, on__gte=month)
        rows.append((one, days.filter(on=access.today).count(), days.count()))
    if len(rows) == 1:
        return redirect("desk:day_care", rows[0][0].pk)
    return render(request, "desk/elders/centres.html", {"rows": rows})


def _day(request: HttpRequest) -> dt.date:
    today: dt.date = request.access.today  # type: ignore[attr-defined]
    try:
        asked = dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today
    return min(asked, today)


@never_cache
@permit("desk.open")
@keyed
def centre(request: HttpRequest, pk: int) -> HttpResponse:
    """The day's sheet; saying it again replaces the day."""
    access: Any = request.access  # type: ignore[attr-defined]
    facility = centres(access).filter(pk=pk).first()
    if facility is None:
        raise Http404("没有找到这家日间照料中心，或者它不在您的辖区、不由您的单位运营。")
    on, problem = _day(request), ""
    guests = [
        one
        for one in facility.day_guests.filter(since__lte=on)
        .select_related("person")
        .order_by("person__name", "pk")
        if one.until is None or one.until > on
    ]
    deeds = DeedForms(request, (ENROL,), facility, facility.region_id)
    if deeds.done():
        return redirect("desk:day_care", pk)
    if request.method == "POST" and deeds.posted == "":
        try:
            came = {one.pk: _meals(request, one.pk) for one in guests if request.POST.get(f"came-{one.pk}")}
            count = keep_day(access, facility, on, came)
        except ValidationError as refused:
            problem = refused.messages[0]
        else:
            messages.success(request, f"已登记{on:%m月%d日}到中心{count}人。")
            return redirect(f"{reverse('desk:day_care', args=[pk])}?on={on}")
    there = dict(Attendance.objects.filter(facility=facility, on=on).values_list("guest", "meals"))
    if guests:
        record_read(
            "查看日间照料签到", actor=access.user, subject=facility, persons=[one.person_id for one in guests],
            region=facility.region_id,
        )  # fmt: skip
    context = {
        "facility": facility, "on": on, "today": access.today, "problem": problem, "deeds": deeds,
        "before": on - dt.timedelta(days=1), "after": on + dt.timedelta(days=1) if on < access.today else None,
        "rows": [(one, one.pk in there, there.get(one.pk, 1)) for one in guests], "came": len(there),
        "month": Attendance.objects.filter(facility=facility, on__gte=month_of(on), on__lte=on).count(),
        "meal_choices": range(MEALS + 1), "trail": [TRAIL, (facility.name, "")],
    }  # fmt: skip
    failed = problem or deeds.posted
    return render(request, "desk/elders/day_care.html", context, status=422 if failed else 200)


def _meals(request: HttpRequest, guest: int) -> int:
    said = request.POST.get(f"meals-{guest}", "0")
    if not said.isdecimal():
        raise Refused("用餐数请填0至3的整数。")
    return int(said)
