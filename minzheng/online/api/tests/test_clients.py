"""Who may call: tokens, scopes, regions, the end of a client; and that a citizen decides what an app may do."""

import datetime as dt

import pytest
from allauth.idp.oidc.models import Token
from django.test import Client

from minzheng.demo.cast import SIBLING_COUNTY
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.audit.models import AuditEntry
from minzheng.online.api.actions import register_client, revoke_client, rotate_secret
from minzheng.online.api.models import ApiClient, Kind
from minzheng.online.api.tests import callers

pytestmark = pytest.mark.django_db


def test_it_answers_nobody_without_a_token(visitor):
    answer = visitor.get("/cases")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"
    assert "令牌" in answer.json()["detail"]


def test_it_keeps_secrets_and_tokens_only_as_hashes(partner):
    assert partner.registered.oidc.secret != partner.secret
    assert partner.registered.oidc.check_secret(partner.secret)
    assert not Token.objects.filter(hash=partner.token).exists()


def test_it_opens_only_what_the_scopes_open(cast):
    only_asks = callers.partner(cast["admin"], "status.enquire")
    answer = only_asks.get("/cases")
    assert answer.status_code == 403
    assert "case.submit" in answer.json()["detail"]


def test_a_service_account_cannot_log_in_and_sees_no_desk(partner):
    assert not partner.registered.user.has_usable_password()
    assert not Access(partner.registered.user).may("desk.open")
    assert not Access(partner.registered.user).may("person.read")


def test_it_ends_with_the_clients_last_day(partner):
    assert partner.get("/cases").status_code == 200
    ApiClient.objects.update(since=dt.date(2020, 1, 1), until=dt.date.today())
    answer = partner.get("/cases")
    assert answer.status_code == 401
    assert "到期" in answer.json()["detail"]
    assert callers.token_of(partner.registered, partner.secret)["error"] == "invalid_client"


def test_a_new_secret_ends_the_old_one_and_its_tokens(partner, access):
    fresh = rotate_secret(access("admin"), partner.registered)
    assert partner.get("/cases").status_code == 401
    assert "error" in callers.token_of(partner.registered, partner.secret)
    assert "access_token" in callers.token_of(partner.registered, fresh)


def test_a_revoked_client_is_nobody_at_once(partner, access):
    revoke_client(access("admin"), partner.registered, "协议到期")
    assert partner.get("/cases").status_code == 401
    assert "error" in callers.token_of(partner.registered, partner.secret)
    assert AuditEntry.objects.filter(action="api.revoke", actor=access("admin").user).exists()


def test_an_administrator_registers_only_for_the_own_region(cast):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        callers.partner(cast["admin"], region=SIBLING_COUNTY)


def test_an_app_acts_for_the_citizen_who_allowed_it(cast, xiuying):
    assert xiuying.get("/my/benefits").json() == {"items": [], "next": None}
    assert xiuying.get("/cases").json()["items"] == []
    told = AuditEntry.objects.filter(persons__contains=[cast["xiuying"].person_id], title__contains="新晃通")
    assert told.exists()


def test_an_officer_through_an_app_is_a_citizen(cast):
    """A clerk's rights stay at the office: an app sees only the clerk's own things."""
    clerk = callers.citizen(cast["admin"], cast["clerk"])
    assert clerk.get("/cases").json()["items"] == []


def test_two_apps_do_not_learn_that_they_serve_the_same_citizen(cast):
    import jwt

    subs = set()
    for _ in range(2):
        client = callers.app(cast["admin"])
        said = callers.allow(client, cast["xiuying"])
        claims = jwt.decode(said["id_token"], options={"verify_signature": False})
        subs.add(claims["sub"])
        assert not {"name", "preferred_username", "email"} & set(claims)
    assert len(subs) == 2


def test_no_app_gets_on_without_pkce(cast):
    browser = Client()
    browser.force_login(cast["xiuying"], backend="django.contrib.auth.backends.ModelBackend")
    client = callers.app(cast["admin"])
    asked = {
        "client_id": client.pk,
        "redirect_uri": callers.BACK,
        "response_type": "code",
        "scope": "my.read",
    }
    for challenge in ({}, {"code_challenge": "x" * 43, "code_challenge_method": "plain"}):
        page = browser.get("/identity/o/authorize", asked | challenge)
        assert page.status_code == 400
        assert "PKCE" in page.content.decode()


def test_the_code_goes_to_no_other_address(cast):
    browser = Client()
    browser.force_login(cast["xiuying"], backend="django.contrib.auth.backends.ModelBackend")
    client = callers.app(cast["admin"])
    asked = {
        "client_id": client.pk, "redirect_uri": "https://evil.example/", "response_type": "code", "scope": "my.read",
        "code_challenge": "x" * 43, "code_challenge_method": "S256",
    }  # fmt: skip
    page = browser.get("/identity/o/authorize", asked)
    assert "Location" not in page
    assert "不能授权" in page.content.decode()


@pytest.mark.parametrize("scope", ["my.read", "nonsense"])
def test_a_partner_never_gets_a_citizens_scopes(cast, scope):
    from minzheng.foundation.actions import Refused

    today = dt.date.today()
    client = ApiClient(
        kind=Kind.PARTNER, name="x", since=today, until=today + dt.timedelta(days=1), region_id=callers.COUNTY
    )
    with pytest.raises(Refused):
        register_client(Access(cast["admin"]), client, [scope])


def test_it_says_when_somebody_calls_too_often(cast):
    busy = callers.partner(cast["admin"], calls_per_minute=3)
    answers = [busy.get("/cases") for _ in range(8)]  # a minute may turn in between
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
