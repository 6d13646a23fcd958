"""Who asks: a page in a browser, or the queue of a phone that sends what waited."""

from __future__ import annotations

from django.http import HttpRequest


def wants_json(request: HttpRequest) -> bool:
    """The queue asks for JSON: {"state": "kept", "url": …} or {"state": "invalid", "problems": […]}."""
    return request.headers.get("Accept", "").startswith("application/json")
