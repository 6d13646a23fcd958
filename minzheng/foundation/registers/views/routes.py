"""What every register page begins with: the register from the address, and the right it demands."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from minzheng.foundation.accounts.models import User
from minzheng.foundation.accounts.permits import proof_question
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.listing import Listing
from minzheng.foundation.registers.search import recall
from minzheng.foundation.registry.words import shelf

View = Callable[..., HttpResponse]
NEEDS_PROOF = {"export", "reveal"}


def registered(right: str) -> Callable[[View], View]:
    """`@registered("read")`: the view gets the Register, and only users with its `read` permission come in.

    `right` is read, write, export or reveal; the permission behind it is the register's own. Export and reveal
    ask again who sits there when the last proof is old (accounts/proof.py).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            register = register_of(code)
            request.access.require(register.read)  # type: ignore[attr-defined]
            request.access.require(getattr(register, right))  # type: ignore[attr-defined]
            if right in NEEDS_PROOF and (question := proof_question(request)):
                return question
            return view(request, register, *args, **kwargs)

        guarded.permit = f"register.{right}"  # type: ignore[attr-defined]
        guarded.fresh = right in NEEDS_PROOF  # type: ignore[attr-defined]
        return guarded

    return decorate


def register_of(code: str) -> Register:
    try:
        return shelf(Register).get(code)
    except LookupError:
        raise Http404("没有这个台账。请从左侧菜单重新进入。") from None


def user_of(request: HttpRequest) -> User:
    """Who is at work; behind `registered` there always is someone."""
    return request.access.user  # type: ignore[attr-defined, no-any-return]


def listing_of(request: HttpRequest, register: Register) -> Listing:
    """What this address asks for, with the search text that its token stands for."""
    text = recall(request, request.GET.get("find", ""))
    return Listing(register, request.access, request.GET, text or "", search_is_lost=text is None)  # type: ignore[attr-defined]


def row_of(request: HttpRequest, register: Register, key: str) -> Any:
    """One row in the user's regions, or 404."""
    try:
        value = register.model._meta.pk.to_python(key)
    except ValidationError:
        raise Http404("没有找到这条记录。请返回列表重新点选。") from None
    return request.access.get(register.read, register.query(), register.region, pk=value)  # type: ignore[attr-defined]


def trail(register: Register, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    """Breadcrumbs from the overview of registers down; without steps the register itself is the last."""
    address = reverse("registers:list", args=[register.code]) if steps else ""
    return [("台账", reverse("registers:index")), (register.title, address), *steps]
