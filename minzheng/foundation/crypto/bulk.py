"""Encrypted columns in statements over whole sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models

from minzheng.foundation.crypto.fields import EncryptedField, EncryptedTextField
from minzheng.foundation.crypto.lookups import Blind

CHUNK = 20_000  # rows in one statement


def field_of(model: type[models.Model], name: str) -> EncryptedField:
    field = model._meta.get_field(name)
    assert isinstance(field, EncryptedField)
    return field


def fill(model: type[models.Model], name: str, values: Mapping[int, Any]) -> None:
    """Write {row: value} into an encrypted column of rows that exist, 20,000 in a statement."""
    field, table = field_of(model, name), model._meta.db_table
    rows = list(values.items())
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        with connection.cursor() as cursor:
            cursor.execute(
                f'UPDATE {table} t SET "{field.column}" = v.sealed'  # noqa: S608  names of our own models
                " FROM unnest(%s::bigint[], %s::bytea[]) AS v(id, sealed) WHERE t.id = v.id",
                [[row for row, _ in part], [field.sealed(value, row) for row, value in part]],
            )


def rows_with(found: models.QuerySet, name: str, values: Iterable[str]) -> dict[str, int]:
    """{value: key of the row that has it}, without opening anything. The last row where several have it."""
    field = field_of(found.model, name)
    assert isinstance(field, EncryptedTextField)
    by_index = {index: value for value in values if value for index in field.indexes_of(value)}
    keys = found.filter(**{f"{name}__in": set(by_index.values())}).order_by("pk")
    return {by_index[bytes(index)]: key for index, key in keys.values_list(Blind(name), "pk")}
