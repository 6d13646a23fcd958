"""How allauth treats our accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by an administrator or by real-name verification, never by a web form."""
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """One page asks, whichever way is taken (accounts/proof.py); allauth's own three stay unused."""
        return [{"id": "prove", "description": "再次验证身份", "url": reverse("accounts:prove")}]
