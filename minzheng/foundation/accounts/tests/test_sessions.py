"""A log-in that nobody uses locks; one that is too old locks; whoever proves to be the same person loses nothing."""

import time

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from minzheng.demo.cast import PASSWORD
from minzheng.foundation.accounts.limits import limit
from minzheng.foundation.accounts.sessions import BEGAN_AT, SEEN_AT

DESK = "/desk/"
IDLE = 60 * limit("staff_idle_minutes")
AGE = 3600 * limit("session_hours")


def logged_in(username):
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/130.0")
    assert client.post("/account/login/", {"login": username, "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def clerk(cast):
    return logged_in("clerk")


def moved(client, key, seconds_ago):
    session = client.session
    session[key] = time.time() - seconds_ago
    session.save()
    return client


@pytest.mark.parametrize(
    ("key", "seconds", "locks"),
    [(SEEN_AT, IDLE - 2, False), (SEEN_AT, IDLE, True), (BEGAN_AT, AGE - 2, False), (BEGAN_AT, AGE, True)],
)
def test_it_locks_at_the_very_second(clerk, key, seconds, locks):
    moved(clerk, key, seconds)

    response = clerk.get(DESK)

    assert (response.status_code == 302) is locks
    if locks:
        assert response["Location"] == f"/account/prove/?next={DESK}"


def test_citizens_who_type_slowly_get_longer(cast):
    citizen = logged_in("xiuying")

    assert moved(citizen, SEEN_AT, IDLE + 60).get("/portal/cases/").status_code == 200
    late = moved(citizen, SEEN_AT, 60 * limit("citizen_idle_minutes")).get("/portal/cases/")
    assert late.status_code == 302


def test_the_password_opens_the_lock_and_leads_on(clerk):
    moved(clerk, SEEN_AT, IDLE)

    assert "已锁定" in clerk.get(f"/account/prove/?next={DESK}").content.decode()
    answer = clerk.post(f"/account/prove/?next={DESK}", {"proof_password": PASSWORD})

    assert answer["Location"] == DESK
    assert clerk.get(DESK).status_code == 200


def test_a_form_sent_into_the_lock_travels_with_the_question(clerk, cast):
    moved(clerk, SEEN_AT, IDLE)

    question = clerk.post("/desk/intake/", {"name": "姚本松"})

    assert dict(question.context["kept"])["name"] == "姚本松"


def test_public_pages_and_logging_out_stay_open(clerk):
    moved(clerk, SEEN_AT, IDLE)

    assert clerk.get("/open/").status_code == 200
    assert clerk.post("/account/logout/").status_code == 302
    assert "_auth_user_id" not in clerk.session


def test_a_page_that_asks_by_itself_keeps_nobody_awake(clerk):
    moved(clerk, SEEN_AT, IDLE - 60)
    clerk.get(DESK, HTTP_HX_REQUEST="true")
    assert time.time() - clerk.session[SEEN_AT] > IDLE - 70

    clerk.get(DESK)
    assert time.time() - clerk.session[SEEN_AT] < 5


def test_what_asks_by_itself_learns_of_the_lock(clerk):
    moved(clerk, SEEN_AT, IDLE)

    assert clerk.get(DESK, HTTP_HX_REQUEST="true")["HX-Refresh"] == "true"
    phone = clerk.post("/account/stay/", HTTP_ACCEPT="application/json")
    assert (phone.status_code, phone.json()) == (403, {"state": "login"})


def test_a_log_in_that_is_too_old_goes_on_under_a_new_key(clerk, cast):
    old = clerk.session.session_key
    moved(clerk, BEGAN_AT, AGE)

    clerk.post(f"/account/prove/?next={DESK}", {"proof_password": PASSWORD})

    assert clerk.session.session_key != old
    assert clerk.get(DESK).status_code == 200
    assert UserSession.objects.get(user=cast["clerk"]).session_key == clerk.session.session_key


def test_logging_in_takes_a_new_key_so_that_a_planted_one_is_worth_nothing(cast):
    client = Client()
    client.get("/account/login/")
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key

    client.post("/account/login/", {"login": "clerk", "password": PASSWORD})

    assert client.session.session_key != planted
    stranger = Client()
    stranger.cookies["sessionid"] = planted
    assert stranger.get(DESK).status_code == 302


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_warns_then_covers_the_page_and_gives_back_what_was_typed(open_page, cast):
    page = open_page("/desk/accounts/new/", user=cast["admin"])
    page.clock.install()
    page.reload()
    page.get_by_label("姓名").fill("杨秀英")

    page.clock.fast_forward((IDLE - limit("idle_warning_seconds") + 1) * 1000)
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("秒后将锁定").wait_for()
    page.keyboard.press("Enter")
    dialog.wait_for(state="hidden")

    page.clock.fast_forward((IDLE + 1) * 1000)
    dialog.get_by_role("heading", name="页面已锁定").wait_for()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    dialog.wait_for(state="hidden")
    assert page.get_by_label("姓名").input_value() == "杨秀英"
