"""Guessing is slow: wrong passwords lock an account for a time, searches and public look-ups have a pace."""

import subprocess
import sys
import time

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client

from minzheng.demo.cast import PASSWORD
from minzheng.foundation.accounts.limits import limit
from minzheng.foundation.audit.models import AuditEntry

FAILURES = limit("login_failures")


def try_in(name, password="wrong", client=None):
    return (client or Client()).post("/account/login/", {"login": name, "password": password})


def said(response):
    return " ".join(response.context["form"].non_field_errors())


def test_it_locks_after_five_wrong_passwords_even_for_the_right_one(cast):
    for _ in range(FAILURES - 1):
        assert "登录名或密码不对" in said(try_in("clerk"))
    assert try_in("clerk", PASSWORD).status_code == 302, "the fourth mistake does not lock"

    assert "登录名或密码不对" in said(try_in("clerk"))
    locked = try_in("clerk", PASSWORD)
    assert locked.status_code == 200 and "以后再试" in said(locked)


def test_it_says_when_to_try_again_and_opens_then(cast, monkeypatch):
    for _ in range(FAILURES):
        try_in("clerk")
    later = time.time() + limit("login_lock_minutes") * 60
    minute = time.strftime("%H:%M", time.localtime(later + 60))

    assert f"请在 {minute} 以后再试" in said(try_in("clerk", PASSWORD))
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: later - 5)
    assert try_in("clerk", PASSWORD).status_code == 200
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: later + 1)
    assert try_in("clerk", PASSWORD).status_code == 302


def test_one_locked_account_locks_no_other(cast):
    for _ in range(FAILURES):
        try_in("clerk")

    assert try_in("reviewer", PASSWORD).status_code == 302


def test_an_unknown_name_gets_the_same_answers_as_a_known_one(cast):
    known = [said(try_in("clerk")) for _ in range(FAILURES + 1)]
    unknown = [said(try_in("nobody-here")) for _ in range(FAILURES + 1)]

    assert known == unknown


@pytest.mark.parametrize("name", ["clerk", "nobody-here", "leaver"])
def test_it_takes_as_much_work_to_refuse_whatever_the_name(name, cast, monkeypatch):
    cast["clerk2"].username, cast["clerk2"].is_active = "leaver", False
    cast["clerk2"].save()
    hashed = []
    really = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda self, *args, **kwargs: hashed.append(1) or really(self, *args, **kwargs),
    )

    try_in(name)

    assert len(hashed) == 2, "each of the two back ends hashes once"


def test_a_wrong_step_up_password_counts_too(cast):
    client = Client()
    client.force_login(cast["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    for _ in range(FAILURES):
        client.post("/account/prove/", {"proof_password": "wrong"})

    answer = client.post("/account/prove/", {"proof_password": PASSWORD})

    assert answer.status_code == 422 and "以后再试" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_another_process_knows_the_count(cast):
    """The default cache lives in one process; ours is a table, so every worker counts along."""
    cache.set("counted-here", 5, 60)
    program = (
        "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'minzheng.settings'; import pytest; django.setup();"
        "from django.db import connection; from django.core.cache import cache;"
        f"connection.settings_dict['NAME'] = {cache_database()!r}; print(cache.get('counted-here'))"
    )

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)

    assert told.stdout.strip() == "5", told.stderr
    cache.delete("counted-here")


def cache_database():
    from django.db import connection

    return connection.settings_dict["NAME"]


def test_each_failure_is_in_the_audit_trail_without_what_was_typed(cast):
    try_in("clerk", "typed-by-mistake")
    try_in("431227197903080026", "x")

    known, unknown = AuditEntry.objects.filter(action="account.login_failed").order_by("pk")
    assert known.subject_id == str(cast["clerk"].pk)
    assert unknown.subject_id == ""
    assert "4312271979" not in str(unknown.detail) and "typed" not in str(known.detail)


def test_searches_have_a_pace_and_the_page_says_what_to_do(cast, monkeypatch):
    monkeypatch.setattr("minzheng.foundation.accounts.rates.limit", lambda name: 3)
    client = Client()
    client.force_login(cast["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    answers = [client.post("/desk/search/", {"q": "杨"}).status_code for _ in range(4)]

    assert answers == [200, 200, 200, 429]
    refused = client.post("/desk/search/", {"q": "杨"})
    assert refused["Retry-After"] == "60" and "请等一分钟再试" in refused.content.decode()


@pytest.mark.parametrize("address", ["/verify/", "/verify/abc/", "/open/"])
def test_public_look_ups_have_a_pace_by_address(address, db, monkeypatch):
    monkeypatch.setattr("minzheng.foundation.accounts.rates.limit", lambda name: 2)
    answers = [Client().get(address).status_code for _ in range(3)]

    assert answers[2] == 429 and 429 not in answers[:2]
    assert Client(REMOTE_ADDR="192.0.2.7").get(address).status_code != 429
