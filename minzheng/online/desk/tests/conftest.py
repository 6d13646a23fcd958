"""The desk on a chosen day, and a case at a chosen step."""

import functools

import pytest

from minzheng.foundation.accounts.access import Access


@pytest.fixture
def on_day(monkeypatch):
    """`on_day(date)`: every request from now on is made on that day."""

    def be(day):
        dated = functools.partial(Access, today=day)
        monkeypatch.setattr("minzheng.foundation.accounts.middleware.Access", dated)

    return be
