"""How PostgreSQL plans while a whole county lies in the test database."""

from __future__ import annotations

from django.db import connection

from minzheng.foundation.accounts.walls.build import as_owner


def let_tables_be_read_through() -> None:
    """From now on the planner may read a table through, as it may anywhere but in tests (minzheng/database.py).

    For tables that were filled, analysed and committed: without it a join over twenty thousand people looks each of
    them up, which takes a hundred times as long.
    """
    _alter("SET enable_seqscan = on")


def plan_as_usual() -> None:
    _alter("RESET enable_seqscan")


def _alter(setting: str) -> None:
    """For every connection from now on, this one's successor included."""
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {name} {setting}")
    connection.close()
