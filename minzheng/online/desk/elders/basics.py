"""基本养老服务清单: for each service, to how many it is due, how many have it, and who still waits."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minzheng.business.elderly.basics.catalogue import document, entries
from minzheng.business.elderly.basics.models import Guaranteed
from minzheng.foundation.accounts.permits import permit


@permit("register.read")
def basics(request: HttpRequest) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    rows = access.scope("register.read", Guaranteed.objects.all())
    counted = {
        one["entry"]: one
        for one in rows.values("entry").annotate(due=Count("pk"), given=Count("pk", filter=Q(given=True)))
    }
    found = []
    for entry in entries():
        said = counted.get(entry.code)
        share = round(100 * said["given"] / said["due"]) if said and said["due"] else None
        found.append((entry, said, share, said["due"] - said["given"] if said else 0))
    context = {
        "rows": found,
        "document": document(),
        "looked_on": rows.aggregate(day=Max("looked_on"))["day"],
    }
    return render(request, "desk/elders/basics.html", context)
