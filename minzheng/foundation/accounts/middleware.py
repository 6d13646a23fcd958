"""Puts the request's rights on `request.access`."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from minzheng.foundation.accounts.access import Access


class AccessMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.access = Access(request.user if request.user.is_authenticated else None)  # type: ignore
        return self.get_response(request)


def access_in_templates(request: HttpRequest) -> dict[str, object]:
    return {"access": getattr(request, "access", None)}
