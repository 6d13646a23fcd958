"""Two proofs for whoever moves money, takes data out or gives rights: a passkey or an authenticator beside the password."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from minzheng.demo.cast import CAST, PASSWORD
from minzheng.foundation.accounts.factors import needs_second_factor
from minzheng.foundation.accounts.models import Role
from minzheng.foundation.accounts.proof import PROVED_AT

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def logged_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def code():
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


WITHOUT = {
    None,
    Role.VILLAGE_HELPER,
    Role.CHILD_DIRECTOR,
    Role.VIEWER,
    Role.REGISTRAR,
    Role.ASSESSOR,
    Role.INSTITUTION,
}


@pytest.mark.parametrize("member", CAST, ids=lambda one: one.username)
def test_it_asks_exactly_those_who_handle_money_exports_or_rights(member, access, required):
    assert needs_second_factor(access(member.username)) is (member.role not in WITHOUT)


def test_it_is_on_unless_this_is_a_demo_or_a_test():
    from pathlib import Path

    text = Path("minzheng/settings/login.py").read_text(encoding="utf-8")
    assert "SECOND_FACTOR_REQUIRED = not (DEMO or TESTING)" in text


def test_a_password_alone_opens_only_the_page_that_sets_it_up(cast, required):
    client = logged_in(cast["finance"])

    answer = client.get("/desk/payments/")
    assert answer["Location"] == "/account/2fa/"
    page = client.get("/account/2fa/").content.decode()
    assert "须先设置第二种验证" in page and "添加通行密钥" in page
    assert client.get("/open/").status_code == 200
    assert client.post("/account/stay/").status_code == 200


def test_who_has_one_goes_on(cast, required):
    TOTP.activate(cast["finance"], SECRET)

    assert logged_in(cast["finance"]).get("/desk/payments/").status_code == 200


def test_recovery_codes_alone_are_no_second_proof(cast, required):
    Authenticator.objects.create(user=cast["finance"], type=Authenticator.Type.RECOVERY_CODES, data={})

    assert logged_in(cast["finance"]).get("/desk/payments/").status_code == 302


def test_who_handles_none_of_this_is_not_asked(cast, required):
    assert logged_in(cast["helper"]).get("/field/").status_code == 200
    assert logged_in(cast["xiuying"]).get("/portal/").status_code == 200


def test_a_log_in_wants_both_and_a_step_up_takes_the_six_digits(cast):
    TOTP.activate(cast["finance"], SECRET)
    client = Client()

    first = client.post("/account/login/", {"login": "finance", "password": PASSWORD})
    assert first["Location"].startswith("/account/2fa/authenticate")
    assert client.get("/desk/").status_code == 302, "the password alone is not a log-in"
    client.post("/account/2fa/authenticate/", {"code": code()})
    assert client.get("/desk/").status_code == 200

    session = client.session
    session[PROVED_AT] = 0
    session.save()
    Authenticator.objects.filter(user=cast["finance"]).update(last_used_at=None)
    assert client.post("/account/prove/", {"proof_code": "000000"}).status_code == 422


def test_five_wrong_digits_close_the_door_for_ten_minutes(cast):
    TOTP.activate(cast["finance"], SECRET)
    client = logged_in(cast["finance"])
    answers = [client.post("/account/prove/", {"proof_code": "000000"}).content.decode() for _ in range(6)]

    assert "验证码不对" in answers[0]
    assert "暂停验证" in answers[5]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_added_logs_in_and_proves(open_page, cast, live_server):
    page = open_page("/account/2fa/webauthn/add/", user=cast["reviewer"])
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.get_by_label("登录密码").fill(PASSWORD)  # adding a key is itself a step that asks first
    page.get_by_role("button", name="验证并继续").click()
    page.get_by_label("名称").fill("办公室电脑")
    page.get_by_role("button", name="添加", exact=True).click()
    page.wait_for_url("**/recovery-codes/**")
    assert Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).data["name"] == "办公室电脑"

    page.context.clear_cookies()
    page.goto(live_server.url + "/account/login/?next=/desk/")
    page.fill("#id_login", "reviewer")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/desk/")

    key = next(one["value"] for one in page.context.cookies() if one["name"] == "sessionid")
    session = SessionStore(key)
    session[PROVED_AT] = time.time() - 86400
    session.save()
    page.goto(live_server.url + "/desk/registers/people/export")
    page.get_by_role("button", name="用通行密钥").click()
    page.wait_for_url("**/people/export")
