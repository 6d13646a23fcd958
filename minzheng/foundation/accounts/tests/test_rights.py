"""Rights are given by two people, never to oneself; and a change of rights ends every open log-in at once."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from minzheng.demo.cast import COUNTY, PASSWORD, TOWNSHIP
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
from minzheng.foundation.accounts.models import Assignment, RequestState, Role, RoleRequest, User
from minzheng.foundation.accounts.permissions import PERMISSIONS
from minzheng.foundation.actions import Refused

TODAY = dt.date.today()


def log_in(username, agent="Mozilla/5.0 (Windows NT 10.0) Chrome/130.0", password=PASSWORD):
    client = Client(HTTP_USER_AGENT=agent)
    assert client.post("/account/login/", {"login": username, "password": password}).status_code == 302
    return client


@pytest.fixture
def asked(access, cast):
    """A request: the helper shall be a township clerk."""
    return ask_role(access("admin"), wanted(cast["helper"], Role.TOWNSHIP_CLERK, TOWNSHIP))


def wanted(user, role, region):
    return RoleRequest(user=user, role=role, region_id=region)


def test_a_role_that_was_only_asked_for_gives_nothing(access, asked):
    assert not access("helper").may("register.export", TOWNSHIP)


def test_it_holds_once_the_security_administrator_has_granted_it(access, asked):
    grant_role(access("security"), asked)

    assert access("helper").may("register.export", TOWNSHIP)
    asked.refresh_from_db()
    assert asked.state == RequestState.GRANTED


def test_it_is_granted_once(access, asked):
    grant_role(access("security"), asked)

    with pytest.raises(Refused, match="已经办过"):
        grant_role(access("security"), asked)


@pytest.mark.parametrize("username", ["admin", "audits", "clerk", "auditor"])
def test_nobody_else_grants(access, asked, username):
    with pytest.raises(PermissionDenied):
        grant_role(access(username), asked)


@pytest.mark.parametrize("username", ["security", "audits", "approver"])
def test_nobody_else_asks_or_opens_accounts(access, cast, username):
    with pytest.raises(PermissionDenied):
        ask_role(access(username), wanted(cast["clerk2"], Role.FINANCE, COUNTY))
    with pytest.raises(PermissionDenied):
        open_account(access(username), wanted(None, Role.FINANCE, COUNTY), User(username="x"), "x" * 12)


def test_only_the_audit_administrator_of_the_three_reads_the_audit():
    three = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}
    assert PERMISSIONS["audit.read"][1] & three == {Role.AUDIT_ADMIN}


def test_who_asked_does_not_grant_even_with_a_second_account(access, cast, asked):
    """Four eyes are judged by person: the same human being as administrator of both kinds is refused."""
    cast["security"].person = cast["admin"].person
    cast["security"].save()

    with pytest.raises(Refused, match="须由两个人"):
        grant_role(access("security"), asked)


def test_the_database_itself_refuses_a_grant_by_the_asker(cast, asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleRequest.objects.filter(pk=asked.pk).update(decided_by=cast["admin"])


def test_nobody_gives_a_role_to_oneself(access, cast):
    with pytest.raises(Refused, match="不能变更自己"):
        ask_role(access("admin"), wanted(cast["admin"], Role.FINANCE, COUNTY))
    for_security = ask_role(access("admin"), wanted(cast["security"], Role.FINANCE, COUNTY))
    with pytest.raises(Refused, match="不能变更自己"):
        grant_role(access("security"), for_security)


@pytest.mark.parametrize("second", [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
def test_nobody_holds_two_of_the_three_administrators(access, cast, second):
    first = ask_role(access("admin"), wanted(cast["clerk"], Role.SECURITY_ADMIN, COUNTY))
    with pytest.raises(Refused, match="等保三员"):
        ask_role(access("admin"), wanted(cast["clerk"], second, COUNTY))

    grant_role(access("security"), first)
    with pytest.raises(Refused, match="等保三员"):
        ask_role(access("admin"), wanted(cast["clerk"], second, COUNTY))


def test_a_refusal_needs_a_reason(access, asked):
    with pytest.raises(Refused, match="理由"):
        refuse_role(access("security"), asked, " ")

    assert refuse_role(access("security"), asked, "岗位已满").reason == "岗位已满"


CHANGES = {
    "a role is granted": lambda access, cast: grant_role(
        access("security"), ask_role(access("admin"), wanted(cast["clerk"], Role.FINANCE, COUNTY))
    ),
    "a role ends": lambda access, cast: end_role(
        access("admin"), Assignment.objects.get(user=cast["clerk"]), TODAY
    ),
    "the account is closed": lambda access, cast: close_account(access("admin"), cast["clerk"], TODAY),
    "the security administrator ends them": lambda access, cast: end_log_ins(
        access("security"), cast["clerk"]
    ),
    "the password is changed": lambda access, cast: log_in("clerk").post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "another-long-word-9", "password2": "another-long-word-9"},
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_open_log_in_ends_at_its_next_request_when(change, access, cast):
    desk, phone = log_in("clerk"), log_in("clerk", "Mozilla/5.0 (Linux; Android 14) Chrome/130.0")
    other = log_in("reviewer")

    CHANGES[change](access, cast)

    assert desk.get("/desk/").status_code == phone.get("/field/").status_code == 302
    queued = phone.post("/account/stay/", HTTP_ACCEPT="application/json")
    assert queued.status_code in {302, 403}, "what waits on the phone is not taken any more"
    assert other.get("/desk/").status_code == 200, "nobody else is touched"


def test_who_changes_the_own_password_stays_logged_in_there(cast):
    here = log_in("clerk")
    here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "another-long-word-9", "password2": "another-long-word-9"},
    )

    assert here.get("/desk/").status_code == 200


def test_a_closed_account_opens_again_without_its_roles(access, cast):
    close_account(access("admin"), cast["clerk"], TODAY)
    refused = Client().post("/account/login/", {"login": "clerk", "password": PASSWORD})
    assert refused.headers.get("Location", "") != "/"

    reopen_account(access("admin"), cast["clerk"])
    assert log_in("clerk").get("/desk/").status_code == 403


def test_a_user_sees_the_own_devices_and_ends_the_others(cast):
    here, phone = log_in("clerk"), log_in("clerk", "Mozilla/5.0 (Linux; Android 14) Chrome/130.0")
    page = here.get("/account/log-ins/").content.decode()
    assert "Windows 电脑，Chrome 浏览器" in page and "安卓手机" in page

    here.post("/account/log-ins/", {"end": "others"})

    assert phone.get("/field/").status_code == 302
    assert here.get("/desk/").status_code == 200


def test_nobody_ends_anothers_log_in_by_its_number(cast):
    mine, other = log_in("clerk"), log_in("reviewer")
    number = UserSession.objects.get(user=cast["reviewer"]).pk

    mine.post("/account/log-ins/", {"end": str(number)})

    assert other.get("/desk/").status_code == 200
