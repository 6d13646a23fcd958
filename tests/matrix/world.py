"""One small world twice: an object of every kind in 新晃 and its twin in 芷江, and an officer of every role at every height.

The objects come out of the models themselves: what a model demands is filled in by its kind, so a new model is there
at once. `SPECIAL` (kinds/) says only what a constraint asks for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.test import Client

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.regions.models import Region
from tests.matrix.asking import ask
from tests.matrix.kinds import SPECIAL
from tests.matrix.places import CITY, MONTH, OWN, SIBLING


@dataclass
class Place:
    """A county with the township and the village in which its objects are; `marker` stands in every text."""

    county: str
    township: str
    village: str
    marker: str
    serial: str  # six digits, in numbers that must differ
    made: dict[type[Model], Any] = field(default_factory=dict)

    def get(self, model: type[Model]) -> Any:
        """The place's one object of this kind."""
        if model is Region:
            return Region.objects.get(code=self.village)
        if model not in self.made:
            self.made[model] = self.make(model)
        return self.made[model]

    def make(self, model: type[Model], **given: Any) -> Any:
        """One more of this kind, with these fields as they are given."""
        given = {
            name: self.value(what) for name, what in SPECIAL.get(model, {}).items() if name not in given
        } | given
        for one in model._meta.concrete_fields:
            if one.name not in given and one.attname not in given and _is_demanded(one):
                given[one.name] = self.filled(one)
        return model._default_manager.create(**given)

    def value(self, what: Any) -> Any:
        return what(self) if callable(what) else what

    def filled(self, one: Field[Any, Any]) -> Any:
        if isinstance(one, ForeignKey):
            if one.related_model is Region:
                at = self.county if one.name == "county" else self.village
                return Region.objects.get(code=at)
            return self.get(one.related_model)  # type: ignore[arg-type]
        if one.choices:
            return next(iter(one.flatchoices))[0]
        if one.name in WORDS:
            return WORDS[one.name]
        kind = one.get_internal_type()
        if kind == "DateField" and one.name.startswith(ENDS):
            return MONTH + dt.timedelta(days=3650)
        if kind in {"CharField", "TextField", "FileField", "URLField", "SlugField"}:
            return (self.marker + one.name)[: one.max_length or 60]
        return {
            "DateField": MONTH, "DateTimeField": dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC), "JSONField": {},
            "ArrayField": [], "BinaryField": b"", "BooleanField": True, "TimeField": dt.time(9),
        }.get(kind, 1)  # fmt: skip


def _is_demanded(one: Field[Any, Any]) -> bool:
    is_automatic = getattr(one, "auto_now", False) or getattr(one, "auto_now_add", False)
    return not (
        one.null
        or one.has_default()
        or one.blank
        or is_automatic
        or (one.primary_key and not one.is_relation)
    )


# Dates of these names come after those of the others.
ENDS = ("until", "ends", "valid_until", "through")
# What a field of this name holds: words of the program, a place in the country.
WORDS = {
    "longitude": 109.2,
    "latitude": 27.4,
    "benefit": "dibao",
    "programme": "dibao",
    "indicator": "N01",
    "source": "file.vehicles",
    "table": "dibao-monthly",
}


PLACES = (
    (OWN, "431227107000", "431227107203", "甲标记", "431227"),
    (SIBLING, "431228101000", "431228101200", "乙标记", "431228"),
)
# Where an officer sits, seen from the objects of the first place.
HEIGHTS = {
    "own": OWN, "sibling": SIBLING, "parent": CITY, "child": "431227107000", "neighbour": "431227101000",
}  # fmt: skip


@dataclass
class World:
    own: Place
    sibling: Place
    officers: dict[tuple[str, str], User]
    rights: dict[tuple[str, str], Access] = field(default_factory=dict)
    clients: dict[tuple[str, str], Client] = field(default_factory=dict)

    def client(self, role: str, height: str) -> Client:
        """Logged in, with a fresh proof of who sits there."""
        if (role, height) not in self.clients:
            client = self.clients[role, height] = Client(raise_request_exception=False)
            client.force_login(
                self.officers[role, height], backend="django.contrib.auth.backends.ModelBackend"
            )
        return self.clients[role, height]

    def access(self, role: str, height: str) -> Access:
        return self.rights.setdefault((role, height), Access(self.officers[role, height]))

    def ask(self, path: str, role: str, height: str, method: str = "GET") -> int:
        return ask(path, self.access(role, height), method)


def make_world() -> World:
    """Needs the divisions of conftest.py."""
    for code, name, level, parent in (
        ("431228101000", "芷江镇", 4, SIBLING),
        ("431228101200", "荷花池社区", 5, "431228101000"),
    ):
        Region.objects.create(
            code=code, name=name, full_name=f"湖南省怀化市芷江侗族自治县{name}", level=level, parent_id=parent,
            since="2000-01-01", source="测试",
        )  # fmt: skip
    seats = [(role.value, height) for role in Role for height in HEIGHTS]
    users = User.objects.bulk_create(
        User(username=f"{role}-{height}", display_name="某某", password="!") for role, height in seats
    )
    Assignment.objects.bulk_create(
        Assignment(user=user, role=role, region_id=HEIGHTS[height], since="2020-01-01")
        for user, (role, height) in zip(users, seats, strict=True)
    )
    own, sibling = (Place(*place) for place in PLACES)
    return World(own, sibling, dict(zip(seats, users, strict=True)))
