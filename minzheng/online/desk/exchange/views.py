"""The sharing catalogue: which departments can be asked for what, for which purpose, on which legal basis."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.exchange.words import Source
from minzheng.foundation.items.figures import NATIONWIDE, figures
from minzheng.foundation.registry.words import shelf


@permit("exchange.read")
def catalogue(request: HttpRequest) -> HttpResponse:
    """Holds nothing about anybody: every officer with the right sees the same page."""
    figure = figures(request.access.today, NATIONWIDE, settings.STANDARDS_SET)  # type: ignore[attr-defined]
    sources = [
        {
            "source": source,
            "way": "逐人查询" if source.by_enquiry else "批量文件",
            "purposes": [one.label for one in source.purposes],
            "keep_days": figure(source.keep),
        }
        for source in sorted(shelf(Source), key=lambda source: (source.department, source.code))
    ]
    return render(request, "desk/exchange/catalogue.html", {"sources": sources})
