"""A program that calls without TLS is refused, not led on: its token was readable on the way (ASVS 5.0 4.1.2)."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from minzheng.online.api.problems import Problem, respond

SAYS = (
    "开放接口只接受 https，请把地址改为 https:// 开头。刚才的令牌或密钥已在明文中传输，请在“开放接口”里更换。"
)


class PlainHttpMiddleware:
    """Where the site is behind TLS (MINZHENG_HTTPS=1); pages for people are led to https by SecurityMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECURE_SSL_REDIRECT and not request.is_secure() and _is_for_programs(request):
            return respond(Problem("forbidden", SAYS))
        return self.get_response(request)


def _is_for_programs(request: HttpRequest) -> bool:
    path = request.path.lstrip("/")
    return any(re.search(pattern, path) for pattern in settings.SECURE_REDIRECT_EXEMPT)
