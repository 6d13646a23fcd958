"""How allauth's authorization server speaks for this house: who a citizen is to an app, and what scopes are called."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser

from minzheng.foundation.accounts.models import User
from minzheng.online.api.scopes import SCOPES


class Adapter(DefaultOIDCAdapter):
    scope_display = {"openid": "确认您是同一个人（不含姓名和号码）"} | {
        scope.code: scope.title for scope in SCOPES.values()
    }

    def generate_client_secret(self) -> str:
        return new_secret()

    def get_issuer(self) -> str:
        return settings.SITE_URL

    def get_user_sub(self, client: Client, user: AbstractBaseUser) -> str:
        """Another one for each app: two apps cannot find out that they serve the same citizen (OIDC Core 8.1)."""
        sealed = _siv().encrypt(str(user.pk).encode(), [client.pk.encode()])
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    def get_user_by_sub(self, client: Client, sub: str) -> AbstractBaseUser | None:
        try:
            sealed = base64.urlsafe_b64decode(sub + "=" * (-len(sub) % 4))
            key = _siv().decrypt(sealed, [client.pk.encode()]).decode()
        except (InvalidTag, ValueError, binascii.Error):
            return None
        return User.objects.filter(pk=key, is_active=True).first()

    def get_claims(
        self, purpose: Any, user: Any, client: Any, scopes: Any, email: Any = None, **more: Any
    ) -> dict[str, Any]:
        """Neither name nor number nor account: whoever needs them asks an operation, and the look is recorded."""
        return {"sub": self.get_user_sub(client, user)}


def new_secret() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def _siv() -> AESSIV:
    return AESSIV(hashlib.sha512(b"api.sub\0" + settings.SECRET_KEY.encode()).digest()[:32])
