"""Somebody forgot the password or lost the telephone: one administrator asks, another grants, the password shows once."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.limits import limit
from minzheng.foundation.accounts.models import RequestState, ResetRequest
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.accounts.resets import account_named, ask_reset, grant_reset, refuse_reset
from minzheng.foundation.actions import Refused
from minzheng.online.desk.paging import page_of
from minzheng.online.ui.forms import PlainForm


class ResetForm(PlainForm):
    username = forms.CharField(
        label="登录名", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    seen = forms.ChoiceField(label="怎样核实本人", choices=[("", "请选择"), *ResetRequest.Seen.choices])
    why = forms.CharField(
        label="事由", max_length=200, help_text="例如“手机丢失，验证器打不开”。账号本人会看到。"
    )


@permit("account.read")
def resets(request: HttpRequest) -> HttpResponse:
    return _page(request, ResetForm())


def _page(request: HttpRequest, form: ResetForm, status: int = 200) -> HttpResponse:
    found = request.access.scope("account.read", ResetRequest.objects.all())  # type: ignore[attr-defined]
    found = found.select_related("user", "region", "asked_by", "decided_by")
    context = {
        "form": form,
        "waiting": found.filter(state=RequestState.WAITING).order_by("asked_at"),
        "page": page_of(request, found.exclude(state=RequestState.WAITING), "asked_at", descending=True),
        "may_write": request.access.may("account.write"),  # type: ignore[attr-defined]
        "may_grant": request.access.may("account.grant"),  # type: ignore[attr-defined]
        "trail": [("账号与任职", reverse("desk:accounts")), ("重设密码", "")],
        "hours": limit("one_time_password_hours"),
    }
    return render(request, "desk/accounts/resets.html", context, status=status)


@permit("account.write", fresh=True)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    form = ResetForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            user, place = account_named(request.access, given["username"])  # type: ignore[attr-defined]
            wanted = ResetRequest(user=user, region_id=place, seen=given["seen"], why=given["why"])
            ask_reset(request.access, wanted)  # type: ignore[attr-defined]
        except Refused as refusal:
            form.add_error(None, " ".join(refusal.messages))
        else:
            messages.success(request, "已申请，由安全管理员核准后重设。")
            return redirect("desk:resets")
    return _page(request, form, 422)


@permit("account.grant", fresh=True)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or refuse. The password is in this one answer only; asked for again, the request is no longer open."""
    waiting = request.access.get("account.grant", ResetRequest.objects.select_related("user"), pk=pk)  # type: ignore[attr-defined]
    try:
        if "refuse" in request.POST:
            refuse_reset(request.access, waiting, request.POST.get("reason", ""))  # type: ignore[attr-defined]
            messages.success(request, "已退回，申请人会看到理由。")
            return redirect("desk:resets")
        password = grant_reset(request.access, waiting)  # type: ignore[attr-defined]
    except Refused as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("desk:resets")
    waiting.user.refresh_from_db()
    response = render(
        request, "desk/accounts/reset_done.html", {"account": waiting.user, "password": password}
    )
    response["Cache-Control"] = "no-store"
    return response
