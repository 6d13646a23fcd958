"""Who lost the password or the telephone gets back in by two other people, and nobody else gets in that way."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from minzheng.demo.cast import PASSWORD, SIBLING_COUNTY
from minzheng.foundation.accounts.limits import limit
from minzheng.foundation.accounts.models import Assignment, RequestState, ResetRequest, User
from minzheng.foundation.accounts.resets import account_named, ask_reset, grant_reset, refuse_reset
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry

OWN = "another-long-word-9"
CHANGE = "/account/password/change/"


def request_for(access, username, why="手机丢失，验证器打不开"):
    user, place = account_named(access, username)
    return ResetRequest(user=user, region_id=place, seen="card", why=why)


@pytest.fixture
def asked(access, cast):
    return ask_reset(access("admin"), request_for(access("admin"), "clerk"))


def log_in(password, username="clerk"):
    client = Client()
    answer = client.post("/account/login/", {"login": username, "password": password})
    return client, answer


def change(client, old, new):
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new})


def test_it_ends_everything_that_was_open_and_takes_the_lost_proof_away(access, cast, asked):
    TOTP.activate(cast["clerk"], "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    desk = Client()
    desk.force_login(cast["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    assert desk.get("/desk/").status_code == 200, "asked for is not granted"

    grant_reset(access("security"), asked)

    assert desk.get("/desk/").status_code == 302
    assert not Authenticator.objects.filter(user=cast["clerk"]).exists()
    assert "Location" not in log_in(PASSWORD)[1], "the old password is worth nothing"


def test_the_one_time_password_opens_one_page_until_it_is_replaced(access, asked):
    password = grant_reset(access("security"), asked)
    client, answer = log_in(password)
    assert answer.status_code == 302

    for address in ("/", "/desk/", "/field/", "/account/2fa/", "/account/log-ins/"):
        assert client.get(address)["Location"] == CHANGE, address
    page = client.get(CHANGE).content.decode()
    assert "手机丢失" in page and "核准" in page, "the owner is told who did it and why"
    assert "不能和一次性密码相同" in change(client, password, password).content.decode()

    assert change(client, password, OWN).status_code == 302
    assert client.get("/desk/").status_code == 200
    assert "手机丢失" in client.get("/account/log-ins/").content.decode()
    assert log_in(password)[1].status_code == 200
    assert log_in(OWN)[1].status_code == 302


@pytest.mark.parametrize(("seconds_left", "opens"), [(5, True), (0, False)])
def test_it_runs_out(access, asked, seconds_left, opens):
    password = grant_reset(access("security"), asked)
    until = User.objects.get(username="clerk").one_time_until
    hours = dt.timedelta(hours=limit("one_time_password_hours"))
    assert abs(until - timezone.now() - hours) < dt.timedelta(minutes=1)
    User.objects.filter(username="clerk").update(
        one_time_until=timezone.now() + dt.timedelta(seconds=seconds_left)
    )

    _, answer = log_in(password)

    assert (answer.status_code == 302) is opens
    assert opens or "已经过期" in answer.content.decode()


def test_nobody_resets_the_own_account_and_nobody_does_it_alone(access, cast, asked):
    with pytest.raises(Refused, match="不能变更自己"):
        ask_reset(access("admin"), request_for(access("admin"), "admin"))
    for_security = ask_reset(access("admin"), request_for(access("admin"), "security"))
    with pytest.raises(Refused, match="不能变更自己"):
        grant_reset(access("security"), for_security)

    cast["security"].person = cast["admin"].person
    cast["security"].save()
    with pytest.raises(Refused, match="须由两个人"):
        grant_reset(access("security"), asked)


def test_a_second_account_of_the_owner_resets_nothing(access, cast, asked):
    cast["security"].person = cast["clerk"].person
    cast["security"].save()
    with pytest.raises(Refused, match="不能变更自己"):
        grant_reset(access("security"), asked)

    cast["admin"].person = cast["reviewer"].person
    cast["admin"].save()
    with pytest.raises(Refused, match="不能变更自己"):
        ask_reset(access("admin"), request_for(access("admin"), "reviewer"))


def test_the_database_itself_refuses_one_hand(cast, asked):
    for wrong in ({"decided_by": cast["admin"]}, {"decided_by": cast["clerk"]}, {"asked_by": cast["clerk"]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ResetRequest.objects.filter(pk=asked.pk).update(**wrong)


@pytest.mark.parametrize("username", ["admin", "audits", "clerk", "approver"])
def test_nobody_else_grants(access, asked, username):
    with pytest.raises(PermissionDenied):
        grant_reset(access(username), asked)


def test_another_countys_accounts_are_as_unknown_as_no_account(access, cast):
    Assignment.objects.filter(user=cast["clerk"]).update(region=SIBLING_COUNTY)
    for username in ("clerk", "nobody-has-this"):
        with pytest.raises(Refused, match="没有这个登录名"):
            account_named(access("admin"), username)


def test_it_is_granted_once_and_asked_for_once(access, asked):
    with pytest.raises(Refused, match="不用重复"):
        ask_reset(access("admin"), request_for(access("admin"), "clerk"))
    grant_reset(access("security"), asked)
    with pytest.raises(Refused, match="已经办过"):
        grant_reset(access("security"), asked)


def test_a_refusal_says_why_and_changes_nothing(access, asked):
    with pytest.raises(Refused, match="理由"):
        refuse_reset(access("security"), asked, " ")

    refuse_reset(access("security"), asked, "没有见到本人")

    asked.refresh_from_db()
    assert (asked.state, asked.reason) == (RequestState.REFUSED, "没有见到本人")
    assert log_in(PASSWORD)[1].status_code == 302


def test_a_citizens_account_is_reset_and_the_citizen_reads_it_in_the_own_file(access, cast):
    password = grant_reset(
        access("security"), ask_reset(access("admin"), request_for(access("admin"), "xiuying", "忘了密码"))
    )
    told = AuditEntry.objects.filter(action="account.grant_reset", persons=[cast["xiuying"].person_id])
    assert told.get().actor == cast["security"]

    client, _ = log_in(password, "xiuying")
    assert client.get("/portal/looked/")["Location"] == CHANGE
    change(client, password, OWN)
    page = client.get("/portal/looked/").content.decode()
    assert "申请重设密码" in page


def test_two_administrators_do_it_on_their_pages_and_the_password_shows_once(cast):
    admin, security = Client(), Client()
    for client, who in ((admin, "admin"), (security, "security")):
        client.force_login(cast[who], backend="django.contrib.auth.backends.ModelBackend")
    page = "/desk/accounts/resets/"

    said = {"username": "clerk", "seen": "card", "why": "手机丢失，验证器打不开"}
    assert admin.post(f"{page}new/", said | {"why": ""}).status_code == 422
    assert admin.post(f"{page}new/", said)["Location"] == page
    waiting = ResetRequest.objects.get()
    assert "核准重设" not in admin.get(page).content.decode()
    assert admin.post(f"{page}{waiting.pk}/", {"grant": "1"}).status_code == 403

    assert "核准重设" in security.get(page).content.decode()
    done = security.post(f"{page}{waiting.pk}/", {"grant": "1"})

    password = done.context["password"]
    assert password in done.content.decode() and done["Cache-Control"] == "no-store"
    assert security.post(f"{page}{waiting.pk}/", {"grant": "1"})["Location"] == page
    assert password not in security.get(page).content.decode()
    assert log_in(password)[1].status_code == 302


@pytest.mark.django_db
def test_the_log_in_page_leads_to_what_to_do():
    page = Client().get("/account/login/").content.decode()
    assert 'href="/account/forgotten/"' in page
    assert "居民身份证" in Client().get("/account/forgotten/").content.decode()
