"""Callers as the outside sees them: a partner's system and a citizen's app, each with a token it fetched itself."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import secrets
import uuid
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from minzheng.demo.cast import COUNTY
from minzheng.foundation.accounts.access import Access
from minzheng.online.api.actions import register_client
from minzheng.online.api.models import ApiClient, Kind

BACK = "https://app.example/back"


class Caller:
    """Speaks JSON to /api/v1 with its token; every POST with a key of its own unless told otherwise."""

    def __init__(self, token: str = "", registered: ApiClient | None = None, secret: str = "") -> None:
        self.token, self.registered, self.secret = token, registered, secret
        self.http = Client(raise_request_exception=False)

    def get(self, path: str, **query: Any) -> Any:
        return self.http.get(f"/api/v1{path}", query, headers=self.headers())

    def post(self, path: str, body: Any = None, key: str | None = None) -> Any:
        headers = self.headers() | {"Idempotency-Key": uuid.uuid4().hex if key is None else key}
        return self.http.post(
            f"/api/v1{path}", body if body is not None else {}, "application/json", headers=headers
        )

    def upload(self, name: str, content: bytes, kind: str = "authorisation", key: str | None = None) -> Any:
        from django.core.files.uploadedfile import SimpleUploadedFile

        headers = self.headers() | {"Idempotency-Key": key or uuid.uuid4().hex}
        form = {"file": SimpleUploadedFile(name, content), "kind": kind}
        return self.http.post("/api/v1/documents", form, headers=headers)

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def partner(
    admin: Any, *scopes: str, region: str = COUNTY, name: str = "县医保局业务系统", **more: Any
) -> Caller:
    today = dt.date.today()
    client = ApiClient(
        kind=Kind.PARTNER, name=name, department="新晃县医疗保障局", contact="信息股 0745-6220000", basis="共享协议〔2026〕3号",
        region_id=region, since=today, until=today + dt.timedelta(days=365),
        purposes=more.pop("purposes", ["service"]), **more,
    )  # fmt: skip
    secret = register_client(Access(admin), client, scopes or ("case.submit", "status.enquire"))
    return Caller(token_of(client, secret)["access_token"], client, secret)


def token_of(client: ApiClient, secret: str) -> dict[str, Any]:
    answer = Client().post(
        "/identity/o/api/token", {"grant_type": "client_credentials"}, headers=basic(client.pk, secret)
    )
    return answer.json()


def basic(name: str, secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}


def app(admin: Any, *scopes: str) -> ApiClient:
    today = dt.date.today()
    client = ApiClient(
        kind=Kind.CITIZEN_APP, name="新晃通", department="新晃县数据局", contact="应用科 0745-6220001", basis="合作协议",
        region_id=COUNTY, since=today, until=today + dt.timedelta(days=365),
    )  # fmt: skip
    register_client(Access(admin), client, scopes or ("my.read", "my.apply"), [BACK])
    return client


def allow(client: ApiClient, user: Any, scopes: str = "openid my.read my.apply") -> dict[str, Any]:
    """The whole way of authorization code with PKCE: ask, consent, come back, exchange."""
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "client_id": client.pk, "redirect_uri": BACK, "response_type": "code", "scope": scopes, "state": "s1",
        "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    page = browser.get("/identity/o/authorize", asked)
    form = page.context["form"]
    consent = {"request": form["request"].value(), "scopes": scopes.split(), "action": "grant"}
    back = browser.post("/identity/o/authorize", consent)
    code = parse_qs(urlsplit(back["Location"]).query)["code"][0]
    exchange = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "client_id": client.pk, "code_verifier": verifier,
    }  # fmt: skip
    return Client().post("/identity/o/api/token", exchange).json()


def citizen(admin: Any, user: Any) -> Caller:
    client = app(admin)
    return Caller(allow(client, user)["access_token"], client)
