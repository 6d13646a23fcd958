"""What the funeral pages share: the homes of this account, and the page of one form."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest

from minzheng.business.funeral.rights import get_seen, seen
from minzheng.foundation.facilities.models import Facility
from minzheng.online.desk import deeds

TRAIL = ("殡葬服务", "/desk/funeral/")


def homes_of(request: HttpRequest) -> list[Facility]:
    """The funeral homes that this account works for, or that stand in the officer's division."""
    homes = Facility.objects.filter(kind="funeral_home", closed_on=None)
    return list(seen(request.access, homes, "").order_by("region_id", "pk"))  # type: ignore[attr-defined]


def home_of(request: HttpRequest) -> Facility:
    """The one chosen by `home`, else the first."""
    chosen = request.POST.get("home") or request.GET.get("home") or ""
    if chosen.isdecimal():
        homes = Facility.objects.filter(kind="funeral_home", closed_on=None)
        return get_seen(request.access, homes, "", pk=int(chosen))  # type: ignore[attr-defined]
    mine = homes_of(request)
    if not mine:
        raise Http404("您的辖区（机构）里没有开着的殡仪馆。请先在设施台账登记殡仪馆和运营单位。")
    return mine[0]


# A page of one form that leads back to the funeral desk, unless it says otherwise.
one_form = partial(deeds.one_form, trail=[TRAIL], back=TRAIL[1])
