"""A row's key is known before the row is written, because what is encrypted in it is bound to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connections, models, router, transaction

from minzheng.foundation.crypto.bulk import fill
from minzheng.foundation.crypto.fields import EncryptedField


class RowKey(models.BigAutoField):
    """An automatic key, drawn from its sequence before the INSERT."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"primary_key": True, "serialize": False, "verbose_name": "ID"} | kwargs)

    def has_default(self) -> bool:
        """So that Django inserts a new row at once, instead of looking first whether it can be updated."""
        return True

    def get_default(self) -> None:
        return None

    def get_pk_value_on_save(self, instance: models.Model) -> int:
        return draw(type(instance), 1)[0]


def draw(model: type[models.Model], count: int) -> list[int]:
    """So many new keys of a table, in one query."""
    key = model._meta.pk
    with connections[router.db_for_write(model)].cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, key.column, count],
        )
        return [row[0] for row in cursor.fetchall()]


class RowKeyQuerySet(models.QuerySet[Any]):
    """Bulk writes of rows with encrypted columns."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:  # type: ignore[override]
        objs = list(objs)
        keyless = [one for one in objs if one.pk is None]
        for one, key in zip(keyless, draw(self.model, len(keyless)) if keyless else [], strict=True):
            one.pk = key
        return super().bulk_create(objs, *args, **kwargs)

    def update(self, **values: Any) -> int:
        """One value for many rows is as many ciphertexts, each bound to its row."""
        encrypted = {
            name: value
            for name, value in values.items()
            if value
            and not hasattr(value, "resolve_expression")
            and isinstance(self.model._meta.get_field(name), EncryptedField)
        }
        if not encrypted:
            return super().update(**values)
        with transaction.atomic(using=self.db):
            keys = list(self.select_for_update(of=("self",)).values_list("pk", flat=True))
            if others := {name: value for name, value in values.items() if name not in encrypted}:
                super().update(**others)
            for name, value in encrypted.items():
                fill(self.model, name, dict.fromkeys(keys, value))
        return len(keys)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        objs, fields = list(objs), list(fields)
        encrypted = [
            field for name in fields if isinstance(field := self.model._meta.get_field(name), EncryptedField)
        ]
        plain = [[getattr(one, field.attname) for field in encrypted] for one in objs]
        try:
            for one in objs:
                for field in encrypted:
                    setattr(one, field.attname, field.pre_save(one, False))
            return super().bulk_update(objs, fields, *args, **kwargs)
        finally:
            for one, values in zip(objs, plain, strict=True):
                for field, value in zip(encrypted, values, strict=True):
                    setattr(one, field.attname, value)


RowKeyManager = models.Manager.from_queryset(RowKeyQuerySet)
