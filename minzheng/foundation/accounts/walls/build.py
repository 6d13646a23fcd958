"""Building the walls: the owner does it, after each migration, when anything about them changed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from minzheng.database import JOBS, WEB, is_owner, make_roles, password_of
from minzheng.foundation.accounts.walls import doors
from minzheng.foundation.accounts.walls.declared import walls
from minzheng.foundation.accounts.walls.sql import functions, grants, policies


class NotOwner(Exception):
    """The address names a role that may not change tables; the text says what to do."""


@contextmanager
def as_owner() -> Iterator[None]:
    """The default connection as the owner of the tables: for migrations and for nothing that a request does."""
    if is_owner(connection.settings_dict):
        with doors.as_logged_in():
            yield
        return
    if not is_owner(settings.DATABASE_OWNER):
        raise NotOwner("这件事要用数据库属主的账号来做：请把 DATABASE_URL 换成属主的连接地址，再执行一次。")
    lesser = connection.settings_dict.copy()
    connection.close()
    connection.settings_dict.update({key: settings.DATABASE_OWNER[key] for key in ("USER", "PASSWORD")})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update({key: lesser[key] for key in ("USER", "PASSWORD")})


def stands() -> bool:
    """Whether the database has the walls that the program declares."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('walls.secret')")
        if cursor.fetchone()[0] is None:
            return False
        cursor.execute(
            """SELECT declared, application, (SELECT count(*) FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
               WHERE c.relrowsecurity AND p.polname = 'wall') FROM walls.secret"""
        )
        walled = sum(wall is None or not wall.is_open for wall in walls().values())
        return cursor.fetchone() == (_declared(), doors.application_secret(), walled)


def build() -> None:
    """Roles, functions, grants, policies; called as the owner."""
    with transaction.atomic(), connection.cursor() as cursor:
        make_roles(connection.connection)
        _set_passwords()
        for statement in _statements():
            cursor.execute(statement)
        cursor.execute(
            "INSERT INTO walls.secret VALUES (%s, %s, %s)",
            [doors.application_secret(), secrets.token_hex(32), _declared()],
        )


def _set_passwords() -> None:
    """Where the owner logs in with a password, the roles get theirs: as a verifier, so that no log holds it."""
    if not settings.DATABASE_OWNER["PASSWORD"]:
        return
    raw = connection.connection
    for role in (WEB, JOBS):
        password = password_of(role, settings.SECRET_KEY).encode()
        verifier = raw.pgconn.encrypt_password(password, role.encode(), b"scram-sha-256").decode()
        raw.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(verifier)))


def _statements() -> Iterator[str]:
    # DROP SCHEMA … CASCADE takes the old policies along, because they call its functions.
    yield functions()
    yield from policies()
    yield from grants()


def _declared() -> str:
    return hashlib.sha256("\n".join(_statements()).encode()).hexdigest()
