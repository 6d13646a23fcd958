"""How often: wrong passwords of one account, searches of one officer, visits of one address to what is public.

allauth counts, in Django's cache; the cache is a table (settings.CACHES), so all processes and servers count together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from minzheng.foundation.accounts.limits import limit

APP = "minzheng.accounts"
View = Callable[..., HttpResponse]


def login_failures() -> dict[str, str]:
    """allauth's way to say: this many wrong passwords in this time, counted by account name."""
    return {"login_failed": f"{limit('login_failures')}/{limit('login_lock_minutes')}m/key"}


def open_again_at(request: HttpRequest, key: str) -> dt.datetime:
    """When the account that is locked by wrong passwords may be tried again."""
    (rate,) = ratelimit.get_rates(app=APP, action="login_failed", config=login_failures())
    counted = ratelimit.get_cache_key(request, app=APP, action="login_failed", rate=rate, key=key)
    tries = cache.get(counted, [])
    oldest = tries[-1] if tries else timezone.now().timestamp()
    again = dt.datetime.fromtimestamp(oldest + rate.duration, timezone.get_current_timezone())
    return again.replace(second=0, microsecond=0) + dt.timedelta(minutes=1)


def at_most(name: str, *, per: str, methods: tuple[str, ...] = ("GET", "POST")) -> Callable[[View], View]:
    """At most `limit(name)` requests a minute `per` "user" or "ip"; what is more gets the page 429.

    Stands under the permit decorator, so that the user is known.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in methods and not ratelimit.consume(
                request, app=APP, action=name, config={name: f"{limit(name)}/1m/{per}"}, limit_get=True
            ):
                return too_many(request)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "60"
    return response
