"""What the first page shows, each for the roles that have it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from minzheng.online.desk.navigation import groups


def first_places(request: HttpRequest) -> list[dict[str, Any]]:
    """The places of the menu but this one, for officers who handle no cases."""
    return [line for group in groups(request) for line in group["items"] if not line["current"]]
