"""开放接口 on the desk: clients, their secrets (shown once), what is pushed to them and what did not arrive."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.online.api.actions import (
    register_client,
    resend,
    revoke_client,
    rotate_secret,
    subscribe,
    unsubscribe,
)
from minzheng.online.api.desk.forms import ClientForm, RevokeForm, SubscriptionForm
from minzheng.online.api.models import ApiClient, Delivery, DeliveryState, Kind, Subscription
from minzheng.online.api.scopes import titles
from minzheng.online.api.webhooks.kinds import KINDS
from minzheng.online.desk.paging import page_of

TONES = {DeliveryState.WAITING: "info", DeliveryState.DELIVERED: "ok", DeliveryState.DEAD: "bad"}


def _clients(request: HttpRequest) -> QuerySet[ApiClient]:
    scoped = request.access.scope("api.client", ApiClient.objects.all())  # type: ignore[attr-defined]
    return scoped.select_related("oidc", "region", "registered_by")


def _client(request: HttpRequest, key: str) -> ApiClient:
    return request.access.get(
        "api.client", ApiClient.objects.select_related("oidc", "region", "user"), pk=key
    )  # type: ignore[attr-defined]


@permit("api.client")
def clients(request: HttpRequest) -> HttpResponse:
    """The list, searched by name or department; those that need somebody's look say so."""
    found = _clients(request).annotate(
        dead=Count("subscriptions__deliveries", filter=Q(subscriptions__deliveries__state=DeliveryState.DEAD))
    )
    if text := request.GET.get("q", "").replace("\0", "").strip():
        found = found.filter(Q(name__icontains=text) | Q(department__icontains=text))
    if (kind := request.GET.get("kind", "")) in Kind.values:
        found = found.filter(kind=kind)
    page = page_of(request, found, "name")
    today = request.access.today  # type: ignore[attr-defined]
    context = {
        "page": page,
        "rows": [(one, *one.standing(today)) for one in page.rows],
        "q": text,
        "kind": kind,
        "kinds": Kind.choices,
    }
    return render(request, "api/desk/clients.html", context)


@never_cache
@permit("api.client", fresh=True)
def new(request: HttpRequest) -> HttpResponse:
    form = ClientForm(request.access, request.POST or None)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        client = form.client
        try:
            secret = register_client(
                request.access,  # type: ignore[attr-defined]
                client,
                form.cleaned_data["scopes"],
                form.cleaned_data["redirects"].splitlines(),
            )
        except Refused as refused:
            _add(form, refused)
        else:
            return _shown_once(request, client, secret, "接口客户已登记")
    return render(request, "api/desk/new.html", {"form": form})


@permit("api.client")
def client(request: HttpRequest, key: str) -> HttpResponse:
    return _page(request, _client(request, key), SubscriptionForm(), RevokeForm())


def _page(
    request: HttpRequest, found: ApiClient, subscribing: forms.Form, revoking: forms.Form
) -> HttpResponse:
    tone, words = found.standing(request.access.today)  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "client": found,
        "tone": tone,
        "words": words,
        "scopes": titles(found.scopes),
        "purposes": found._meta.get_field("purposes"),
        "subscriptions": found.subscriptions.order_by("-pk"),
        "event_titles": {one.code: one.title for one in KINDS.values()},
        "is_partner": found.kind == Kind.PARTNER,
        "subscribing": subscribing,
        "revoking": revoking,
        "redirects": found.oidc.get_redirect_uris(),
    }
    return render(request, "api/desk/client.html", context)


@never_cache
@permit("api.client", fresh=True)
@require_POST
def rotate(request: HttpRequest, key: str) -> HttpResponse:
    found = _client(request, key)
    try:
        secret = rotate_secret(request.access, found)  # type: ignore[attr-defined]
    except Refused as refused:
        messages.error(request, refused.messages[0])
        return redirect("clients:client", key)
    return _shown_once(request, found, secret, "密钥已更换")


@permit("api.client", fresh=True)
@require_POST
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    found = _client(request, key)
    form = RevokeForm(request.POST)
    if form.is_valid():
        try:
            revoke_client(request.access, found, form.cleaned_data["reason"])  # type: ignore[attr-defined]
        except Refused as refused:
            _add(form, refused)
        else:
            messages.success(request, f"已停用“{found.name}”，它的令牌即刻失效。")
            return redirect("clients:client", key)
    return _page(request, found, SubscriptionForm(), form)


@never_cache
@permit("api.client", fresh=True)
@require_POST
def add_subscription(request: HttpRequest, key: str) -> HttpResponse:
    found = _client(request, key)
    form = SubscriptionForm(request.POST)
    if form.is_valid():
        try:
            made = subscribe(request.access, found, form.cleaned_data["url"], form.cleaned_data["events"])  # type: ignore[attr-defined]
        except Refused as refused:
            _add(form, refused)
        else:
            return _shown_once(request, found, made.secret, "事件订阅已登记", made)
    return _page(request, found, form, RevokeForm())


@permit("api.client", fresh=True)
@require_POST
def end_subscription(request: HttpRequest, pk: int) -> HttpResponse:
    found = request.access.get(
        "api.client", Subscription.objects.select_related("client"), "client__region_id", pk=pk
    )  # type: ignore[attr-defined]
    try:
        unsubscribe(request.access, found)  # type: ignore[attr-defined]
        messages.success(request, "已停止推送。")
    except Refused as refused:
        messages.error(request, refused.messages[0])
    return redirect("clients:client", found.client_id)


@permit("api.client")
def deliveries(request: HttpRequest) -> HttpResponse:
    """What was pushed, and first of all what did not arrive."""
    found = request.access.scope("api.client", Delivery.objects.all(), "subscription__client__region_id")  # type: ignore[attr-defined]
    state = request.GET.get("state", DeliveryState.DEAD)
    if state in DeliveryState.values:
        found = found.filter(state=state)
    page = page_of(request, found.select_related("subscription__client__oidc"), "id", descending=True)
    context = {
        "page": page,
        "rows": [
            (one, KINDS[one.kind].title if one.kind in KINDS else one.kind, TONES[DeliveryState(one.state)])
            for one in page.rows
        ],
        "state": state,
        "states": DeliveryState.choices,
    }
    return render(request, "api/desk/deliveries.html", context)


@permit("api.client")
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    found = request.access.get(  # type: ignore[attr-defined]
        "api.client",
        Delivery.objects.select_related("subscription__client"),
        "subscription__client__region_id",
        pk=pk,
    )
    try:
        resend(request.access, found)  # type: ignore[attr-defined]
        messages.success(request, "已列入待送达，马上重发。")
    except Refused as refused:
        messages.error(request, refused.messages[0])
    return redirect("clients:deliveries")


def _shown_once(
    request: HttpRequest, found: ApiClient, secret: str, title: str, made: Subscription | None = None
) -> HttpResponse:
    """On this page only: the secret is kept nowhere that anybody could read it again."""
    context = {"client": found, "secret": secret, "title": title, "subscription": made}
    return render(request, "api/desk/shown_once.html", context)


def _add(form: forms.Form, refused: Refused) -> None:
    """A refusal stands beside the field it is about."""
    for name, texts in (
        refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
    ).items():
        form.add_error(name if name in form.fields else None, texts)
