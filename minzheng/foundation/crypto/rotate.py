"""Sealing everything anew with the current key while the house works: small batches, each a transaction of its own.

What is left to do is read from the rows themselves, so a kill loses nothing: the next run goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pgtrigger
from django.db import connection, transaction
from django.utils import timezone

from minzheng.foundation.accounts.walls.build import as_owner
from minzheng.foundation.crypto.columns import SealedTable, number_in, sealed_tables, values_by_key
from minzheng.foundation.crypto.envelope import Unreadable
from minzheng.foundation.crypto.keyring import keyring
from minzheng.foundation.crypto.known import note_keys
from minzheng.foundation.crypto.models import KnownKey
from minzheng.foundation.crypto.storage import GONE, files_by_key, sealed_files

BATCH = 2000  # rows locked at a time: a few tenths of a second
FILES, FILES_TOLD = "文件", 100  # the name of that step, and after how many files it is told
PAUSE = 0.2  # seconds until rows that somebody was writing are tried again
BEFORE_ALL = -(2**63)
Stale = Callable[[SealedTable], str]


@dataclass(frozen=True)
class Step:
    """After each batch: how far one table is, or the files. `broken`: what does not open and stays as it is."""

    table: str
    done: int
    total: int
    broken: int


def rotate(batch: int = BATCH) -> Iterator[Step]:
    """Seal with the current key whatever another sealed; at the end note which keys nothing needs any more."""
    current = keyring(fresh=True).current
    note_keys(keyring(fresh=True))
    with as_owner():  # what nobody may change otherwise, like history, is sealed anew as well
        for table in sealed_tables():
            yield from seal_table_anew(table, lambda one: _stale(one, current), batch)
    yield from _rotate_files(current)
    used = values_by_key().keys() | files_by_key().keys()
    KnownKey.objects.exclude(number__in=[0, current, *(used - {None})]).filter(retired_at=None).update(
        retired_at=timezone.now()
    )


def seal_table_anew(table: SealedTable, stale: Stale, batch: int) -> Iterator[Step]:
    """Every row of which `stale` (SQL) holds is sealed as values are written now; rows that do not open are counted."""
    done, left = 0, count(table, stale(table))
    total = left
    broken: set[int] = set()
    while left > len(broken):
        last, moved = BEFORE_ALL, 0
        while rows := _next(table, stale(table), last, batch, broken):
            last = rows[-1]
            moved += len(rows)
            yield Step(table.name, min(done + moved, total), total, len(broken))
        done += moved
        if (left := count(table, stale(table))) > len(broken):
            time.sleep(PAUSE)


def _rotate_files(current: int) -> Iterator[Step]:
    """Files that another key sealed, or none; what is left to do is read from the files themselves."""
    storage = sealed_files()
    stale = [name for name in storage.kept() if storage.key_of(name) not in (current, GONE)]
    broken = 0
    for done, name in enumerate(stale, 1):
        try:
            storage.seal_anew(name)
        except FileNotFoundError:
            pass  # deleted meanwhile: there is nothing left to seal
        except Unreadable:
            broken += 1
        if done % FILES_TOLD == 0 or done == len(stale):
            yield Step(FILES, done, len(stale), broken)


def _stale(table: SealedTable, current: int) -> str:
    return " OR ".join(f"({number_in(field)}) <> {current}" for field in table.fields)


def count(table: SealedTable, stale: str) -> int:
    """Rows of which the condition holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table.name} WHERE {stale}")  # noqa: S608
        return int(cursor.fetchone()[0])


def _next(table: SealedTable, stale: str, last: int, batch: int, broken: set[int]) -> list[int]:
    """Seal one batch of rows anew; their keys. A row that somebody is writing is left for the next round.

    Never waiting for a lock means that no writer can be in a deadlock with us. History keeps what people change;
    the same value under another key is no change.
    """
    keys, columns = table.bound_to, [field.column for field in table.fields]
    listed = ", ".join(f'"{one}"' for one in [*keys, *columns])
    with transaction.atomic(), pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(
            f'SELECT {listed} FROM {table.name} WHERE "{table.key}" > %s AND ({stale})'  # noqa: S608
            f' ORDER BY "{table.key}" LIMIT %s FOR NO KEY UPDATE SKIP LOCKED',
            [last, batch],
        )
        rows = cursor.fetchall()
        anew = [
            one
            for row in rows
            if (one := _anew(table, dict(zip(keys, row, strict=False)), row[len(keys) :], broken))
        ]
        if anew:
            news = ", ".join(f'"{column}" = v.c{place}' for place, column in enumerate(columns))
            names = ", ".join(["key", *(f"c{place}" for place in range(len(columns)))])
            kinds = ", ".join(["%s::bigint[]", *["%s::bytea[]"] * len(columns)])
            cursor.execute(
                f"UPDATE {table.name} t SET {news} FROM unnest({kinds}) AS v({names})"  # noqa: S608
                f' WHERE t."{table.key}" = v.key',
                [list(column) for column in zip(*anew, strict=True)],
            )
    return [row[0] for row in rows]


def _anew(
    table: SealedTable, keys: dict[str, int], stored: tuple[bytes | None, ...], broken: set[int]
) -> tuple[int | bytes | None, ...] | None:
    """(key of the row, its values sealed anew); a value that does not open stays as it is. None when nothing changes."""
    sealed: list[bytes | None] = []
    for field, value in zip(table.fields, stored, strict=True):
        if not value:  # of nobody, perhaps: a payment to an organisation has no payee to be bound to
            sealed.append(value)
            continue
        bound = [keys[row.column] for row in field.rows]
        try:
            sealed.append(field.sealed(field.opened(value, *bound), *bound))
        except Unreadable:
            broken.add(keys[table.key])
            sealed.append(value)
    return (keys[table.key], *sealed) if sealed != list(stored) else None
