"""Who stands at the counter: found by the whole identity number, or a new master record (DC8)."""

from __future__ import annotations

from typing import Any

from minzheng.business.marriage.models import Registry
from minzheng.foundation.people import at_counter
from minzheng.foundation.people.at_counter import ID_CARD, Identity
from minzheng.foundation.people.models import Person

__all__ = ["ID_CARD", "Identity", "person_at_counter"]


def person_at_counter(access: Any, registry: Registry, said: Identity) -> Person:
    access.require("marriage.write", registry.region_id)
    return at_counter.person_at_counter(access, registry.region, said)
