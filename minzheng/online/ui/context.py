"""What every page knows: the chosen theme and whether the elder version is on."""

from django.http import HttpRequest

THEMES = {"auto": "跟随系统", "light": "浅色", "dark": "深色"}


def screen(request: HttpRequest) -> dict[str, object]:
    theme = request.COOKIES.get("theme", "auto")
    return {
        "theme": theme if theme in THEMES else "auto",
        "themes": THEMES,
        "elder": request.COOKIES.get("elder") == "1",
    }
