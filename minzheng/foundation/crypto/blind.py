"""The blind index in SQL: `blind(column)`, and the two sides that let its key be replaced while the house works.

    [index][flags key nonce ciphertext tag]              single: `flags` is the suite, 64 more when the index is side b's
    [index a][flags key][index b][nonce ciphertext tag]  both: 128 more

All queries say `blind(…)`, which is `blind_a` or `blind_b`; all indexes stand on the side itself. Between two rotations
only one side is in use. In a rotation every value first carries both (reindex.py); then `blind` changes over in one
statement, for every query of every session at once, and unique constraints of both sides have been valid until then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db import connection

INDEX = 16  # bytes
BOTH, SIDE_B, SUITE = 0x80, 0x40, 0x3F  # of the byte `flags`
SIDES = ("a", "b")
_FUNCTIONS = {
    "blind_a": "substring($1, 1, 16)",
    "blind_b": f"CASE WHEN length($1) > 34 AND get_byte($1, 16) >= {BOTH} THEN substring($1, 19, 16) ELSE substring($1, 1, 16) END",
}
_CREATE = "CREATE OR REPLACE FUNCTION {}(bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN {}"
_ON_BLIND = """
    SELECT DISTINCT c.relname, pg_get_indexdef(i.indexrelid), i.indisvalid
    FROM pg_depend d JOIN pg_index i ON i.indexrelid = d.objid JOIN pg_class c ON c.oid = i.indexrelid
    WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_proc'::regclass
      AND d.refobjid IN (SELECT oid FROM pg_proc WHERE proname IN ('blind', 'blind_a', 'blind_b'))
    ORDER BY 1
"""
_ON = re.compile(r"\bblind(_[ab])?\(")
NEXT = "_next"  # an index on the side that is to be used, until it takes the other's name


def other(side: str) -> str:
    return SIDES[1 - SIDES.index(side)]


def side_in_use() -> str:
    """Which side `blind` is, as this transaction sees it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('blind(bytea)'::regprocedure)")
        return "b" if "blind_b" in cursor.fetchone()[0] else "a"


def use_side(side: str) -> None:
    """`blind` of every query from the commit on."""
    with connection.cursor() as cursor:
        cursor.execute(_CREATE.format("blind", f"blind_{side}($1)"))


def build() -> None:
    """Both sides, `blind` upon one of them, and every index upon that side, whatever a migration made it on.

    Called as the owner, after each migration; does nothing where that stands.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regprocedure('blind_b(bytea)')")
        if cursor.fetchone()[0] is None:
            for name, body in _FUNCTIONS.items():
                cursor.execute(_CREATE.format(name, body))
            use_side(SIDES[0])
        side = side_in_use()
        for name, definition, _ in _indexes():
            if name.endswith(NEXT) or f"blind_{side}(" in definition:
                continue
            cursor.execute(f'ALTER INDEX "{name}" RENAME TO "{name}_old"')
            cursor.execute(_ON.sub(f"blind_{side}(", definition))
            cursor.execute(f'DROP INDEX "{name}_old"')


def add_indexes(side: str) -> Iterator[str]:
    """Beside each index its twin on this side, without stopping any writer; each name as it is there. A twin that a
    kill left half built is built again. Outside a transaction."""
    with connection.cursor() as cursor:
        for name, _, is_valid in _indexes():
            if name.endswith(NEXT) and not is_valid:
                cursor.execute(f'DROP INDEX CONCURRENTLY "{name}"')
    known = {name for name, *_ in _indexes()}
    for name, definition, _ in _indexes():
        twin = name + NEXT
        if name.endswith(NEXT) or twin in known or f"blind_{side}(" in definition:
            continue
        stated = _ON.sub(f"blind_{side}(", definition)
        stated = stated.replace(f"INDEX {name} ON", f'INDEX CONCURRENTLY "{twin}" ON', 1)
        with connection.cursor() as cursor:
            cursor.execute(stated)
        yield twin


def drop_old_indexes() -> None:
    """The twins take the names, and the indexes of the other side go."""
    found = {name for name, *_ in _indexes()}
    for twin in sorted(name for name in found if name.endswith(NEXT)):
        name = twin.removesuffix(NEXT)
        with connection.cursor() as cursor:
            if name in found:
                cursor.execute(f'DROP INDEX CONCURRENTLY "{name}"')
            cursor.execute(f'ALTER INDEX "{twin}" RENAME TO "{name}"')


def _indexes() -> list[tuple[str, str, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(_ON_BLIND)
        return list(cursor.fetchall())
