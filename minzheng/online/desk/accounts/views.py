"""Accounts and roles of the own region: list, open, give a role, end a role. Every change is audited."""

from __future__ import annotations

import secrets

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.actions import end_role, give_role, open_account
from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.people.models import Person
from minzheng.online.desk.accounts.forms import AccountForm, RoleForm
from minzheng.online.desk.paging import page_of

PERSON_MISSING = "人员台账里没有这个号码。请先在“人员”台账为此人建档，再开账号。"


def _in_region(request: HttpRequest) -> QuerySet[User]:
    """Accounts that hold, or held, a role in the viewer's region."""
    held = request.access.scope("account.read", Assignment.objects.all())
    shown = Prefetch("assignments", Assignment.objects.select_related("region").order_by("-since", "-pk"))
    return User.objects.filter(Exists(held.filter(user=OuterRef("pk")))).prefetch_related(shown)


@permit("account.read")
def accounts(request: HttpRequest) -> HttpResponse:
    found = _in_region(request)
    if role := request.GET.get("role", ""):
        found = found.filter(assignments__role=role, assignments__until__isnull=True).distinct()
    context = {
        "page": page_of(request, found, "username"),
        "roles": Role.choices,
        "role": role,
        "may_write": request.access.may("account.write"),
    }
    return render(request, "desk/accounts/accounts.html", context)


@permit("account.read")
def account(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(_in_region(request), pk=pk)
    return _account_page(request, user, RoleForm(request.access))


def _account_page(request: HttpRequest, user: User, form: RoleForm) -> HttpResponse:
    context = {"account": user, "form": form, "may_write": request.access.may("account.write")}
    return render(request, "desk/accounts/account.html", context)


@permit("account.write", fresh=True)
@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(_in_region(request), pk=pk)
    form = RoleForm(request.access, request.POST)
    if form.is_valid():
        try:
            given = give_role(request.access, form.assignment(user))
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"已任命{user}为{given.region.name}{given.get_role_display()}。")
            return redirect("desk:account", pk)
    return _account_page(request, user, form)


@permit("account.write", fresh=True)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    held = request.access.get("account.write", Assignment.objects.select_related("user", "region"), pk=pk)
    try:
        end_role(request.access, held, request.access.today)
        messages.success(request, f"已结束{held.user}的{held.get_role_display()}任职，即刻生效。")
    except Refused as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("desk:account", held.user_id)


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
            return render(request, "desk/accounts/opened.html", {"account": user, "password": password})
    return render(request, "desk/accounts/new.html", {"form": form})


def _open(request: HttpRequest, form: forms.Form, password: str) -> User:
    answers = form.cleaned_data
    person = Person.objects.filter(id_no=answers["id_no"].upper()).first()
    if person is None:
        raise Refused(PERSON_MISSING)
    if person.name != answers["display_name"]:
        raise Refused("号码对应的姓名与填写的不一致，请核对身份证。")
    user = User(username=answers["username"], display_name=answers["display_name"], person=person)
    return open_account(request.access, form.assignment(user), user, password)  # type: ignore[attr-defined]
