"""Accounts and roles of the own region: open, ask for a role, grant it, end it, log out. Every change is audited."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.actions import (
    ask_role,
    close_account,
    end_log_ins,
    end_role,
    grant_role,
    open_account,
    refuse_role,
    reopen_account,
)
from minzheng.foundation.accounts.limits import limit
from minzheng.foundation.accounts.models import (
    Assignment,
    RequestState,
    ResetRequest,
    Role,
    RoleRequest,
    User,
)
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.accounts.sessions import log_ins_of
from minzheng.foundation.actions import Refused
from minzheng.foundation.people.exact import person_with
from minzheng.online.desk.accounts.forms import AccountForm, RoleForm
from minzheng.online.desk.paging import page_of

PERSON_MISSING = "人员台账里没有这个号码。请先在“人员”台账为此人建档，再开账号。"


def _in_region(request: HttpRequest) -> QuerySet[User]:
    """Accounts that hold, held or shall hold a role in the viewer's region."""
    held = request.access.scope("account.read", Assignment.objects.all())
    asked = request.access.scope("account.read", RoleRequest.objects.all())
    shown = Prefetch("assignments", Assignment.objects.select_related("region").order_by("-since", "-pk"))
    here = Q(Exists(held.filter(user=OuterRef("pk")))) | Q(Exists(asked.filter(user=OuterRef("pk"))))
    return User.objects.filter(here).prefetch_related(shown)


def _waiting(request: HttpRequest, permission: str) -> QuerySet[RoleRequest]:
    waiting = RoleRequest.objects.filter(state=RequestState.WAITING)
    return request.access.scope(permission, waiting).select_related("user", "region", "asked_by")


@permit("account.read")
def accounts(request: HttpRequest) -> HttpResponse:
    found = _in_region(request)
    if role := request.GET.get("role", ""):
        found = found.filter(assignments__role=role, assignments__until__isnull=True).distinct()
    context = {
        "page": page_of(request, found, "username"),
        "roles": Role.choices,
        "role": role,
        "waiting": _waiting(request, "account.read").order_by("asked_at"),
        "may_write": request.access.may("account.write"),
        "may_grant": request.access.may("account.grant"),
        "resets": request.access.scope(
            "account.read", ResetRequest.objects.filter(state=RequestState.WAITING)
        ).count(),
    }
    return render(request, "desk/accounts/accounts.html", context)


@permit("account.read")
def account(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(_in_region(request), pk=pk)
    return _account_page(request, user, RoleForm(request.access))


def _account_page(request: HttpRequest, user: User, form: RoleForm) -> HttpResponse:
    may_grant = request.access.may("account.grant")
    context = {
        "account": user,
        "form": form,
        "requests": user.role_requests.exclude(state=RequestState.GRANTED).select_related(
            "region", "asked_by"
        ),
        "may_write": request.access.may("account.write"),
        "may_grant": may_grant,
        "log_ins": log_ins_of(user) if may_grant else [],
    }
    return render(request, "desk/accounts/account.html", context)


@permit("account.write", fresh=True)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(_in_region(request), pk=pk)
    form = RoleForm(request.access, request.POST)
    if form.is_valid():
        try:
            ask_role(request.access, form.request(user))
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "已申请，由安全管理员核准后生效。")
            return redirect("desk:account", pk)
    return _account_page(request, user, form)


@permit("account.grant", fresh=True)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or refuse what another administrator asked for."""
    waiting = get_object_or_404(_waiting(request, "account.grant"), pk=pk)
    try:
        if "refuse" in request.POST:
            refuse_role(request.access, waiting, request.POST.get("reason", ""))
            messages.success(request, "已退回，申请人会看到理由。")
        else:
            grant_role(request.access, waiting)
            messages.success(request, f"已核准，即刻生效。{waiting.user}须重新登录。")
    except Refused as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("desk:account", waiting.user_id)


@permit("account.write", fresh=True)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    held = request.access.get("account.write", Assignment.objects.select_related("user", "region"), pk=pk)
    return _tell(
        request,
        held.user,
        lambda: end_role(request.access, held, request.access.today),
        f"已结束{held.user}的{held.get_role_display()}任职，即刻生效。",
    )


@permit("account.write", fresh=True)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, or open it again."""
    user = get_object_or_404(_in_region(request), pk=pk)
    if user.is_active:
        done = f"已停用{user}的账号，所有登录即刻结束。"
        return _tell(request, user, lambda: close_account(request.access, user, request.access.today), done)
    done = f"已恢复{user}的账号。任职须重新申请。"
    return _tell(request, user, lambda: reopen_account(request.access, user), done)


@permit("account.grant", fresh=True)
@require_POST
def log_out(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(_in_region(request), pk=pk)
    return _tell(
        request, user, lambda: end_log_ins(request.access, user), f"已结束{user}在所有设备上的登录。"
    )


def _tell(request: HttpRequest, user: User, do: Callable[[], object], done: str) -> HttpResponse:
    try:
        do()
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("desk:account", user.pk)


@permit("account.write", fresh=True)
def new(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.access, request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = secrets.token_urlsafe(9)
        try:
            user = _open(request, form, password)
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            # Shown once, on this page only: it is kept nowhere but as a hash.
            return render(
                request,
                "desk/accounts/opened.html",
                {"account": user, "password": password, "hours": limit("one_time_password_hours")},
            )
    return render(request, "desk/accounts/new.html", {"form": form})


def _open(request: HttpRequest, form: forms.Form, password: str) -> User:
    answers = form.cleaned_data
    person = person_with(answers["id_no"])
    if person is None:
        raise Refused(PERSON_MISSING)
    if person.name != answers["display_name"]:
        raise Refused("号码对应的姓名与填写的不一致，请核对身份证。")
    user = User(username=answers["username"], display_name=answers["display_name"], person=person)
    return open_account(request.access, form.request(user), user, password)  # type: ignore[attr-defined]
