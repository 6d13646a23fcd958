"""A citizen sees what an app may do before allowing it, which apps are allowed, and ends it at once."""

import pytest
from allauth.idp.oidc.models import Token
from django.test import Client

from minzheng.foundation.audit.models import AuditEntry
from minzheng.online.api.tests import callers
from tests.browser import serious_problems

PAGE = "/identity/apps/"
CHALLENGE = "code_challenge=" + "x" * 43 + "&code_challenge_method=S256"


def logged_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def app(cast):
    return callers.app(cast["admin"])


@pytest.mark.django_db
def test_a_citizen_ends_an_app_and_its_tokens_end_at_once(cast, app):
    given = callers.allow(app, cast["xiuying"])
    others = callers.allow(app, cast["clerk"])
    caller = callers.Caller(given["access_token"])
    assert caller.get("/cases").status_code == 200
    citizen = logged_in(cast["xiuying"])
    page = citizen.get(PAGE).content.decode()
    assert "新晃通" in page and "以我的名义提交申请" in page and "新晃县数据局" in page

    citizen.post(f"{PAGE}{app.pk}/end/")

    assert caller.get("/cases").status_code == 401
    again = {"grant_type": "refresh_token", "refresh_token": given["refresh_token"], "client_id": app.pk}
    assert "error" in Client().post("/identity/o/api/token", again).json()
    citizen.get(PAGE)  # the word of success is shown once
    assert "新晃通" not in citizen.get(PAGE).content.decode()
    assert AuditEntry.objects.filter(action="api.withdraw", actor=cast["xiuying"]).count() == 1
    assert callers.Caller(others["access_token"]).get("/cases").status_code == 200, "nobody else is touched"


@pytest.mark.django_db
def test_nobody_ends_what_another_allowed(cast, app):
    callers.allow(app, cast["xiuying"])

    assert logged_in(cast["clerk"]).post(f"{PAGE}{app.pk}/end/").status_code == 404
    assert Token.objects.filter(user=cast["xiuying"]).exists()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_are_plain_and_reachable(open_page, cast, width, tmp_path):
    client = callers.app(cast["admin"])
    asked = f"client_id={client.pk}&redirect_uri={callers.BACK}&response_type=code&scope=openid+my.read+my.apply&state=s&{CHALLENGE}"
    consent = open_page(f"/identity/o/authorize?{asked}", user=cast["xiuying"], width=width)
    said = consent.inner_text("main")
    assert "新晃县数据局" in said and "30 日不使用" in said and "最晚用到" in said and "my.read" not in said
    assert serious_problems(consent) == []

    callers.allow(client, cast["xiuying"])
    consent.click("main >> text=授权的应用")
    assert serious_problems(consent) == []
    consent.click("text=撤销授权 >> nth=0")
    consent.click("dialog[open] >> text=撤销授权 >> nth=-1")
    assert "还没有授权过应用" in consent.inner_text("main")
