"""Encrypted columns: read and written like plain ones, found by whole value, unreadable in a copy of the database."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from minzheng.foundation.crypto.envelope import Sealed, Unreadable, seal, unseal
from minzheng.foundation.crypto.keyring import keyring
from minzheng.foundation.crypto.lookups import BY_INDEX

ROW = 8  # bytes of each key that a value is bound to


class EncryptedField(models.Field):
    """`of` is what the value is ("people_person.phone") and `row` the columns of the keys it is bound to; both by
    default those of this column and this row. A copy keeps those of its original: a payment's account is that of
    the payee (`of="people_person.bank_account", row="payee_id"`) and may be copied by SQL, but to nobody else.
    """

    kind = ""

    def __init__(self, *args: Any, of: str = "", row: str = "", **kwargs: Any) -> None:
        self.of, self.row = of, row
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        kwargs |= {key: value for key, value in (("of", self.of), ("row", self.row)) if value}
        return name, f"minzheng.foundation.crypto.fields.{type(self).__name__}", args, kwargs

    def db_type(self, connection: Any) -> str:
        return "bytea"

    @cached_property
    def label(self) -> str:
        tracked = getattr(self.model, "pgh_tracked_model", self.model)  # history opens as what it was
        return self.of or f"{tracked._meta.db_table}.{self.column}"

    @cached_property
    def _bound(self) -> bytes:
        return self.label.encode()

    @cached_property
    def rows(self) -> tuple[Any, ...]:
        tracked = getattr(self.model, "pgh_tracked_model", self.model)
        names = self.row.split() or [tracked._meta.pk.name]
        return tuple(self.model._meta.get_field(name) for name in names)

    @cached_property
    def _keys(self) -> int:
        """Bytes of the keys that stand before each value that is read (select_format)."""
        return ROW * len(self.rows)

    def row_of(self, instance: models.Model) -> bytes:
        """Raises TypeError as long as the row has no key (give its model `id = RowKey()`)."""
        return row_bytes(*(getattr(instance, field.attname) for field in self.rows))

    def sealed(self, value: Any, *keys: int) -> bytes | None:
        """The value as written into the column of the row with these keys, for COPY and raw SQL."""
        if value is None:
            return None
        text = self.to_text(value)
        return seal(keyring(), text, self._bound, row_bytes(*keys), self.kind) if text else Sealed()

    def opened(self, stored: bytes | None, *keys: int) -> Any:
        """The reverse of `sealed`. Raises Unreadable."""
        return None if stored is None else self._open(bytes(stored), row_bytes(*keys))

    def to_text(self, value: Any) -> str:
        return str(value)

    def from_text(self, text: str) -> Any:
        return text

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        text = self.to_text(value)
        return (
            seal(keyring(), text, self._bound, self.row_of(model_instance), self.kind) if text else Sealed()
        )

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or isinstance(value, Sealed):
            return value
        if not self.to_text(value):
            return Sealed()
        raise FieldError(f"{self.label} is bound to its row: use save(), bulk_create() or bulk_update().")

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """Read the keys with the value: they are what it must open with."""
        column = re.fullmatch(rf'(.+)\."{re.escape(str(self.column))}"', sql)
        if column is None:
            raise FieldError(f"{self.label} can be read, not computed with.")
        keys = "||".join(f'int8send({column[1]}."{row.column}"::int8)' for row in self.rows)
        return f"{keys}||{sql}", params

    def from_db_value(self, value: bytes | None, expression: Any, connection: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, bytes):
            value = bytes(value)
        return self._open(value[self._keys :], value[: self._keys])

    def _open(self, stored: bytes, row: bytes) -> Any:
        if not stored:
            return self.from_text("")
        ring = keyring()
        try:
            return self.from_text(unseal(ring, stored, self._bound, row, self.kind))
        except Unreadable:
            if (renewed := keyring(fresh=True)) is ring:
                raise
            return self.from_text(unseal(renewed, stored, self._bound, row, self.kind))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.label} is encrypted and has no index: it cannot be searched for.")


def row_bytes(*keys: int) -> bytes:
    return b"".join(key.to_bytes(ROW, signed=True) for key in keys)


class EncryptedTextField(EncryptedField):
    """Text found by its whole value: `filter(phone="…")`, `in`, and unique by `Blind`. `kind` names what numbers it
    holds; columns of one kind can be joined with each other by `blind(a.x) = blind(b.y)`.
    """

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"kind": self.kind}

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, bytes) else str(value)

    def indexes_of(self, value: str | None) -> list[bytes]:
        """The blind indexes by which the value may be found."""
        return indexes_of(self.kind, value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in BY_INDEX:
            return BY_INDEX[lookup_name]
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.label} is encrypted: only exact, in and isnull can be asked.")

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"max_length": self.max_length} | kwargs)


def indexes_of(kind: str, value: str | None) -> list[bytes]:
    """The blind indexes by which a value of this kind may be found; of nothing, none."""
    if value is None:
        return []
    return keyring().indexes(kind, value) if value else [b""]


class EncryptedJSONField(EncryptedField):
    """A JSON value as a whole; nothing inside it can be searched for. An empty object stays an empty column."""

    empty_strings_allowed = False

    def to_text(self, value: Any) -> str:
        if value == {}:
            return ""
        return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder, separators=(",", ":"))

    def from_text(self, text: str) -> Any:
        return json.loads(text) if text else {}
