"""个案交换: a file for the rescue information system, and files of other stations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from minzheng.business.rescue.exchange import MOST_BYTES, give_cases, receive_cases
from minzheng.business.rescue.models import CaseFile
from minzheng.business.rescue.sources import CASES
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.registers.views.files import attachment
from minzheng.online.desk.rescue.parts import HOME, station_of
from minzheng.online.ui.forms import PlainForm, show_refusal

EXPORT = "rescue.export"
SHOWN = 20


class OutForm(PlainForm):
    since = forms.DateField(label="入站日期起", widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="入站日期止", widget=forms.DateInput(attrs={"type": "date"}))


class InForm(PlainForm):
    file = forms.FileField(label="个案文件（.csv）")


@never_cache
@permit(EXPORT, fresh=True)
def cases(request: HttpRequest) -> HttpResponse:
    """Two forms: a file out (a download), a file in (judged as a whole)."""
    access: Any = request.access  # type: ignore[attr-defined]
    station = station_of(request, EXPORT)
    posted = request.POST.get("do") if request.method == "POST" else ""
    first = access.today.replace(day=1)
    out = OutForm(request.POST if posted == "out" else None, initial={"since": first, "until": access.today})
    into = InForm(request.POST, request.FILES) if posted == "in" else InForm()
    try:
        if posted == "out" and out.is_valid():
            made, text = give_cases(access, station, **out.cleaned_data)
            return attachment(
                ("\ufeff" + text).encode(),
                f"救助个案{made.since}至{made.until}.csv",
                "text/csv; charset=utf-8",
            )
        if posted == "in" and into.is_valid():
            made = receive_cases(access, station, content=into.cleaned_data["file"].read(MOST_BYTES + 1))
            messages.success(request, f"已接收{made.station}的{made.records}人次，合计一致。")
            return redirect("desk:rescue:cases")
    except ValidationError as refused:
        show_refusal(out if posted == "out" else into, refused)
    files = access.scope(EXPORT, CaseFile.objects.select_related("by")).order_by("-pk")[:SHOWN]
    context = {
        "station": station, "out": out, "into": into, "files": files, "fields": CASES.fields,
        "trail": [HOME, ("个案交换", "")], "max_bytes": MOST_BYTES, "today": dt.date.today(),
    }  # fmt: skip
    return render(
        request, "desk/rescue/cases.html", context, status=422 if out.errors or into.errors else 200
    )
