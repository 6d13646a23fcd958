"""/api/: what the API offers, for people who will write against it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minzheng.foundation.accounts.permits import public
from minzheng.online.api.document import document
from minzheng.online.api.problems import KINDS
from minzheng.online.api.scopes import SCOPES
from minzheng.online.api.webhooks.kinds import KINDS as EVENTS


@public("the description of the API is for everyone")
def guide(request: HttpRequest) -> HttpResponse:
    groups: dict[str, list[dict[str, object]]] = {}
    for path, methods in document()["paths"].items():
        for method, described in methods.items():
            codes = [code for one in described["security"] for code in one["OAuth2"]]
            line = {"method": method.upper(), "path": path, "summary": described["summary"], "scopes": codes}
            groups.setdefault(described["tags"][0], []).append(line)
    context = {
        "groups": groups.items(),
        "scopes": SCOPES.values(),
        "problems": [(code, status, title) for code, (status, title) in KINDS.items()],
        "events": EVENTS.values(),
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "api/guide.html", context)
