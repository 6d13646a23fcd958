"""Finding sealed values by their blind index, which is their first 16 bytes (SQL function `blind`)."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from django.core.exceptions import FieldError, ValidationError
from django.db.models import BinaryField, Func, UniqueConstraint, Value
from django.db.models.lookups import Exact, In
from django.db.models.sql import Query


@runtime_checkable
class Indexed(Protocol):
    """A column found by its index (fields.py)."""

    def indexes_of(self, value: str | None) -> list[bytes]: ...


class Blind(Func):
    """The blind index of an encrypted column, for indexes and unique constraints."""

    function = "blind"
    output_field = BinaryField()

    def replace_expressions(self, replacements: Any) -> Any:
        """Checking a constraint puts a value that is not saved yet in the column's place."""
        replaced = super().replace_expressions(replacements)
        (source,) = replaced.get_source_expressions()
        if isinstance(source, Value) and isinstance(field := source.output_field, Indexed):
            found = field.indexes_of(source.value)
            return (
                _OneOf(found)
                if len(found) > 1
                else Value(found[0] if found else None, output_field=BinaryField())
            )
        return replaced


class _OneOf(Func):
    """What may stand after `=`: any of several indexes, while the index key is being replaced."""

    template, arg_joiner = "ANY(ARRAY[%(expressions)s]::bytea[])", ", "
    output_field = BinaryField()

    def __init__(self, indexes: list[bytes]) -> None:
        super().__init__(*(Value(one, output_field=BinaryField()) for one in indexes))


class _ByIndex:
    def process_lhs(self, compiler: Any, connection: Any, lhs: Any = None) -> Any:
        sql, params = super().process_lhs(compiler, connection, lhs)  # type: ignore[misc]
        return f"blind({sql})", params

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if isinstance(self.rhs, Query):  # type: ignore[attr-defined]
            raise FieldError("An encrypted column is compared with values or columns, not with a subquery.")
        sql, params = super().process_rhs(compiler, connection)  # type: ignore[misc]
        return (sql if self.rhs_is_direct_value() else f"blind({sql})"), params  # type: ignore[attr-defined]

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        values = value if self.get_db_prep_lookup_value_is_iterable else [value]  # type: ignore[attr-defined]
        field = self.lhs.output_field  # type: ignore[attr-defined]
        return "%s", [index for one in values for index in field.indexes_of(one)] or [None]


class ByNumber(_ByIndex, Exact):
    """`filter(id_no="…")`."""

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        sql, found = super().get_db_prep_lookup(value, connection)
        return (f"ANY(ARRAY[{', '.join([sql] * len(found))}]::bytea[])" if len(found) > 1 else sql), found


class ByNumbers(_ByIndex, In):
    """`filter(id_no__in=[…])`."""


BY_INDEX = {"exact": ByNumber, "in": ByNumbers}


class UniqueNumber(UniqueConstraint):
    """`UniqueNumber("case", Blind("id_no"), name="…")`; a second one is told at the number's field."""

    def validate(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().validate(*args, **kwargs)
        except ValidationError as error:
            (number,) = (
                source.name
                for one in self.expressions
                if isinstance(one, Blind)
                for source in one.get_source_expressions()
            )
            raise ValidationError({number: ValidationError(error.message, code="unique")}) from None
