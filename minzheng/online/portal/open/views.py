"""公开数据: what everybody may read, without logging in."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from minzheng.datacenter.statistics.actions import table_of
from minzheng.datacenter.statistics.open_data import LICENCE, csv_of, dictionary_of, published
from minzheng.datacenter.statistics.words import ReportTable
from minzheng.foundation.accounts.permits import public
from minzheng.foundation.accounts.rates import at_most
from minzheng.foundation.registers.views.files import attachment
from minzheng.foundation.registry.words import shelf

CSV = "text/csv; charset=utf-8"


@public("statistics out of frozen reports, small cells left out, no person")
@at_most("public_per_minute", per="ip")
def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(published(), 30).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(report, table_of(report).title) for report in page],
        "tables": [(table, dictionary_of(table)) for table in shelf(ReportTable)],
        "licence": LICENCE,
    }
    return render(request, "portal/open/index.html", context)


@public("statistics out of frozen reports, small cells left out, no person")
@at_most("public_per_minute", per="ip")
def dataset(request: HttpRequest, pk: int) -> HttpResponse:
    """One county's month as CSV; only what is published has an address."""
    report = get_object_or_404(published(), pk=pk)
    table = table_of(report)
    name = f"{report.region.name}{table.title}{report.month:%Y%m}.csv"
    return attachment(csv_of(table, report).encode(), name, CSV)
