"""Every view says who may open it: `@permit("case.read")`, `@citizen`, `@logged_in("why")` or
`@public("why")`.

A test walks the whole address table and fails on a view that says nothing (tests/test_routes.py).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from minzheng.foundation.accounts.proof import ask_for_proof, is_fresh

View = Callable[..., HttpResponse]


def permit(permission: str, *, fresh: bool = False) -> Callable[[View], View]:
    """Staff who hold the permission somewhere; objects must still come through `request.access`.

    `fresh=True` for what moves money, exports, reveals or changes rights: asks again who sits there if the last
    proof is older than `step_up_minutes` (accounts/proof.py). The user comes back to the very step.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            request.access.require(permission)  # type: ignore[attr-defined]
            if fresh and (question := proof_question(request)):
                return question
            return view(request, *args, **kwargs)

        guarded.permit = permission  # type: ignore[attr-defined]
        guarded.fresh = fresh  # type: ignore[attr-defined]
        return guarded

    return decorate


def proof_question(request: HttpRequest) -> HttpResponse | None:
    """What to answer instead while the proof is too old; None when it is fresh, or given with this very request."""
    if is_fresh(request):
        return None
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path(), reverse("accounts:prove"))
    return ask_for_proof(request)


def citizen(view: View) -> View:
    """Anyone logged in whose account is bound to a person; the view shows that person's own things."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.user.person_id is None:  # type: ignore[union-attr]
            raise PermissionDenied(
                "这个账号没有绑定本人身份。请先完成实名认证，或到乡镇（街道）便民窗口办理。"
            )
        return view(request, *args, **kwargs)

    guarded.permit = "citizen"  # type: ignore[attr-defined]
    return guarded


def logged_in(reason: str) -> Callable[[View], View]:
    """Anyone logged in, citizen or staff; `reason` says how the view itself judges the right to the object."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            return view(request, *args, **kwargs)

        guarded.permit = f"logged in: {reason}"  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(reason: str) -> Callable[[View], View]:
    """Open to everyone, for a stated reason."""

    def decorate(view: View) -> View:
        view.permit = f"public: {reason}"  # type: ignore[attr-defined]
        return view

    return decorate
