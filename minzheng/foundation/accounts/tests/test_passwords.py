"""What somebody who knows the department would try first is no password; a handed-over one does not last."""

import datetime as dt
import secrets

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from minzheng.demo.cast import COUNTY
from minzheng.foundation.accounts.actions import grant_role, open_account
from minzheng.foundation.accounts.limits import limit
from minzheng.foundation.accounts.models import Role, RoleRequest, User
from minzheng.foundation.accounts.passwords import OwnWordsValidator
from minzheng.foundation.people.models import Person

OWN = OwnWordsValidator(["minzheng", "新晃", " "])
FIRST = secrets.token_urlsafe(9)


@pytest.mark.parametrize("guess", ["Minzheng2026", "m1nzh3ng!!1", "2026minzhen9minzheng"[8:], "新晃新晃2026"])
def test_it_refuses_an_own_word_with_a_few_characters(guess):
    with pytest.raises(ValidationError, match="容易猜到"):
        OWN.validate(guess)


@pytest.mark.parametrize("good", ["minzheng-und-sonst-8", "correct horse battery", "新晃的山水年年都好看"])
def test_it_takes_an_own_word_among_enough_others(good):
    OWN.validate(good)


def test_it_is_asked_when_a_password_is_changed(cast):
    client = Client()
    client.force_login(cast["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(
        "/account/password/change/",
        {"oldpassword": "minzheng-demo-2026", "password1": "minzheng2026", "password2": "minzheng2026"},
    )
    assert "容易猜到" in answer.text


@pytest.fixture
def newcomer(access, regions):
    """An account that was opened three days ago, and its request for a role."""
    person = Person.objects.create(name="田新", sex="1", birth_date="1990-01-01", region_id=COUNTY)
    request = RoleRequest(role=Role.FINANCE, region_id=COUNTY)
    user = open_account(access("admin"), request, User(username="tianxin", person=person), FIRST)
    User.objects.filter(pk=user.pk).update(one_time_until=timezone.now() - dt.timedelta(days=2))
    return request


def log_in():
    return Client().post("/account/login/", {"login": "tianxin", "password": FIRST})


def test_a_first_password_runs_out(newcomer):
    assert "过期" in log_in().text


def test_its_time_begins_when_the_role_is_granted(access, newcomer):
    grant_role(access("security"), newcomer)
    user = User.objects.get(username="tianxin")
    hours = (user.one_time_until - timezone.now()).total_seconds() / 3600
    assert limit("one_time_password_hours") - 1 < hours <= limit("one_time_password_hours")
    assert log_in().status_code == 302


def test_it_opens_one_page_until_it_is_replaced(access, newcomer):
    grant_role(access("security"), newcomer)
    client = Client()
    client.post("/account/login/", {"login": "tianxin", "password": FIRST})
    answer = client.get("/desk/")
    assert answer.status_code == 302 and answer["Location"] == "/account/password/change/"
    assert "初始密码" in client.get(answer["Location"]).text
