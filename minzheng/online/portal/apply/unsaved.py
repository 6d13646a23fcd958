"""When the log-in has run out while a page was being filled in: what was typed waits until one is back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict

KEY = "typed_before_log_in"
NOT_ANSWERS = ("csrfmiddlewaretoken", "leave", "mine")


def keeps_what_was_typed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Put outside @citizen. The answers wait in the visitor's own session; files have to be chosen again."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            typed = request.POST.copy()
            for name in NOT_ANSWERS:
                typed.pop(name, None)
            request.session[KEY] = {"path": request.path, "answers": typed.urlencode()}
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def typed_before_log_in(request: HttpRequest) -> QueryDict | None:
    """What was typed on this very page; handed out once."""
    waiting = request.session.get(KEY)
    if request.method != "GET" or not waiting or waiting["path"] != request.path:
        return None
    del request.session[KEY]
    return QueryDict(waiting["answers"])
