"""目标任务: what a region has to reach, from which document, how far it is, and how it is shared out below."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from minzheng.datacenter.indicators.actions import WRITE, set_target, share_problem, share_target
from minzheng.datacenter.indicators.models import Target
from minzheng.datacenter.indicators.reading import Reading, readings
from minzheng.datacenter.indicators.words import Indicator
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.online.desk.indicators.place import PERMISSION, place_of
from minzheng.online.desk.indicators.rows import note_of, shown, target_text
from minzheng.online.desk.targets.forms import ShareForm, TargetForm

HOME = "目标任务"


@permit(PERMISSION)
def index(request: HttpRequest) -> HttpResponse:
    """Targets in force in the region in the month: its own, its share of another's, and inherited ones."""
    place = place_of(request)
    found = [one for one in readings(place.region, place.month) if one.target is not None]
    context = {
        "place": place,
        "rows": [_row(request, one) for one in found],
        "years": _other_years(place.region, place.month.year),
        "may_set": request.access.may(WRITE, place.region.code),  # type: ignore[attr-defined]
    }
    return render(request, "desk/targets/index.html", context)


def _row(request: HttpRequest, reading: Reading) -> dict[str, Any]:
    target = reading.target
    assert target is not None
    may_open = request.access.may(PERMISSION, target.region_id)  # type: ignore[attr-defined]
    own = target.region_id == reading.region.code
    return {
        "indicator": reading.indicator,
        "url": reverse("desk:targets:show", args=[target.pk]) if may_open else "",
        "target": target_text(reading.indicator, target),
        "origin": "本级"
        if own and target.parent_id is None
        else "上级分解"
        if own
        else "上级目标，按同一数值执行",
        "document": target.document,
        "value": shown(reading.indicator, reading.value),
        "note": note_of(reading),
        "light": reading.light,
    }


def _other_years(region: Region, year: int) -> list[int]:
    """Years of which the region or a region above it has targets, the present one left out."""
    above = {region.code[:digits].ljust(12, "0") for digits in (2, 4, 6, 9)}
    days = Target.objects.filter(region_id__in=above, superseded_at=None).dates("since", "year")
    return sorted({day.year for day in days} - {year})


@permit(PERMISSION)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One target with what is above it, its shares below as a tree, and its versions."""
    target = _target(request, pk)
    indicator = shelf(Indicator).get(target.indicator)
    access: Any = request.access  # type: ignore[attr-defined]
    below = list(Region.objects.on(access.today).filter(parent=target.region_id).order_by("code"))
    branches = _branches(target)
    shares = {one.region_id: one for one in branches.get(target.region_id, [])}
    may_share = (
        access.may(WRITE, target.region_id) and target.superseded_at is None and not indicator.is_ratio
    )
    form = ShareForm(target, below, shares, request.POST or None) if may_share and below else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            made = share_target(access, target, form.shares, document=form.cleaned_data["document"])
        except ValidationError as refused:
            form.add_error(None, " ".join(refused.messages))
        else:
            messages.success(
                request, f"已分解，更新 {len(made)} 个地区的目标。" if made else "分解数没有变化。"
            )
            return redirect("desk:targets:show", pk)
    total = sum((one.value for one in shares.values()), Decimal(0))
    context = {
        "target": target,
        "indicator": indicator,
        "figure": target_text(indicator, target),
        "trail": [
            (HOME, f"{reverse('desk:targets:index')}?region={target.region_id}"),
            (indicator.title, ""),
        ],
        "tree": _tree(indicator, branches, target.region_id),
        "total": indicator.show(total),
        "problem": share_problem(target, total) if shares else "",
        "form": form,
        "versions": [(one, target_text(indicator, one)) for one in _versions(target)],
    }
    return render(request, "desk/targets/show.html", context, status=422 if form and form.errors else 200)


def _target(request: HttpRequest, pk: int) -> Target:
    found = Target.objects.select_related("region", "parent__region")
    target: Target = request.access.get(PERMISSION, found, pk=pk)  # type: ignore[attr-defined]
    return target


def _branches(target: Target) -> dict[str | None, list[Target]]:
    """Shares of the same indicator and time in force, by the division above each; one query."""
    found = Target.objects.filter(
        indicator=target.indicator,
        since=target.since,
        until=target.until,
        superseded_at=None,
        parent__isnull=False,
    ).select_related("region")
    branches: dict[str | None, list[Target]] = {}
    for one in found.order_by("region_id"):
        branches.setdefault(one.region.parent_id, []).append(one)
    return branches


def _tree(indicator: Indicator, branches: dict[str | None, list[Target]], code: str) -> list[dict[str, Any]]:
    """The shares below a division, each with its own: {target, figure, children}."""
    return [
        {
            "target": one,
            "figure": target_text(indicator, one),
            "children": _tree(indicator, branches, one.region_id),
        }
        for one in branches.get(code, [])
    ]


def _versions(target: Target) -> list[Target]:
    same = Target.objects.filter(
        indicator=target.indicator, region=target.region_id, since=target.since, until=target.until
    )
    return list(same.order_by("-version"))


@permit(WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Set a target of the region's own, or a new version of it."""
    place = place_of(request)
    access: Any = request.access  # type: ignore[attr-defined]
    access.require(WRITE, place.region.code)
    form = TargetForm(access.today, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            target = set_target(access, form.target(place.region))
        except ValidationError as refused:
            form.add_error(None, " ".join(refused.messages))
        else:
            messages.success(request, "目标已设定。")
            return redirect("desk:targets:show", target.pk)
    home = f"{reverse('desk:targets:index')}?{place.query}"
    context = {"form": form, "place": place, "home": home, "trail": [(HOME, home), ("设定目标", "")]}
    return render(request, "desk/targets/new.html", context, status=422 if form.errors else 200)
