"""动态清零: how far a month's findings are worked off; and one finding with the decision behind it, clause by clause."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from minzheng.datacenter.screening.board import PERMISSION, board_of, months_with_findings
from minzheng.datacenter.screening.models import Finding
from minzheng.datacenter.screening.registers import people_of
from minzheng.datacenter.screening.wording import in_words
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.benefits.months import parse_month
from minzheng.foundation.benefits.words import benefit_title
from minzheng.foundation.regions.models import Level, Region
from minzheng.online.desk.clearing.reasons import reasons_of
from minzheng.online.desk.clearing.tables import lines_of, shown_of


@permit(PERMISSION)
def board(request: HttpRequest, code: int | None = None) -> HttpResponse:
    """The highest region in which the viewer may see figures, or the one that was asked for."""
    access = request.access  # type: ignore[attr-defined]
    prefixes = access.prefixes(PERMISSION)
    wanted = f"{code:012d}" if code is not None else min(prefixes, key=len).ljust(12, "0")
    region = access.get(PERMISSION, Region.objects.select_related("parent"), "code", code=wanted)
    if region.level > Level.TOWNSHIP:
        raise Http404("清零情况只统计到乡镇（街道）。请返回上一级查看。")
    months = months_with_findings(access, region)
    month = _month(request, months, access.today)
    with beyond_region("清零看板只出汇总数，不出个人"):
        found = board_of(access, region, month)
    sees_all = access.may("register.read", region.code)
    context = {
        "region": region,
        "month": month,
        "months": [
            {"title": f"{one:%Y年%-m月}", "url": f"?month={one:%Y-%m}", "current": one == month}
            for one in months
        ],
        "board": found,
        "total": shown_of(found.total, sees_all),
        "parts": lines_of(found.parts, month, sees_all),
        "kinds": lines_of(found.kinds, month, sees_all, region.code),
        "ages": found.ages if sees_all else [],
        "trend_labels": [f"{one.month}月" for one, _ in found.trend],
        "trend": [
            ("发现", [standing.found for _, standing in found.trend]),
            ("办结", [standing.closed for _, standing in found.trend]),
        ],
        "trail": _trail(request, region),
        "register": f"{reverse('registers:list', args=['findings'])}?region={region.code}&month_from={month}&month_to={month}"
        if sees_all
        else "",
    }
    return render(request, "desk/clearing/board.html", context)


@permit("person.read")
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Why it was found: the counter works the rules out anew for this family on the last day of the month."""
    access = request.access  # type: ignore[attr-defined]
    rows = Finding.objects.select_related("household__head", "person", "region")
    found = access.get("person.read", rows, pk=pk)
    record_read(
        "查看筛查依据",
        actor=access.user,
        subject=found,
        persons=people_of([found]),
        region=found.region_id,
    )
    context = {
        "finding": found,
        "benefit": benefit_title(found.benefit),
        "words": in_words(found),
        "reasons": reasons_of(found),
        "trail": [
            ("筛查发现", reverse("registers:list", args=["findings"])),
            (str(found.get_kind_display()), reverse("registers:detail", args=["findings", found.pk])),
            ("认定依据", ""),
        ],
    }
    return render(request, "desk/clearing/finding.html", context)


def _month(request: HttpRequest, months: list[dt.date], today: dt.date) -> dt.date:
    try:
        return parse_month(request.GET["month"])
    except (KeyError, ValueError):
        return months[0] if months else today.replace(day=1)


def _trail(request: HttpRequest, shown: Region) -> list[tuple[str, str]]:
    """The regions above, as far as the viewer's own reach."""
    trail, above = [(shown.name, "")], shown.parent
    while above is not None and request.access.may(PERMISSION, above.code):  # type: ignore[attr-defined]
        trail.insert(0, (above.name, reverse("desk:clearing_region", args=[int(above.code)])))
        above = above.parent
    return [("动态清零", reverse("desk:clearing")), *trail]
