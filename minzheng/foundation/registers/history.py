"""Who changed what, when, by which action: read from the rows that the history triggers keep (django-pghistory).

A tracked model keeps the old row at each change (`pghistory.UpdateEvent(row=pghistory.Old)`), so a row that
never changes costs nothing: a province has tens of millions of those.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pghistory.core
from django.db.models import Field, Model
from django.utils.formats import date_format

from minzheng.foundation.accounts.models import User
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registers.columns import MASKS
from minzheng.foundation.registers.declaration import MASKED_KINDS, Register

SHOWN = 50
NAMED: dict[Any, str] = {Region: "region", User: "user"}  # what a foreign key is shown by


@dataclass(frozen=True)
class Difference:
    """One field before and after, as text."""

    label: str
    before: str
    after: str


@dataclass
class Change:
    """One change of the row."""

    at: dt.datetime
    who: str
    what: str
    differences: list[Difference] = field(default_factory=list)


def changes(register: Register, row: Model) -> list[Change]:
    """The latest changes, newest first; empty for a model without history."""
    tracked: list[Any] = pghistory.core.event_models(tracks_model=type(row))
    if not tracked:
        return []
    events = list(
        tracked[0]
        .objects.filter(pgh_obj_id=row.pk, pgh_label__in=("insert", "update"))
        .select_related("pgh_context")
        .order_by("-pgh_id")[: SHOWN + 1]
    )
    # An event holds the row as it was before the change, or as it became, as the model's tracker says.
    holds_old = any(getattr(tracker, "row", "") == "OLD" for tracker in tracked[0].pgh_trackers or ())
    states = [row, *events] if holds_old else events
    fields = [f for f in row._meta.concrete_fields if not f.primary_key]
    names = _names(events, fields, states)
    found = []
    for event, newer, older in zip(events[:SHOWN], states, states[1:], strict=False):
        context = event.pgh_context.metadata if event.pgh_context else {}
        change = Change(
            event.pgh_created_at, names["user"].get(context.get("user"), "系统"), context.get("title", "更新")
        )
        for model_field in fields:
            before, after = getattr(older, model_field.attname), getattr(newer, model_field.attname)
            if before != after:
                label = str(model_field.verbose_name)
                texts = [field_text(register, model_field, value, names) for value in (before, after)]
                change.differences.append(Difference(label, *texts))
        found.append(change)
    return found


def field_text(
    register: Register, model_field: Field[Any, Any], value: Any, names: dict[str, dict[Any, str]]
) -> str:
    """A stored value as a person reads it; numbers stay masked."""
    if value is None or value == "":
        return "空"
    question = register.questions.get(model_field.name)
    kind = question.kind if question else model_field.name
    if kind in MASKED_KINDS:
        return MASKS[kind](str(value))
    if model_field.related_model in NAMED:
        return names[NAMED[model_field.related_model]].get(value, str(value))
    if kind == "money":
        return f"{value / 100:,.2f}元"
    if model_field.flatchoices:
        return str(dict(model_field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        return date_format(value, "Y-m-d H:i")
    return str(value)


def _names(events: list[Any], fields: list[Any], states: list[Any]) -> dict[str, dict[Any, str]]:
    """The people and regions that the changes mention, in two queries."""
    users = {e.pgh_context.metadata.get("user") for e in events if e.pgh_context} - {None}
    users |= _keys(events, fields, states, User)
    codes = _keys(events, fields, states, Region)
    return {
        "user": {user.pk: str(user) for user in User.objects.filter(pk__in=users)} if users else {},
        "region": dict(Region.objects.filter(pk__in=codes).values_list("pk", "full_name")) if codes else {},
    }


def _keys(events: list[Any], fields: list[Any], states: list[Any], model: type[Model]) -> set[Any]:
    pointing = [f.attname for f in fields if f.related_model is model] if events else []
    return {getattr(state, name) for state in states for name in pointing} - {None}
