"""Walking a path such as `household__head__name`, over rows and over model fields."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model


def value_at(row: Any, path: str) -> Any:
    """The value at the end of the path; None as soon as a step is empty."""
    for step in path.split("__"):
        if row is None:
            return None
        row = getattr(row, step)
    return row


def field_at(model: type[Model], path: str) -> Field[Any, Any] | None:
    """The model field at the end of the path; None where the path leads to an annotation or a property."""
    field: Any = None
    current: Any = model
    for step in path.split("__"):
        if current is None:
            return None
        try:
            field = current._meta.pk if step == "pk" else _field(current, step)
        except FieldDoesNotExist:
            return None
        current = field.related_model if field.is_relation else None
    return field if isinstance(field, Field) else None


def relations_of(model: type[Model], path: str) -> str:
    """The leading part of the path that are single relations, for select_related ("" if none)."""
    taken: list[str] = []
    current: Any = model
    for step in path.split("__"):
        try:
            field = _field(current, step)
        except FieldDoesNotExist:
            break
        if not (field.many_to_one or field.one_to_one) or step == getattr(field, "attname", ""):
            break
        taken.append(step)
        current = field.related_model
    return "__".join(taken)


def _field(model: Any, step: str) -> Any:
    """A field by name or by column name (region and region_id)."""
    try:
        return model._meta.get_field(step)
    except FieldDoesNotExist:
        for field in model._meta.concrete_fields:
            if field.attname == step:
                return field
        raise
