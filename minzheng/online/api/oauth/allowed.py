"""授权的应用: which apps act in the citizen's name, and the end of it (个人信息保护法 第十五条：可以撤回同意)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from allauth.idp.oidc.models import Token
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import User
from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.actions import Refused, action
from minzheng.online.api.models import ApiClient
from minzheng.online.api.oauth.adapter import Adapter

IDLE_DAYS = settings.IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN // 86400


@dataclass
class Allowed:
    """One app as the citizen sees it. `used_at`: when it last fetched a token; `ends_at`: when it ends if it never does again."""

    client: ApiClient
    used_at: dt.datetime
    ends_at: dt.datetime
    codes: set[str] = field(default_factory=set)

    @property
    def may(self) -> list[str]:
        return [title for code, title in Adapter.scope_display.items() if code in self.codes]


def allowed_by(user: User) -> list[Allowed]:
    """The apps that hold a token of the user's which is still worth something, the latest used first."""
    found: dict[str, Allowed] = {}
    for token in Token.objects.valid().filter(user=user).select_related("client__registered").order_by("pk"):
        client = getattr(token.client, "registered", None)
        if client is None or token.expires_at is None:
            continue
        one = found.setdefault(client.pk, Allowed(client, token.created_at, token.expires_at))
        one.used_at, one.ends_at = max(one.used_at, token.created_at), max(one.ends_at, token.expires_at)
        one.codes |= set(token.get_scopes())
    return sorted(found.values(), key=lambda one: one.used_at, reverse=True)


@action("api.withdraw", "撤销应用的授权")
def withdraw(access: Access, client: ApiClient) -> None:
    """All tokens and codes that the citizen gave this app are worth nothing from now on."""
    ended, _ = Token.objects.filter(user=access.user, client=client.oidc).delete()
    if not ended:
        raise Refused("这个应用的授权已经撤销，不用再办。")


@citizen
@require_safe
def apps(request: HttpRequest) -> HttpResponse:
    context = {
        "apps": allowed_by(request.access.user),  # type: ignore[attr-defined]
        "idle_days": IDLE_DAYS,
        "back_url": reverse("portal:home"),
    }
    return render(request, "api/allowed.html", context)


@citizen
@require_POST
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    given = Token.objects.filter(user=request.access.user, client_id=key)  # type: ignore[attr-defined]
    client = ApiClient.objects.filter(pk=key).first()
    if client is None or not given.exists():
        raise Http404("您没有授权过这个应用，或者已经撤销。请返回“授权的应用”查看。")
    try:
        withdraw(request.access, client)  # type: ignore[attr-defined]
    except Refused as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, f"已撤销“{client.name}”的授权，它马上不能再用您的名义。")
    return redirect("idp:apps")
