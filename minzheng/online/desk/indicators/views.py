"""指标: every figure of a region by line, with its light; and one figure with its definition, parts, months and list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from minzheng.datacenter.indicators.actions import WRITE, report_value
from minzheng.datacenter.indicators.models import ReportedValue, StatedFigure, Target
from minzheng.datacenter.indicators.reading import children, readings, trend, trends
from minzheng.datacenter.indicators.registers import TONES
from minzheng.datacenter.indicators.words import ASPECTS, Indicator
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.documents.check import UploadRefused
from minzheng.foundation.documents.store import store_document
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, Region, prefix_of, within
from minzheng.foundation.registry.words import shelf
from minzheng.online.desk.indicators.forms import ReportForm
from minzheng.online.desk.indicators.place import PERMISSION, Place, place_of
from minzheng.online.desk.indicators.rows import (
    Row,
    behind,
    chart_number,
    drill_url,
    is_small,
    note_of,
    parts_of,
    row_of,
    shown,
    target_text,
)
from minzheng.online.ui.formats import cn_month

HOME = "指标"
ENTERED_SHOWN = 12
SHOWN = {
    "known": ("有数据", lambda row: row.value != "—"),
    "behind": ("未达、接近", lambda row: row.light.tone in {"bad", "warn"}),
    "unknown": ("无数据", lambda row: row.value == "—"),
    "aspects": ("兜底、救急、提标、扩围", lambda row: bool(row.indicator.aspect)),
    "all": ("全部", lambda row: True),
}


@permit(PERMISSION)
def index(request: HttpRequest) -> HttpResponse:
    place = place_of(request)
    known = trends(place.region, place.month)
    rows = [
        row_of(one, place, known.get(one.indicator.code, [])) for one in readings(place.region, place.month)
    ]
    chosen = request.GET.get("show", "known")
    chosen = chosen if chosen in SHOWN else "known"
    context = {
        "place": place,
        "groups": _grouped([row for row in rows if SHOWN[chosen][1](row)], chosen == "aspects"),
        "tabs": [
            {
                "title": title,
                "url": f"?{place.query}&show={key}",
                "count": sum(1 for row in rows if fits(row)),
                "current": key == chosen,
            }
            for key, (title, fits) in SHOWN.items()
        ],
        "may_check": request.access.may("statistics.check", place.region.code),  # type: ignore[attr-defined]
        "show": chosen,
    }
    return render(request, "desk/indicators/index.html", context)


def _grouped(rows: list[Row], by_aspect: bool) -> list[tuple[str, list[Row]]]:
    """Under the line each belongs to, or under the side of assistance that it measures."""
    lines: dict[str, list[Row]] = {aspect: [] for aspect in ASPECTS} if by_aspect else {}
    for row in rows:
        lines.setdefault(row.indicator.aspect if by_aspect else row.indicator.line, []).append(row)
    # Those of the documents by their number, then our own as they are declared.
    return [(line, sorted(found, key=_place_in_line)) for line, found in lines.items()]


def _place_in_line(row: Row) -> str:
    return row.indicator.code if row.indicator.number else "~"


@permit(PERMISSION)
def show(request: HttpRequest, code: str) -> HttpResponse:
    place, indicator = place_of(request), _indicator(code)
    reading = readings(place.region, place.month, [code])[0]
    months = [(month, value) for month, value in trend(code, place.region, place.month) if value is not None]
    parts = parts_of(indicator, place, children(code, place.region, place.month)) if place.below else []
    small = is_small(indicator, reading.value)
    context = {
        "place": place,
        "indicator": indicator,
        "trail": [(HOME, f"{reverse('desk:indicators:index')}?{place.query}"), (indicator.title, "")],
        "reading": reading,
        "value": shown(indicator, reading.value),
        "note": note_of(reading),
        "target": target_text(indicator, reading.target),
        "numerator": "不显示" if small else behind(indicator, reading.value, "numerator"),
        "denominator": "不显示" if small else behind(indicator, reading.value, "denominator"),
        "parts": parts,
        "bars": [(part.name, part.number) for part in parts if part.number is not None],
        "chart_unit": "元" if indicator.is_money else indicator.unit,
        "labels": [cn_month(month) for month, _ in months],
        "series": [(indicator.title, [chart_number(indicator, value) for _, value in months])],
        "has_trend": len(months) > 1 and not small,
        "drill": drill_url(request.access, indicator, place),  # type: ignore[attr-defined]
        "said": _said(indicator, place.region),
        "entered": [
            (one, indicator.show(one.value), TONES[one.state])
            for one in ReportedValue.objects.filter(indicator=code, region=place.region)
            .select_related("maker", "checker", "document")
            .order_by("-pk")[:ENTERED_SHOWN]
        ],
        "may_report": indicator.formula is None
        and place.region.level <= indicator.lowest
        and request.access.may(WRITE, place.region.code),  # type: ignore[attr-defined]
    }
    return render(request, "desk/indicators/show.html", context)


def _said(indicator: Indicator, region: Region) -> list[tuple[str, Any, str]]:
    """What documents say of it, targets and results apart: (目标 or 公布的结果, row, figure as text).

    Targets of this division, of those above and below it: what a neighbouring county sets itself is its own affair.
    Announced results are published, and are there to be compared with.
    """
    above = [region.code[:digits].ljust(12, "0") for digits in SIGNIFICANT_DIGITS.values()]
    near = Q(region__in=above) | within(prefix_of(region.code))
    targets = Target.objects.filter(near, indicator=indicator.code, superseded_at=None, parent=None)
    results = StatedFigure.objects.filter(indicator=indicator.code)
    return [
        (kind, one, f"{one.get_comparator_display()} {indicator.show(one.value)}")
        for kind, found in (("目标", targets), ("公布的结果", results))
        for one in found.select_related("region").order_by("-since", "region")
    ]


def _indicator(code: str) -> Indicator:
    if code not in shelf(Indicator):
        raise Http404(f"没有代码为 {code} 的指标。请从指标页重新选择。")
    return shelf(Indicator).get(code)


@permit(WRITE)
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a value by hand; another person confirms it on the register."""
    place, indicator = place_of(request), _indicator(code)
    request.access.require(WRITE, place.region.code)  # type: ignore[attr-defined]
    form = ReportForm(indicator, place.month, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _reported(request, place, indicator, form):
        messages.success(request, "已填报，请另一位同事在“指标填报”里复核。复核以后才显示。")
        return redirect(f"{reverse('desk:indicators:show', args=[code])}?{place.query}")
    back = f"{reverse('desk:indicators:show', args=[code])}?{place.query}"
    context = {
        "form": form,
        "indicator": indicator,
        "place": place,
        "back": back,
        "trail": [
            (HOME, f"{reverse('desk:indicators:index')}?{place.query}"),
            (indicator.title, back),
            ("填报", ""),
        ],
    }
    return render(request, "desk/indicators/report.html", context, status=422 if form.errors else 200)


def _reported(request: HttpRequest, place: Place, indicator: Indicator, form: ReportForm) -> bool:
    answers = form.cleaned_data
    try:
        upload = answers["document"]
        document = upload and store_document(
            upload,
            kind="indicator",
            user=request.user,
            region_id=place.region.code,  # type: ignore[arg-type]
        )
        report_value(
            request.access, place.region, indicator.code, answers["month"], answers["value"],  # type: ignore[attr-defined]
            basis=answers["basis"], document=document or None,
        )  # fmt: skip
    except UploadRefused as refused:
        form.add_error("document", str(refused))
    except ValidationError as refused:
        form.add_error(None, refused)
    return not form.errors
