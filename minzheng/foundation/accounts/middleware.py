"""Puts the request's rights on `request.access`, and shows its database session no more than those (docs/walls.md)."""

from collections.abc import Callable, Iterable, Iterator

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import Resolver404, resolve

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.walls import entered

REFUSED = (403, 404)  # ASVS 5.0 16.3.2; GB/T 22239 8.1.4.3 a
MOST_OF_PATH = 200


class AccessMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user if request.user.is_authenticated else None
        request.access = Access(user)  # type: ignore
        account, as_citizen = user.pk if user else None, not _is_for_staff(request)
        with entered(account, as_citizen=as_citizen):
            response = self.get_response(request)
        if response.status_code in REFUSED:
            _note_refusal(request, response)
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            response.streaming_content = _behind(response.streaming_content, account, as_citizen)
        return response


def _is_for_staff(request: HttpRequest) -> bool:
    """A citizen's page or a public one shows an officer no more than anybody: what is about their own person."""
    try:
        permit = getattr(resolve(request.path_info).func, "permit", "")
    except Resolver404:
        return False
    return permit != "citizen" and not permit.startswith("public: ")


def _note_refusal(request: HttpRequest, response: HttpResponse) -> None:
    """Somebody known was refused at an address that exists: by right, or because the thing is another division's.

    A visitor's guesses are left to the server's log; what does not exist at all is a slip of the hand.
    """
    from minzheng.foundation.audit.record import record  # the trail is built upon accounts

    if not request.user.is_authenticated or request.resolver_match is None:
        return
    with entered(request.user.pk, as_citizen=False):
        record(
            "access.refused",
            "访问被拒绝",
            actor=request.user,
            method=request.method,
            route=request.resolver_match.route,
            path=request.path[:MOST_OF_PATH],
            status=response.status_code,
        )


def _behind(content: Iterable[bytes], account: int | None, as_citizen: bool) -> Iterator[bytes]:
    """What is computed while it is sent, after the view has returned."""
    with entered(account, as_citizen=as_citizen):
        yield from content


def access_in_templates(request: HttpRequest) -> dict[str, object]:
    return {"access": getattr(request, "access", None)}
