"""The few addresses of the authorization server that we offer; allauth and oauthlib do the work.

No implicit flow, no password grant, no device codes, no registration by strangers; PKCE with S256 for every app.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from allauth.core.internal.httpkit import extract_basic_auth
from allauth.idp.oidc import views as allauth
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.permits import citizen, public
from minzheng.foundation.certificates.paper import site_address
from minzheng.online.api.bearer import visitor
from minzheng.online.api.limits import count
from minzheng.online.api.models import ApiClient
from minzheng.online.api.oauth.allowed import IDLE_DAYS
from minzheng.online.api.problems import Problem
from minzheng.online.api.scopes import SCOPES

NO_STORE = {"Cache-Control": "no-store"}
NO_PKCE = "这个应用的授权请求缺少 PKCE（S256），不安全，没有继续。请联系应用的开发者。"


@public("what this authorization server offers is for every client to read")
@require_safe
def configuration(request: HttpRequest) -> HttpResponse:
    """OpenID Connect Discovery."""
    said = {
        "issuer": site_address(""),
        "authorization_endpoint": site_address(reverse("idp:oidc:authorization")),
        "token_endpoint": site_address(reverse("idp:oidc:token")),
        "revocation_endpoint": site_address(reverse("idp:oidc:revoke")),
        "jwks_uri": site_address(reverse("idp:oidc:jwks")),
        "scopes_supported": ["openid", *SCOPES],
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }
    return JsonResponse(said)


@public("keys by which everybody checks an ID token")
@require_safe
def jwks(request: HttpRequest) -> HttpResponse:
    return allauth.jwks(request)


@csrf_exempt
@citizen
def authorization(request: HttpRequest) -> HttpResponse:
    """A citizen decides what an app may do. (POST is checked for CSRF by allauth itself.)"""
    asked = request.GET if request.method == "GET" else None
    if asked is not None:
        if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
            return render(request, "idp/oidc/error.html", {"words": NO_PKCE}, status=400)
        client = ApiClient.objects.filter(pk=asked.get("client_id", "")).first()
        refusal = (
            client.refusal(Access(None).today)
            if client
            else "没有登记过这个应用。请不要继续，并告诉应用的开发者。"
        )
        if refusal:
            return render(request, "idp/oidc/error.html", {"words": refusal}, status=400)
    response = allauth.authorization(request)
    if isinstance(response, TemplateResponse) and response.context_data is not None:
        response.context_data["idle_days"] = IDLE_DAYS
    if asked is not None:
        # The browser follows the form's answer to the app only if the policy of the page names the app.
        back = urlsplit(asked.get("redirect_uri", ""))
        target = f"{back.scheme}://{back.netloc}" if back.scheme in ("https", "http") else f"{back.scheme}:"
        response._csp_update = {"form-action": [target]}  # type: ignore[attr-defined]
    return response


@public("a client proves itself by its secret, or an app by the code it was given")
@csrf_exempt
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """RFC 6749 4.1.3, 4.4.2 and 6. A client that was revoked, or has run out, gets none."""
    try:
        count(visitor(request))
    except Problem as problem:
        return _refused("temporarily_unavailable", problem.detail, 429)
    key = extract_basic_auth(request.headers)[0] or request.POST.get("client_id", "")
    client = ApiClient.objects.filter(pk=key).first() if "\0" not in key else None
    refusal = client.refusal(Access(None).today) if client else "没有登记过这个接口客户，或者密钥不对。"
    if refusal:
        return _refused("invalid_client", refusal, 401)
    response = allauth.token(request)
    response["Cache-Control"] = "no-store"
    return response


@public("whoever holds a token may give it up")
@csrf_exempt
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    return allauth.revoke(request)


def _refused(error: str, words: str, status: int) -> HttpResponse:
    return JsonResponse({"error": error, "error_description": words}, status=status, headers=NO_STORE)
