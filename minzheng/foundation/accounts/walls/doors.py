"""Going behind the wall for a request, and out of it again.

What the connection is shown is kept here as well, so that a connection opened anew in the midst of a request shows no
more than the old one did.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import NO_DB_ALIAS, BaseDatabaseWrapper
from psycopg.pq import TransactionStatus

from minzheng.database import JOBS, WEB, is_owner

log = logging.getLogger("minzheng.walls")


@dataclass(frozen=True)
class Behind:
    """What the session shows: what one account (none: a visitor) may see; beyond it while `beyond`."""

    account: int | None
    as_citizen: bool
    beyond: bool = False


class _Thread(threading.local):
    """A connection belongs to a thread, and so does what it shows."""

    behind: Behind | None = None


_thread = _Thread()


@contextmanager
def entered(account: int | None, *, as_citizen: bool = False) -> Iterator[None]:
    """Show what the account may see; `as_citizen`: only what is about its person. None is a visitor: nothing personal."""
    with _shown(Behind(account, as_citizen)):
        yield


@contextmanager
def outside() -> Iterator[None]:
    """As a job of its own, whoever asked for it: for work that only happens to run in the request's process."""
    with _shown(None):
        yield


@contextmanager
def beyond_region(why: str) -> Iterator[None]:
    """Every row, for a reason that stands in the list of tests/test_walls.py. Outside a request nothing changes.

    For what no region can judge, such as finding a person by the exact number. The right to the deed itself is judged
    before, as always; what is read here is not shown unless it is the answer.
    """
    behind = _thread.behind
    if behind is None or behind.beyond:
        yield
        return
    log.info("beyond the region: %s (account %s)", why, behind.account)
    with _shown(replace(behind, beyond=True)):
        yield


@contextmanager
def _shown(behind: Behind | None) -> Iterator[None]:
    before = _thread.behind
    _thread.behind = behind
    try:
        connection.ensure_connection()
        _show(connection, behind)
        yield
    finally:
        _thread.behind = before
        _show(connection, before)


def _show(wrapper: BaseDatabaseWrapper, behind: Behind | None) -> None:
    """Tell the session. Past Django's cursors: it is no query of the page, and must work where those would refuse."""
    raw: Any = wrapper.connection
    if raw is None or raw.closed:
        return  # whoever opens it again is shown the same (`on_new_connection`)
    if raw.info.transaction_status == TransactionStatus.INERROR:
        return  # the rollback to come brings back what was shown before
    if behind is None:
        raw.execute(
            "SELECT set_config('minzheng.scope', '', false), set_config('role', %s, false)", [base_role()]
        )
    elif behind.beyond:
        raw.execute("SELECT set_config('role', %s, false), walls.go_beyond(%s)", [WEB, _proof(raw, "beyond")])
    else:
        asked = f"enter|{behind.account or ''}|{'true' if behind.as_citizen else 'false'}"
        raw.execute(
            "SELECT set_config('role', %s, false), walls.enter(%s, %s, %s)",
            [WEB, _proof(raw, asked), behind.account, behind.as_citizen],
        )


def _proof(raw: Any, what: str) -> str:
    """That it is the application that asks, and in this session: nothing slipped into a query can say it."""
    secret = application_secret()
    said = f"{secret}|{raw.info.backend_pid}|{what}|{secret}"
    return hashlib.sha256(said.encode()).hexdigest()


def application_secret() -> str:
    """Shared with schema `walls`; comes from MINZHENG_SECRET_KEY, like the sessions' signatures."""
    return hmac.new(settings.SECRET_KEY.encode(), b"walls", hashlib.sha256).hexdigest()


def base_role() -> str:
    """The role outside requests: the one that logged in; an owner (tests only) steps down to the jobs' one."""
    return JOBS if is_owner(connection.settings_dict) and _steps_down else "none"


@contextmanager
def as_logged_in() -> Iterator[None]:
    """Where the owner logged in (tests, migrations): with the owner's own rights again."""
    global _steps_down
    before, _steps_down = _steps_down, False
    try:
        connection.ensure_connection()
        _show(connection, None)
        yield
    finally:
        _steps_down = before
        _show(connection, _thread.behind)


_steps_down = False


def step_down() -> None:
    """From now on this process works as the jobs' role even where the owner logged in: for the tests."""
    global _steps_down
    _steps_down = True
    on_new_connection(connection)


def on_new_connection(wrapper: BaseDatabaseWrapper, **_: object) -> None:
    """Signal `connection_created`."""
    on_no_database = wrapper.alias == NO_DB_ALIAS  # making and dropping whole databases is the owner's work
    if (_thread.behind is not None or _steps_down) and not on_no_database:
        _show(wrapper, _thread.behind)
