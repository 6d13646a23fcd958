"""The desk on a chosen day, signed in as one of the cast."""

import functools

import pytest
from django.test import Client

from minzheng.foundation.accounts.access import Access


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def on_day(monkeypatch):
    """`on_day(date)`: every request from now on is made on that day."""

    def be(day):
        dated = functools.partial(Access, today=day)
        monkeypatch.setattr("minzheng.foundation.accounts.middleware.Access", dated)

    return be


@pytest.fixture
def as_user(cast):
    """`as_user("clerk")`: a browser in which that officer is logged in."""

    def of(username):
        client = Client()
        client.force_login(cast[username], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return of
