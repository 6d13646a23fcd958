"""What everybody may read about care for the old: the list of basic services, and how homes are supervised."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from minzheng.business.elderly.basics.catalogue import document, entries
from minzheng.business.elderly.oversight.actions import KIND
from minzheng.business.elderly.oversight.credit import credit_of
from minzheng.business.elderly.oversight.models import Inspection, Penalty
from minzheng.foundation.accounts.permits import public
from minzheng.foundation.accounts.rates import at_most
from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.calendar import add_months
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.programmes.models import Problem
from minzheng.foundation.regions.models import Level, Region, within


@public("the list of basic services for the old is published by law (国家基本养老服务清单)")
@at_most("public_per_minute", per="ip")
def services(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/elders/services.html", {"entries": entries(), "document": document()})


@public("supervision of homes is published by law; it names institutions, never residents")
@at_most("public_per_minute", per="ip")
def homes(request: HttpRequest) -> HttpResponse:
    """County by links, then its homes with credit, inspections, published problems and penalties of a year."""
    today = dt.date.today()
    asked = request.GET.get("at", "")
    counties = Region.objects.on(today).filter(level=Level.COUNTY)
    if not asked:
        with beyond_region("监管结果依法公开：只有机构，没有老人"):
            codes = {
                code[:6]
                for code in Facility.objects.on(today).filter(kind=KIND).values_list("region_id", flat=True)
            }
        found = counties.filter(code__in=[code.ljust(12, "0") for code in codes]).order_by("code")
        return render(request, "portal/elders/homes.html", {"counties": found})
    county = get_object_or_404(counties, code=asked)
    since = add_months(today, -12)
    with beyond_region("监管结果依法公开：只有机构，没有老人"):
        rows = list(
            Facility.objects.on(today)
            .filter(within(county.prefix), kind=KIND)
            .select_related("home")
            .order_by("name")
        )
        credit = credit_of(rows, today)
        problems = list(
            Problem.objects.filter(undertaking__facility__in=rows, published_on__gt=since)
            .select_related("undertaking__facility")
            .order_by("-published_on", "-pk")[:100]
        )
        inspections = list(
            Inspection.objects.filter(facility__in=rows, done_on__gt=since)
            .select_related("facility")
            .order_by("-done_on", "-pk")[:100]
        )
        penalties = list(
            Penalty.objects.filter(facility__in=rows, public_until__gte=today)
            .select_related("facility")
            .order_by("-decided_on")[:100]
        )
    context = {
        "county": county, "homes": [(one, credit[one.pk]) for one in rows], "problems": problems,
        "inspections": inspections, "penalties": penalties,
    }  # fmt: skip
    return render(request, "portal/elders/homes.html", context)
