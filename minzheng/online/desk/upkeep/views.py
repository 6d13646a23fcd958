"""Is there a fresh backup, was it restored lately? For the three administrators and the auditors (等保 8.1.4.9)."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.backup.lights import lights
from minzheng.foundation.backup.models import BackupRun

PAGE = 20


@permit("upkeep.read")
def upkeep(request: HttpRequest) -> HttpResponse:
    """The lights, and the record of every backup, restore and drill, newest first."""
    runs = BackupRun.objects.order_by("-finished_at", "-pk")
    page = Paginator(runs, PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/upkeep/upkeep.html", {"lights": lights(), "page": page})
