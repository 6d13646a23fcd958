"""我的婚姻登记: what stands in the register about me, my divorce application with its days, and our agreement."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from minzheng.business.marriage.divorce import divorces_of, read_agreement, registrations_of
from minzheng.business.marriage.models import Divorce, DivorceState
from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.audit.record import record_read

AGREED = (("will", "自愿离婚"), ("children", "子女抚养"), ("property", "财产处理"), ("debts", "债务处理"))


@never_cache
@citizen
def mine(request: HttpRequest) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    me, today = access.user.person, access.today
    context = {
        "rows": registrations_of(me),
        "divorces": [
            (one, one.phase_on(today), one.state == DivorceState.OPEN and today <= one.cooling_until)
            for one in divorces_of(me)
        ],
        "back_url": reverse("portal:home"),
    }
    record_read("查看本人婚姻登记", actor=request.user, subject=me, persons=[me.pk], region=me.region_id)  # type: ignore[arg-type]
    return render(request, "portal/marriage/mine.html", context)


@never_cache
@citizen
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """The sealed agreement, for either of the two who signed it."""
    access = request.access  # type: ignore[attr-defined]
    found = next((one for one in divorces_of(access.user.person) if one.pk == pk), None)
    if found is None:
        raise Http404("没有找到这份协议。请从“我的婚姻登记”里打开。")
    context = {
        "divorce": found,
        "rows": _rows(access, found),
        "back_url": reverse("portal:marriage"),
    }
    return render(request, "portal/marriage/agreement.html", context)


def _rows(access: object, divorce: Divorce) -> list[tuple[str, str]]:
    content = read_agreement(access, divorce).content
    return [(title, content.get(key, "")) for key, title in AGREED]
