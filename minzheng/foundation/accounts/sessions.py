"""How long a log-in lasts: a pause locks it, a day's end locks it, and whoever proves to be the same person goes on.

A lock is the step-up question (proof.py) put before every page: the form that was being filled in is not lost by it
(GB/T 22239 8.1.4.1 b; ASVS 5.0 7.3.1, 7.3.2; WCAG 2.2 2.2.1).
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone

from minzheng.foundation.accounts.devices import device_of
from minzheng.foundation.accounts.limits import limit
from minzheng.foundation.accounts.models import User
from minzheng.foundation.accounts.proof import ask_for_proof

BEGAN_AT, SEEN_AT = "began_at", "seen_at"
NOTED_EVERY = 10  # seconds: a page with many requests writes its session once
ALWAYS_OPEN = {"account_logout", "accounts:prove"}


class Lock(Enum):
    NONE = ""
    IDLE = "您有一段时间没有操作，为保护群众信息，页面已锁定。"
    OLD = "这次登录时间太长，为安全起见，请重新验证身份。"


@receiver(user_logged_in)
def begin(sender: Any, request: HttpRequest, **_: Any) -> None:
    request.session[BEGAN_AT] = request.session[SEEN_AT] = int(time.time())


def idle_seconds(request: HttpRequest) -> int:
    is_staff = request.access.is_staff  # type: ignore[attr-defined]
    return 60 * limit("staff_idle_minutes" if is_staff else "citizen_idle_minutes")


def lock_of(request: HttpRequest) -> Lock:
    now = time.time()
    if now - request.session.get(BEGAN_AT, 0) >= limit("session_hours") * 3600:
        return Lock.OLD
    if now - request.session.get(SEEN_AT, 0) >= idle_seconds(request):
        return Lock.IDLE
    return Lock.NONE


def note_use(request: HttpRequest) -> None:
    """The user is at work: the pause begins anew, and the list of log-ins says when and from where."""
    now = int(time.time())
    if now - request.session.get(SEEN_AT, 0) < NOTED_EVERY:
        return
    request.session[SEEN_AT] = now
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())


def unlock(request: HttpRequest, lock: Lock) -> None:
    """After the proof: the same log-in goes on; one that was too old goes on under a new key."""
    now = int(time.time())
    request.session[SEEN_AT] = now
    if lock is Lock.OLD:
        request.session[BEGAN_AT] = now
        old_key = request.session.session_key
        request.session.cycle_key()
        UserSession.objects.filter(session_key=old_key).update(session_key=request.session.session_key)


def answer_lock(request: HttpRequest, lock: Lock, *, address: str = "") -> HttpResponse | None:
    """What to answer instead of a locked page; None when the proof came with this very request."""
    question = ask_for_proof(request, why=lock.value, address=address, strictly=lock is Lock.OLD)
    if question is None:
        unlock(request, lock)
    return question


@dataclass(frozen=True)
class LogIn:
    """One open log-in of a user, as its list shows it."""

    pk: int
    device: str
    address: str
    began_at: dt.datetime
    seen_at: dt.datetime
    is_this: bool


def log_ins_of(user: User, key: str = "") -> list[LogIn]:
    """Open log-ins, the latest first; those that ended otherwise are forgotten on the way. `key`: the asker's session."""
    found = sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.last_seen_at, reverse=True)
    return [
        LogIn(
            one.pk,
            device_of(one.user_agent),
            one.ip,
            one.created_at,
            one.last_seen_at,
            one.session_key == key,
        )
        for one in found
    ]


class SessionAgeMiddleware:
    """After AccessMiddleware: asks for a proof before every view of a locked log-in, except what is public anyway."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or _is_open(request, view):
            return None
        lock = lock_of(request)
        is_poll = request.method == "GET" and request.headers.get("HX-Request") == "true"
        if lock is Lock.NONE:
            if (
                not is_poll
            ):  # a page that asks by itself how far a job is does not show that anybody sits there
                note_use(request)
            return None
        if is_poll:
            return HttpResponse(headers={"HX-Refresh": "true"})
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"state": "login"}, status=403)
        if request.method in {"GET", "HEAD"}:
            return redirect_to_login(request.get_full_path(), reverse("accounts:prove"))
        return answer_lock(request, lock)


def _is_open(request: HttpRequest, view: Any) -> bool:
    named = request.resolver_match.view_name if request.resolver_match else ""
    return named in ALWAYS_OPEN or str(getattr(view, "permit", "")).startswith("public")
