"""Every encrypted column there is, found by asking the models; history tables among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models

from minzheng.foundation.crypto.blind import INDEX
from minzheng.foundation.crypto.envelope import HEAD
from minzheng.foundation.crypto.fields import EncryptedField


@dataclass(frozen=True)
class SealedTable:
    """One table and its encrypted columns."""

    model: type[models.Model]
    fields: tuple[EncryptedField, ...]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        return str(self.model._meta.pk.column)

    @property
    def bound_to(self) -> list[str]:
        """Columns of the keys that any of the values are bound to, the table's own key first."""
        return list(dict.fromkeys([self.key, *(row.column for field in self.fields for row in field.rows)]))

    def count_by_key(self) -> dict[int, int]:
        """{number of the key: values that it seals}."""
        counts: dict[int, int] = {}
        with connection.cursor() as cursor:
            for field in self.fields:
                cursor.execute(
                    f"SELECT {number_in(field)}, count(*) FROM {self.name} GROUP BY 1"  # noqa: S608  our own names
                )
                for number, count in cursor.fetchall():
                    if number is not None:
                        counts[number] = counts.get(number, 0) + count
        return counts


def sealed_tables() -> list[SealedTable]:
    return sorted(_tables(), key=lambda table: table.name)


def _tables() -> Iterator[SealedTable]:
    for model in apps.get_models(include_auto_created=True):
        fields = tuple(one for one in model._meta.local_concrete_fields if isinstance(one, EncryptedField))
        if fields and model._meta.managed:
            yield SealedTable(model, fields)


def number_in(field: EncryptedField) -> str:
    """SQL: the number of the key that sealed a value; NULL of nothing and of what is too short to be sealed."""
    place = (INDEX if field.kind else 0) + HEAD - 1
    return f'CASE WHEN length("{field.column}") > {place} THEN get_byte("{field.column}", {place}) END'


def flags_in(field: EncryptedField) -> str:
    """SQL: the flags after the index (blind.py); NULL of nothing."""
    return f'CASE WHEN length("{field.column}") > {INDEX} THEN get_byte("{field.column}", {INDEX}) END'


def values_by_key() -> dict[int, int]:
    """{number of the key: values that it seals, in all tables}."""
    counts: dict[int, int] = {}
    for table in sealed_tables():
        for number, count in table.count_by_key().items():
            counts[number] = counts.get(number, 0) + count
    return counts
