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
from typing import Any

from django.db import connection

INDEX = 16  # bytes
BOTH, SIDE_B, SUITE = 0x80, 0x40, 0x3F  # of the byte `flags`
SIDES = ("a", "b")
# Not SQL, which the planner would look through: `substring` is not leakproof, so behind row-level security it would read
# every row before it looks at an index. Leakproof in truth: with these bounds nothing raises, whatever the bytes are, and
# nothing is looked up by a session's search_path.
_FUNCTIONS = {
    "blind_a": "BEGIN RETURN pg_catalog.substr($1, 1, 16); END",
    "blind_b": f"""BEGIN
    IF pg_catalog.length($1) OPERATOR(pg_catalog.>) 34 THEN
        IF pg_catalog.get_byte($1, 16) OPERATOR(pg_catalog.>=) {BOTH} THEN
            RETURN pg_catalog.substr($1, 19, 16);
        END IF;
    END IF;
    RETURN pg_catalog.substr($1, 1, 16);
END""",
}
_CREATE_SIDE = (
    "CREATE OR REPLACE FUNCTION {}(bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $${}$$"
)
CREATE_SIDES = tuple(_CREATE_SIDE.format(name, body) for name, body in _FUNCTIONS.items())
# Only a superuser may say so. Where the owner is none, an administrator does: `minzheng database roles --print`.
LEAKPROOF = tuple(f"ALTER FUNCTION {name}(bytea) LEAKPROOF" for name in _FUNCTIONS)
_USE = "CREATE OR REPLACE FUNCTION blind(bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN blind_{}($1)"
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


def is_leakproof() -> bool:
    """Whether a search by number behind row-level security may use its index."""
    with connection.cursor() as cursor:
        return all(leakproof for _, leakproof in _sides(cursor).values())


def use_side(side: str) -> None:
    """`blind` of every query from the commit on."""
    with connection.cursor() as cursor:
        cursor.execute(_USE.format(side))


def build() -> None:
    """Both sides, `blind` upon one of them, and every index upon that side, whatever a migration made it on.

    Called as the owner, after each migration; does nothing where that stands.
    """
    with connection.cursor() as cursor:
        stand = _sides(cursor)
        if {name: body for name, (body, _) in stand.items()} != _FUNCTIONS:
            for statement in CREATE_SIDES:
                cursor.execute(statement)
        if not stand:
            use_side(SIDES[0])
        if not is_leakproof():
            cursor.execute("SELECT current_setting('is_superuser')::boolean")
            for statement in LEAKPROOF if cursor.fetchone()[0] else ():
                cursor.execute(statement)
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


def _sides(cursor: Any) -> dict[str, tuple[str, bool]]:
    """{name: (body, whether it is leakproof)} of the sides that stand."""
    cursor.execute(
        "SELECT proname, prosrc, proleakproof FROM pg_proc WHERE oid IN (to_regprocedure('blind_a(bytea)'), to_regprocedure('blind_b(bytea)'))"
    )
    return {name: (body, leakproof) for name, body, leakproof in cursor.fetchall()}


def _indexes() -> list[tuple[str, str, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(_ON_BLIND)
        return list(cursor.fetchall())
