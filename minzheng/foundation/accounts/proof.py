"""Step-up: who moves money, exports, reveals numbers or changes rights proves again who sits there.

A log-in is a proof; after `step_up_minutes` it is too old for these steps (ASVS 5.0 7.5.3, GB/T 22239 8.1.4.1).
The question is asked in place of the page that was wanted. A form that was being sent travels with it in hidden fields,
so nothing typed is lost and nothing personal is kept on the server.
"""

from __future__ import annotations

import time
from itertools import chain
from typing import Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.signals import authentication_step_completed
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from minzheng.foundation.accounts.limits import limit

PROVED_AT = "proved_at"
FIELDS = ("proof_password", "proof_code", "proof_credential")
NOT_KEPT = {*FIELDS, "csrfmiddlewaretoken"}


@receiver(user_logged_in)
def proved_by_logging_in(sender: Any, request: HttpRequest, **_: Any) -> None:
    mark(request)


@receiver(authentication_step_completed)
def proved_again(sender: Any, request: HttpRequest, reauthenticated: bool = False, **_: Any) -> None:
    if reauthenticated:
        mark(request)


def mark(request: HttpRequest) -> None:
    request.session[PROVED_AT] = int(time.time())


def is_fresh(request: HttpRequest) -> bool:
    proved_at = request.session.get(PROVED_AT)
    return proved_at is not None and time.time() - proved_at < limit("step_up_minutes") * 60


class ProofForm(forms.Form):
    """One of the ways that this user has: password, six digits of an authenticator, or a passkey."""

    proof_password = forms.CharField(
        label="登录密码",
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    proof_code = forms.CharField(
        label="或者：验证器上的6位数字",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    proof_credential = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, *args: Any, strictly: bool = False, **kwargs: Any) -> None:
        """`strictly`: who has a second factor must use it, as at a log-in."""
        super().__init__(*args, **kwargs)
        self.request, self.user = request, request.user
        self.kinds = set(Authenticator.objects.filter(user_id=self.user.pk).values_list("type", flat=True))
        if (strictly and self.kinds) or not self.user.has_usable_password():  # type: ignore[union-attr]
            del self.fields["proof_password"]
        if not self.kinds & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}:
            del self.fields["proof_code"]
        if Authenticator.Type.WEBAUTHN not in self.kinds:
            del self.fields["proof_credential"]
        if not self.fields:
            raise PermissionDenied(
                "这一步要再次验证身份，但这个账号没有密码，也没有验证器。请联系系统管理员重设密码。"
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        if given.get("proof_credential"):
            self._by_form(_passkey_form(), "credential", given["proof_credential"])
        elif given.get("proof_code"):
            self._by_form(_code_form(), "code", given["proof_code"].replace(" ", ""))
        elif given.get("proof_password"):
            self._by_password(given["proof_password"])
        else:
            raise forms.ValidationError("请填写登录密码，再继续。")
        return given

    def _by_password(self, password: str) -> None:
        from allauth.account.adapter import get_adapter

        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        reauthenticate_by_password(self.request)

    def _by_form(self, form_class: type[forms.Form], field: str, value: Any) -> None:
        """allauth's own form judges (and counts failures); its complaint is ours."""
        form = form_class(user=self.user, data={field: value})  # type: ignore[call-arg]
        if not form.is_valid():
            raise forms.ValidationError(
                " ".join(str(text) for data in form.errors.as_data().values() for text in chain(*data))
            )
        form.save()  # type: ignore[attr-defined]


def _code_form() -> type[forms.Form]:
    from allauth.mfa.base.forms import ReauthenticateForm

    return ReauthenticateForm  # type: ignore[no-any-return]


def _passkey_form() -> type[forms.Form]:
    from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm

    return ReauthenticateWebAuthnForm  # type: ignore[no-any-return]


def ask_for_proof(
    request: HttpRequest, *, why: str = "", address: str = "", strictly: bool = False
) -> HttpResponse | None:
    """The page that asks, or None as soon as the proof is given; then `request.POST` is the original form again.

    `why`: what the page says instead of naming money and rights. `address`: where the answer goes; the wanted
    page itself for a form, the proof page for a mere visit.
    """
    is_answer = request.method == "POST" and any(request.POST.get(field) for field in FIELDS)
    form = ProofForm(request, request.POST if is_answer else None, strictly=strictly)
    if is_answer and form.is_valid():
        kept = request.POST.copy()
        for field in FIELDS:
            kept.pop(field, None)
        request.POST = kept  # type: ignore[assignment]
        return None
    if is_answer and request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse(
            {"state": "refused", "text": " ".join(str(one) for one in form.non_field_errors())}, status=422
        )
    context = {
        "form": form,
        "why": why,
        "locks": None,  # this page is the lock
        "address": address or request.get_full_path(),
        "kept": [(name, one) for name, all_ in _kept(request).lists() for one in all_],
        "lost_files": [file.name for _, files in request.FILES.lists() for file in files],
        "passkey": _passkey_question(form),
        "minutes": limit("step_up_minutes"),
    }
    response = render(request, "account/prove.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"  # it carries what was typed
    return response


def _kept(request: HttpRequest) -> Any:
    kept = request.POST.copy()
    for name in NOT_KEPT:
        kept.pop(name, None)
    return kept


def _passkey_question(form: ProofForm) -> dict[str, Any] | None:
    if "proof_credential" not in form.fields:
        return None
    from allauth.mfa.webauthn.internal.auth import begin_authentication

    return begin_authentication(form.user)  # type: ignore[no-any-return]
