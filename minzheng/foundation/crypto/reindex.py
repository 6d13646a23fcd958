"""A new index key, online and in batches; whatever is killed goes on where it was when the command is run again.

    both    every value carries the old index and the new one; all queries and unique constraints use the old
    switch  twins of all indexes are built beside them; then `blind` changes over, in one statement
    next    values carry the new one alone; the old key goes out of the key file

A step begins only when no program and no open transaction can still write as before it. What is left to do is read from
the rows, the indexes and `blind` itself, and the key file says which step it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pgtrigger
from django.db import connection, transaction

from minzheng.foundation.accounts.walls.build import as_owner
from minzheng.foundation.crypto import blind, keyfile, keyring
from minzheng.foundation.crypto.blind import BOTH, SUITE
from minzheng.foundation.crypto.columns import SealedTable, flags_in, sealed_tables
from minzheng.foundation.crypto.keyfile import Stage
from minzheng.foundation.crypto.known import note_index_key
from minzheng.foundation.crypto.rotate import BATCH, PAUSE, Step, count, seal_table_anew

# What stands on the index beside the columns (the evidence of frozen payment lists). Each is called twice in the
# transaction of the switch: before it, to check, and gets back a function that is called after it.
carried_over: list[Callable[[], Callable[[], None]]] = []
_OPEN = """
    SELECT l.virtualtransaction FROM pg_locks l JOIN pg_stat_activity a USING (pid)
    WHERE l.locktype = 'virtualxid' AND l.granted AND a.datname = current_database() AND pid <> pg_backend_pid()
"""


class Unopened(RuntimeError):
    """Values that do not open cannot get a new index; the text says how many and what to do."""


def reindex(suite: str, batch: int = BATCH, *, leave: bool = False) -> Iterator[Step]:
    """Begin, or go on. Raises Unopened before the switch when something does not open: nothing is lost by it. With
    `leave` such values stay as they are, to be found by nobody (in history they can never be mended)."""
    ring = keyring.keyring(fresh=True)
    if ring.stage == Stage.ONE:
        keyfile.add_index_key(keyfile.key_file(), suite)
    with as_owner():
        if _stage() == Stage.BOTH:
            yield from _seal_all(batch, leave)
            yield from (Step(f"索引 {name}", 1, 1, 0) for name in blind.add_indexes(_ring().next_side))
            _switch()
            keyfile.set_index_stage(keyfile.key_file(), Stage.NEXT)
        yield from _seal_all(batch, leave)
        blind.drop_old_indexes()
        note_index_key(_ring().next_fingerprint)
        keyfile.drop_old_index_key(keyfile.key_file())
        _wait_for_the_others()


def _ring() -> keyfile.Keyring:
    return keyring.keyring(fresh=True)


def _stage() -> Stage:
    return _ring().stage


def _seal_all(batch: int, leave: bool) -> Iterator[Step]:
    """Every value as this stage writes it, and none left by whoever began to write before it."""
    tables = [table for table in sealed_tables() if any(field.kind for field in table.fields)]
    broken: dict[str, int] = {}
    while True:
        _wait_for_the_others()
        if sum(count(table, _stale(table)) for table in tables) <= sum(broken.values()):
            return
        for table in tables:
            for step in seal_table_anew(table, _stale, batch):
                broken[step.table] = step.broken
                yield step
        if (lost := sum(broken.values())) and not leave:
            raise Unopened(
                f"有 {lost:,} 行解不开，检索密钥没有换完，一切照旧可用。"
                "请运行 minzheng keys check 查明是哪些行，从备份核对改正后，再运行一次；确实无法挽回的，加 --leave-unreadable。"
            )


def _stale(table: SealedTable) -> str:
    """SQL: rows with a value that this stage would write otherwise."""
    ring = _ring()
    other = f"< {BOTH}" if ring.stage == Stage.BOTH else f"NOT BETWEEN {ring.flag} AND {ring.flag + SUITE}"
    return " OR ".join(f"({flags_in(field)}) {other}" for field in table.fields if field.kind)


def _wait_for_the_others() -> None:
    """Until every program has seen the key file, and every transaction that was open then has ended."""
    time.sleep(keyring.RENEWED_EVERY * 2)
    with connection.cursor() as cursor:
        cursor.execute(_OPEN)
        older = {row[0] for row in cursor.fetchall()}
        while older:
            time.sleep(PAUSE)
            cursor.execute(_OPEN)
            older &= {row[0] for row in cursor.fetchall()}


def _switch() -> None:
    side = _ring().next_side
    if blind.side_in_use() == side:
        return
    with transaction.atomic(), pgtrigger.ignore():
        after = [check() for check in carried_over]
        blind.use_side(side)
        for carry in after:
            carry()
