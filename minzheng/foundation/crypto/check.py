"""Does every sealed value open in its own row, every file under its own name? Finds what was changed, swapped or sealed with a key that is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from minzheng.foundation.crypto.columns import SealedTable, sealed_tables
from minzheng.foundation.crypto.envelope import Unreadable
from minzheng.foundation.crypto.files import PIECE
from minzheng.foundation.crypto.storage import sealed_files

CHUNK = 5000


@dataclass(frozen=True)
class Bad:
    """A value that does not open, by where it stands; never by what it says."""

    table: str
    column: str
    row: int


@dataclass
class Checked:
    """How many values and files were opened so far."""

    values: int = 0
    files: int = 0


def check(checked: Checked) -> Iterator[Bad]:
    """Every value that does not open; counts into `checked` what it looked at."""
    for table in sealed_tables():
        yield from _check(table, checked)


def check_files(checked: Checked) -> Iterator[str]:
    """The name of every file that does not open from its beginning to its end."""
    storage = sealed_files()
    for name in storage.kept():
        checked.files += 1
        try:
            with storage.open(name) as file:
                while file.read(PIECE):
                    pass
        except FileNotFoundError:
            checked.files -= 1  # deleted meanwhile
        except Unreadable:
            yield name


def _check(table: SealedTable, checked: Checked) -> Iterator[Bad]:
    keys, columns = table.bound_to, [field.column for field in table.fields]
    listed = ", ".join(f'"{one}"' for one in [*keys, *columns])
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(f'SELECT {listed} FROM {table.name} ORDER BY "{table.key}"')  # noqa: S608  our own names
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                of = dict(zip(keys, row, strict=False))
                for field, value in zip(table.fields, row[len(keys) :], strict=True):
                    if not value:
                        continue
                    checked.values += 1
                    try:
                        field.opened(value, *(of[one.column] for one in field.rows))
                    except Unreadable:
                        yield Bad(table.name, str(field.column), of[table.key])
