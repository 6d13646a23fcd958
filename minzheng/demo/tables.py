"""Whether the demo's database has the tables of this program: migrations are written anew while nothing is released."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import connection

from minzheng.foundation.accounts.walls.build import as_owner


@dataclass(frozen=True)
class Kept:
    """What an earlier demo left: people, cases, and whether its tables are those of another state of the program."""

    people: int
    cases: int
    outdated: bool


def migrations(*packages: str) -> dict[str, str]:
    """{"people/0001_initial.py": digest of its text} of the apps in these packages."""
    return {
        f"{app.label}/{file.name}": hashlib.sha256(file.read_bytes()).hexdigest()[:16]
        for app in apps.get_app_configs()
        if app.name.startswith(tuple(f"{package}." for package in packages))
        for file in Path(app.path, "migrations").glob("*.py")
    }


def kept(begun: str) -> Kept | None:
    """What lies in the database in which a demo was begun (an audit entry of that code); None: no demo was.

    Asked in plain SQL, because the models may not fit the tables.
    """
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('audit_auditentry')")
        if cursor.fetchone()[0] is None:
            return None
        cursor.execute(
            "SELECT detail -> 'migrations' FROM audit_auditentry WHERE action = %s ORDER BY id DESC LIMIT 1",
            [begun],
        )
        if (row := cursor.fetchone()) is None:
            return None
        cursor.execute("SELECT (SELECT count(*) FROM people_person), (SELECT count(*) FROM cases_case)")
        people, cases = cursor.fetchone()
    ran, now = row[0] or {}, migrations("minzheng")
    ran = json.loads(ran) if isinstance(ran, str) else ran
    return Kept(people, cases, not ran or any(now.get(file) != digest for file, digest in ran.items()))
