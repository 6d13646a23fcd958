"""Two people, one row: the later one sees what the earlier one changed, and loses nothing.

A form carries a digest of the row as it was when the form was opened. If the row has another digest when the
form comes back, someone was faster. No lock is held while people think, and no column is needed.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.crypto import constant_time_compare, salted_hmac

from minzheng.foundation.regions.models import Region
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.history import Difference, field_text
from minzheng.foundation.registers.paths import field_at


def version_of(register: Register, row: Model) -> str:
    """A digest of what the form can change; it tells nothing about the values."""
    values = [getattr(row, _attname(register, key)) for key in register.questions]
    told = json.dumps([str(row.pk), values], cls=DjangoJSONEncoder, ensure_ascii=False)
    return salted_hmac("minzheng.registers.version", told).hexdigest()[:32]


def is_current(register: Register, row: Model, version: str) -> bool:
    return constant_time_compare(version_of(register, row), version)


def differences(register: Register, row: Model, wanted: Model) -> list[Difference]:
    """Fields in which the stored row differs from what this user wants to store: (label, stored, wanted)."""
    found = []
    for key, question in register.questions.items():
        name = _attname(register, key)
        stored, mine = getattr(row, name), getattr(wanted, name)
        field = field_at(register.model, key)
        if stored != mine and field is not None:
            regions = _region_names(stored, mine) if field.related_model is Region else {}
            names = {"region": regions, "user": {}}
            found.append(
                Difference(
                    question.label,
                    field_text(register, field, stored, names),
                    field_text(register, field, mine, names),
                )
            )
    return found


def _attname(register: Register, key: str) -> str:
    field = field_at(register.model, key)
    return field.attname if field is not None else key


def _region_names(*codes: Any) -> dict[Any, str]:
    return dict(Region.objects.filter(pk__in=[code for code in codes if code]).values_list("pk", "full_name"))
