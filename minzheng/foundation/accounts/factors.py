"""Who can move money, take data out, open what is known of violence against children or give rights logs in with two proofs (GB/T 22239 8.1.4.1 d).

A password alone opens one page to them: the one on which a passkey or an authenticator is set up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.limits import limit

WHO: dict[str, tuple[str, ...]] = {
    "second_factor_money": ("payment.make", "payment.check"),
    "second_factor_export": (
        "register.export",
        "person.reveal",
        "export.approve",
        "child.approve",
        "protection.read",
        "rescue.export",
    ),
    "second_factor_admin": ("account.write", "account.grant", "audit.read", "region.write"),
}
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
OPEN = ("mfa_", "account_", "accounts:", "theme", "ui:")


def needs_second_factor(access: Access) -> bool:
    """Whether one of the user's roles, in force today, carries a right that asks for it."""
    return settings.SECOND_FACTOR_REQUIRED and any(
        limit(switch) and any(access.may(one) for one in rights) for switch, rights in WHO.items()
    )


def has_second_factor(user: Any) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type__in=STRONG).exists()


class SecondFactorMiddleware:
    """After SessionAgeMiddleware: leads who still lacks the second proof to the page where it is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or str(getattr(view, "permit", "")).startswith("public"):
            return None
        named = request.resolver_match.view_name if request.resolver_match else ""
        access: Access = request.access  # type: ignore[attr-defined]
        if named.startswith(OPEN) or not needs_second_factor(access) or has_second_factor(request.user):
            return None
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"state": "login"}, status=403)
        messages.warning(
            request,
            "您的岗位涉及资金、导出或权限，须先设置第二种验证（通行密钥或手机验证器），才能办理业务。",
        )
        return redirect("mfa_index")
