"""Before money, exports, whole numbers and rights the user proves again who sits there, and loses nothing by it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver

from minzheng.demo.cast import PASSWORD
from minzheng.foundation.accounts.limits import limit
from tests.proof import outdated, proved
from tests.test_routes import routes

NEW = "/desk/accounts/new/"
TYPED = {"username": "newbie", "display_name": "杨\n秀英", "role": "", "choices": ["甲", "乙"]}


@pytest.fixture
def admin(cast):
    client = Client()
    client.force_login(cast["admin"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_it_asks_nothing_after_a_log_in(admin):
    assert admin.get(NEW).status_code == 200


@pytest.mark.parametrize(("seconds_short", "asks"), [(2, False), (0, True)])
def test_it_asks_from_the_very_second_the_proof_is_too_old(admin, seconds_short, asks):
    proved(admin, limit("step_up_minutes") * 60 - seconds_short)

    response = admin.get(NEW)

    assert (response.status_code == 302) is asks
    if asks:
        assert response["Location"] == f"/account/prove/?next={NEW}"


def test_it_leads_back_to_the_page_that_was_wanted(admin):
    outdated(admin)

    answer = admin.post(f"/account/prove/?next={NEW}", {"proof_password": PASSWORD})

    assert answer["Location"] == NEW
    assert admin.get(NEW).status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_it_never_leads_to_another_site(admin, elsewhere):
    answer = admin.post("/account/prove/", {"proof_password": PASSWORD, "next": elsewhere})

    assert answer["Location"] == "/"


def test_a_form_that_was_being_sent_travels_with_the_question_and_arrives_whole(admin):
    outdated(admin)
    question = admin.post(NEW, TYPED)
    page = question.content.decode()

    assert question.status_code == 200
    assert question["Cache-Control"] == "no-store"
    assert "内容都还在" in page
    kept = dict(question.context["kept"])
    assert kept["username"] == "newbie"
    assert [one for name, one in question.context["kept"] if name == "choices"] == ["甲", "乙"]

    arrived = admin.post(NEW, TYPED | {"proof_password": PASSWORD})
    assert arrived.context["form"].data["username"] == "newbie", "the view itself has judged the form"
    assert not any(name.startswith("proof_") for name in arrived.context["form"].data)


def test_nothing_that_was_typed_is_kept_on_the_server(admin):
    outdated(admin)
    admin.post(NEW, {"id_no": "431227197903080026"})

    assert "431227197903080026" not in str(dict(admin.session))


def test_a_file_cannot_travel_and_the_page_says_so(admin):
    outdated(admin)

    page = admin.post(NEW, {"file": SimpleUploadedFile("回单.xlsx", b"x")}).content.decode()

    assert "回单.xlsx" in page and "重新选择" in page


@pytest.mark.parametrize("given", ["wrong-password", " "])
def test_a_wrong_password_proves_nothing(admin, given):
    outdated(admin)

    answer = admin.post(NEW, TYPED | {"proof_password": given})

    assert answer.templates[0].name == "account/prove.html"
    assert admin.get(NEW).status_code == 302, "the proof is as old as before"


def test_someone_elses_password_proves_nothing(admin, cast):
    cast["clerk"].set_password("another-long-password")
    cast["clerk"].save()
    outdated(admin)

    assert admin.post(NEW, TYPED | {"proof_password": "another-long-password"}).status_code == 422


def test_an_old_proof_does_not_ask_on_ordinary_pages(admin):
    outdated(admin)

    assert admin.get("/desk/accounts/").status_code == 200


def test_it_judges_the_permission_before_it_asks(cast):

    client = Client()
    client.force_login(cast["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    outdated(client)

    assert client.get(NEW).status_code == 403


FRESH = {"account.write", "person.reveal", "register.export", "register.reveal"}


def test_every_address_that_exports_reveals_or_changes_rights_asks():
    stale = [
        address
        for address, pattern in routes(get_resolver().url_patterns)
        if getattr(pattern.callback, "permit", None) in FRESH and not pattern.callback.fresh
    ]
    assert stale == []
