"""A password that an administrator handed over opens one page, the one on which it is replaced, and not for long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from allauth.account.signals import password_changed
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from minzheng.foundation.accounts.limits import limit
from minzheng.foundation.accounts.models import RequestState, ResetRequest, User
from minzheng.foundation.accounts.walls import beyond_region

RUN_OUT = "这个一次性密码已经过期。请联系管理员重新申请重设，见“忘了密码，怎么办”。"
OPEN = {"account_change_password", "account_logout", "accounts:prove", "accounts:stay", "accounts:forgotten"}


def runs_out_at() -> dt.datetime:
    """When a password that is handed over now opens nothing any more (ASVS 5.0 6.4.1)."""
    return timezone.now() + dt.timedelta(hours=limit("one_time_password_hours"))


def has_run_out(user: User) -> bool:
    return user.one_time_until is not None and user.one_time_until <= timezone.now()


@receiver(password_changed)
def owns_it_now(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    User.objects.filter(pk=user.pk).update(one_time_until=None)
    user.one_time_until = None


def last_reset(user: Any) -> ResetRequest | None:
    """The latest reset of the user's own password, as the user is told of it."""
    with beyond_region("本人看自己的密码是谁重设的"):
        granted = ResetRequest.objects.filter(user_id=user.pk, state=RequestState.GRANTED)
        return granted.select_related("asked_by", "decided_by").order_by("-decided_at").first()


def told(reset: ResetRequest) -> str:
    at = timezone.localtime(reset.decided_at)
    return (
        f"您的密码于{at.year}年{at.month}月{at.day}日{at:%H:%M}重设：{reset.asked_by}申请（{reset.get_seen_display()}；"
        f"事由：{reset.why}），{reset.decided_by}核准。原来的第二种验证已取消。"
    )


class OneTimePasswordMiddleware:
    """Before SecondFactorMiddleware: first a password of one's own, then the second proof."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or request.user.one_time_until is None:  # type: ignore[union-attr]
            return None
        named = request.resolver_match.view_name if request.resolver_match else ""
        if named in OPEN or (str(getattr(view, "permit", "")).startswith("public") and named != "home"):
            return None
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"state": "login"}, status=403)
        reset = last_reset(request.user)
        messages.warning(
            request,
            f"{told(reset)}这是一次性密码，请先换成只有您自己知道的密码。不是您本人要求重设的，请马上联系本单位或拨打 12345。"
            if reset
            else "这是管理员交给您的初始密码，请先换成只有您自己知道的密码。",
        )
        return redirect("account_change_password")
