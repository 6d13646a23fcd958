"""What every page knows: the chosen theme, whether the elder version is on, and when the page will lock."""

from django.conf import settings
from django.http import HttpRequest

from minzheng.foundation.accounts.limits import limit
from minzheng.foundation.accounts.sessions import idle_seconds

THEMES = {"auto": "跟随系统", "light": "浅色", "dark": "深色"}


def screen(request: HttpRequest) -> dict[str, object]:
    theme = request.COOKIES.get("theme", "auto")
    return {
        "theme": theme if theme in THEMES else "auto",
        "themes": THEMES,
        "elder": request.COOKIES.get("elder") == "1",
        "locks": locks(request),
        "second_factor_required": settings.SECOND_FACTOR_REQUIRED,
    }


def locks(request: HttpRequest) -> dict[str, int] | None:
    """After how many idle seconds the page locks, and how long before it says so; None for a visitor."""
    if not hasattr(request, "access") or not request.user.is_authenticated:
        return None
    return {"idle": idle_seconds(request), "warning": limit("idle_warning_seconds")}
