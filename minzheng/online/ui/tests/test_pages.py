"""Log-in, second factor, error pages and preferences."""

import pytest
from django.test import Client, RequestFactory
from django.views.defaults import server_error
from playwright.sync_api import expect

from tests.browser import serious_problems

pytestmark = pytest.mark.django_db  # each request enters the walls (docs/walls.md), a visitor's too
PASSWORD = "test-password-of-the-cast"


@pytest.fixture
def member(db):
    from minzheng.foundation.accounts.models import User

    return User.objects.create_user("member", password=PASSWORD, display_name="石敏")


def test_it_keeps_the_elder_version_in_a_cookie_and_goes_back(client):
    answer = client.post("/ui/preference", {"name": "elder", "value": "1", "next": "/account/login/"})
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/")
    assert client.cookies["elder"].value == "1"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_it_never_leads_to_another_site(client, target):
    answer = client.post("/ui/preference", {"name": "theme", "value": "dark", "next": target})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("choice", [("theme", "pink"), ("elder", "yes"), ("sessionid", "1"), ("", "")])
def test_it_refuses_an_unknown_preference(client, choice):
    answer = client.post("/ui/preference", {"name": choice[0], "value": choice[1]})
    assert answer.status_code == 400
    assert not answer.cookies


def test_it_ignores_a_forged_theme_cookie(client, db):
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/account/login/").content.decode()


def test_it_says_what_to_do_when_a_page_is_missing(client, db):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "请核对地址" in answer.content.decode()


def test_it_says_what_to_do_when_the_page_is_too_old_to_send():
    answer = Client(enforce_csrf_checks=True).post("/ui/preference", {"name": "theme", "value": "dark"})
    assert answer.status_code == 403
    assert "刷新后再提交" in answer.content.decode()


def test_it_shows_the_server_error_page_without_database_or_session():
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "请过几分钟再试一次" in answer.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 390])
def test_it_shows_the_pages_of_an_account_accessibly(open_page, member, width):
    page = open_page("/account/login/?next=/ui/", width=width)
    assert serious_problems(page) == []
    page.get_by_label("用户名").fill("member")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert serious_problems(page) == []
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda address: "login" not in address)
    for path in [
        "/account/password/change/",
        "/account/2fa/",
        "/account/2fa/totp/activate/",
        "/account/logout/",
    ]:
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + path)
        assert serious_problems(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width
