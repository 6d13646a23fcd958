"""Which region and month a page of figures is about: from the address, within what the viewer may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from minzheng.datacenter.indicators.models import IndicatorValue
from minzheng.foundation.benefits.months import month_of, parse_month
from minzheng.foundation.regions.models import Level, Region

PERMISSION = "statistics.read"


@dataclass(frozen=True)
class Place:
    """`above` and `below` are where one may go from here; `query` keeps region and month in a link."""

    region: Region
    month: dt.date
    above: Region | None
    below: list[Region]

    @property
    def query(self) -> str:
        return urlencode({"region": self.region.code, "month": f"{self.month:%Y-%m}"})

    @property
    def choices(self) -> list[tuple[str, str]]:
        """(code, name) for the region switch: one up, here, one down."""
        above = [(self.above.code, f"↑ {self.above.name}")] if self.above else []
        return [
            *above,
            (self.region.code, self.region.name),
            *((one.code, f"　{one.name}") for one in self.below),
        ]


def place_of(request: HttpRequest) -> Place:
    """404 for a region outside the viewer's area, below the township, or a month that is none."""
    access: Any = request.access  # type: ignore[attr-defined]
    code = request.GET.get("region") or min(access.prefixes(PERMISSION), key=len).ljust(12, "0")
    regions = Region.objects.select_related("parent")
    region = access.get(PERMISSION, regions, "code", code=code, level__lte=Level.TOWNSHIP)
    try:
        month = parse_month(request.GET["month"]) if request.GET.get("month") else latest_month(access.today)
    except ValueError as problem:
        raise Http404(str(problem)) from None
    above = region.parent if region.parent and access.may(PERMISSION, region.parent_id) else None
    below = Region.objects.on(access.today).filter(parent=region, level__lte=Level.TOWNSHIP).order_by("code")
    return Place(region, month, above, list(below))


def latest_month(today: dt.date) -> dt.date:
    """The latest month that has been computed, else the present one."""
    latest = (
        IndicatorValue.objects.filter(month__lte=today).order_by("-month").values_list("month", flat=True)
    )
    return latest.first() or month_of(today)
