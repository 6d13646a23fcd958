"""Tests run as the jobs' role (docs/walls.md); only the owner of the tables may empty them afterwards."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import TransactionTestCase

from minzheng.foundation.accounts.walls.build import as_owner
from minzheng.foundation.accounts.walls.doors import step_down
from minzheng.foundation.crypto.ready import make_ready

SAME_FOR_EVER = {"django_content_type", "auth_permission"}
MANY = 8 * 1024 * 1024
WRITTEN_TO = """
    SELECT relname FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND (relkind = 'p' OR relkind = 'r' AND pg_relation_size(oid) > 0)
"""


def work_as_jobs() -> None:
    """Once the test database stands."""
    step_down()
    TransactionTestCase._fixture_teardown = _empty_afterwards


def _empty_afterwards(test: Any) -> None:
    leave_nothing()


def leave_nothing() -> None:
    """What a test committed goes, the keys of a new database come back. Of three hundred tables it filled a dozen, and only those are touched.

    Django's own way asks PostgreSQL for a new file per table and index, and then looks through all models for
    permissions to make: two seconds for each of two hundred tests.
    """
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(WRITTEN_TO)  # the others have not one page, so they need not be looked into
        written = {row[0] for row in cursor.fetchall()}
        names = {
            table: connection.ops.quote_name(table) for table in sorted(tables & written - SAME_FOR_EVER)
        }
        filled = " UNION ALL ".join(
            f"SELECT '{table}', pg_total_relation_size('{name}') WHERE EXISTS (SELECT 1 FROM {name})"
            for table, name in names.items()
        )
        sizes = {}
        if names:
            cursor.execute(filled)
            sizes = dict(cursor.fetchall())
        # Triggers forbid most of this, and foreign keys would ask for an order.
        cursor.execute("SET session_replication_role = replica")
        for table, size in sizes.items():
            name = names[table]
            cursor.execute(f"TRUNCATE {name} CASCADE" if size > MANY else f"DELETE FROM {name}")
        cursor.execute("RESET session_replication_role")
        make_ready()
