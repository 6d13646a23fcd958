"""Who holds this token? One query; a client that was revoked, or has run out, is nobody from that moment on."""

from __future__ import annotations

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Token
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from minzheng.foundation.accounts.access import Access
from minzheng.online.api.access import Caller, CitizenAccess, PartnerAccess
from minzheng.online.api.models import Kind
from minzheng.online.api.problems import Problem
from minzheng.online.api.scopes import SCOPES

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="minzheng"'}
NO_TOKEN = "请先在 /identity/o/api/token 取得令牌，放在请求头 Authorization: Bearer 里。"  # noqa: S105
OLD_TOKEN = "令牌无效或已过期，请重新取得。"  # noqa: S105


def visitor(request: HttpRequest) -> Caller:
    """Somebody without a token. Counted by a keyed hash of the address: no address is stored."""
    address = salted_hmac("api.visitor", request.META.get("REMOTE_ADDR", "")).hexdigest()[:32]
    return Caller(Access(None), key=f"visitor:{address}")


def caller_of(request: HttpRequest, scopes: tuple[str, ...]) -> Caller:
    """The caller, who holds at least one of the scopes. Raises Problem: 401 without a good token, 403 without a scope."""
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not value.strip():
        raise Problem("unauthorized", NO_TOKEN, headers=CHALLENGE)
    token = (
        Token.objects.filter(
            type=Token.Type.ACCESS_TOKEN,
            hash=get_adapter().hash_token(value.strip()),
            expires_at__gt=timezone.now(),
        )
        .select_related("user", "client__registered__user", "client__registered__region")
        .first()
    )
    client = getattr(token.client, "registered", None) if token is not None else None
    if token is None or client is None:
        raise Problem("unauthorized", OLD_TOKEN, headers=CHALLENGE)
    # A scope taken from the client is gone from the tokens it already holds.
    granted = frozenset(token.get_scopes()) & frozenset(client.scopes)
    access = (
        CitizenAccess(token.user)
        if client.kind == Kind.CITIZEN_APP
        else PartnerAccess(client.user, scopes=granted)
    )
    if refusal := client.refusal(access.today):
        raise Problem("unauthorized", refusal, headers=CHALLENGE)
    if access.user is None or not access.user.is_active:
        raise Problem("unauthorized", OLD_TOKEN, headers=CHALLENGE)
    if not granted & set(scopes):
        wanted = "或".join(f"{code}（{SCOPES[code].title}）" for code in scopes)
        raise Problem(
            "forbidden", f"这个操作需要授权范围 {wanted}。请联系民政部门为接口客户增加，或重新请求授权。"
        )
    if client.kind == Kind.CITIZEN_APP and access.user.person_id is None:
        raise Problem(
            "forbidden", "这个账号没有绑定本人身份。请先完成实名认证，或到乡镇（街道）便民窗口办理。"
        )
    who = f"client:{client.pk}" if client.kind == Kind.PARTNER else f"client:{client.pk}:{access.user.pk}"
    return Caller(access, client, granted, who)
