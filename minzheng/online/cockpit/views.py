"""辖区概览: counts and lights by division, down to the village, never a person (design §8)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from minzheng.datacenter.indicators.words import Indicator
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.online.cockpit.figures import PERMISSION, funnel_of, is_lowest, standings_of, total_of
from minzheng.online.cockpit.freshness import parts_of as freshness_of
from minzheng.online.cockpit.mapping import CHOICES, map_of
from minzheng.online.cockpit.plan import drawn, plan_of
from minzheng.online.cockpit.table import rows_of, steps_of, tiles_of
from minzheng.online.desk.indicators.place import latest_month


@permit(PERMISSION)
def overview(request: HttpRequest) -> HttpResponse:
    """The highest region in which the viewer may see figures."""
    prefixes = request.access.prefixes(PERMISSION)
    return _page(request, min(prefixes, key=len).ljust(12, "0"))


@permit(PERMISSION)
def region(request: HttpRequest, code: int) -> HttpResponse:
    return _page(request, f"{code:012d}")


def _page(request: HttpRequest, code: str) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    shown = access.get(PERMISSION, Region.objects.select_related("parent"), "code", code=code)
    if is_lowest(shown):
        raise Http404("村（社区）一级不再往下分。请返回上一级查看。")
    asked, month = request.GET.get("show", ""), latest_month(access.today)
    chosen = asked if asked in dict(CHOICES) else CHOICES[0][0]
    with beyond_region("辖区概览只出汇总数，不出个人"):
        standings, plan = standings_of(access, shown), plan_of(shown, month)
        funnel = steps_of(funnel_of(access, shown))
    indicator = shelf(Indicator).get(asked) if asked in dict(plan.choices) else None
    context = {
        "region": shown,
        "trail": _trail(request, shown),
        "tiles": tiles_of(total_of(shown, standings)),
        "rows": rows_of(standings),
        "map": map_of(standings, chosen) if standings and indicator is None else None,
        "drawn": drawn(indicator, shown, month) if indicator is not None else None,
        "choices": [
            {"title": title, "url": f"?show={key}#map", "current": indicator is None and key == chosen}
            for key, title in CHOICES
        ],
        "plan": plan,
        "asked": asked,
        "month": month,
        "freshness": freshness_of(shown, timezone.now()),
        "funnel": funnel,
    }
    return render(request, "cockpit/overview.html", context)


def _trail(request: HttpRequest, shown: Region) -> list[tuple[str, str]]:
    """The regions above, as far as the viewer's own reach."""
    trail = [(shown.name, "")]
    above = shown.parent
    while above is not None and request.access.may(PERMISSION, above.code):  # type: ignore[attr-defined]
        trail.insert(0, (above.name, reverse("cockpit:region", args=[int(above.code)])))
        above = above.parent
    return trail
