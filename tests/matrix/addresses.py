"""What stands in each staff address: an object of which kind, or a word of our own. An address missing here fails the build."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, get_resolver

from minzheng.business.marriage.models import Agreement, Divorce
from minzheng.datacenter.signals.models import Sweep, SweepTarget
from minzheng.datacenter.simulation.models import Simulation
from minzheng.foundation.accounts.permissions import PERMISSIONS, roles_with
from minzheng.foundation.regions.models import prefix_of
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registry.words import shelf
from minzheng.online.api.models import ApiClient
from tests.matrix.kinds import KINDS, REGION, SECOND, WORDS
from tests.matrix.world import Place
from tests.test_routes import routes

BY_DIVISION = {"desk/clearing/<int:code>/", "cockpit/<int:code>/"}
FURTHER = {
    "key": "members", "member": "1", "suffix": "xlsx", "act": "propose", "year": "2026", "view_id": "1",
    "job_id": "1", "action": "none", "deed": "extend", "resident": "1", "way": "came", "copy": "1",
}  # fmt: skip


IN_REGISTER = "desk/registers/<slug:code>/"
# One register is asked at every address of the generic screens, the others where a right of their own decides.
WHOLLY = "people"
DECIDED_BY_REGISTER = {"", "rows/<str:key>", "rows/<str:key>/edit", "rows/<str:key>/reveal", "export"}


# In the view itself, in a helper of its module that is handed the request, or in a deed's page.
LOOKS_AT_A_FORM = re.compile(r"POST|\b_\w+\(request|DeedForms\(|deed_page\(|one_form\(")


@dataclass(frozen=True)
class Address:
    """A staff address. `kind`: whose object it shows, None for lists and for words of the program."""

    pattern: URLPattern
    text: str
    permissions: tuple[str, ...]
    kind: type[Model] | None = None
    is_of_division: bool = False
    register: Register | None = None

    @property
    def has_object(self) -> bool:
        return self.kind is not None or self.is_of_division

    @cached_property
    def methods(self) -> tuple[str, ...]:
        """A view that never looks at what is posted does the same for GET and POST: once is enough."""
        source = inspect.getsource(inspect.unwrap(self.pattern.callback))
        return ("GET", "POST") if LOOKS_AT_A_FORM.search(source) else ("GET",)

    @property
    def roles(self) -> set[str]:
        """Who holds every permission that is asked for."""
        return set.intersection(*(set(roles_with(one)) for one in self.permissions))

    def path(self, place: Place) -> str:
        return "/" + filled(self.text, self.arguments(place), self.pattern)

    def region(self, place: Place) -> str:
        """The division of the object, as 12 digits."""
        if self.is_of_division:
            return place.county
        steps = self.register.region if self.register else REGION.get(self.kind, "region_id")  # type: ignore[arg-type]
        found: Any = place.get(self.kind)  # type: ignore[arg-type]
        for step in steps.split("__"):
            found = getattr(found, step)
        return str(found)

    def is_seen_from(self, place: Place, office: str) -> bool:
        """Whether the object lies in the office's division or below it."""
        return self.region(place).startswith(prefix_of(office))

    def arguments(self, place: Place) -> dict[str, Any]:
        if self.is_of_division:
            return {"code": int(place.county)}
        if self.kind is Sweep:
            place.get(SweepTarget)
        if self.kind is Divorce:
            place.get(Agreement)
        found: dict[str, Any] = {**FURTHER, **WORDS.get(self.text, {})}
        if self.register:
            found["code"] = self.register.code
        if self.kind is None:
            return found
        one = place.get(self.kind)
        key = one.user_id if self.text.startswith("desk/accounts/<") else one.pk
        found |= {"pk": key, "job_id": key, "number": getattr(one, "number", "")}
        if self.register or self.kind in {ApiClient, Simulation}:
            found["key"] = key
        for end, second in SECOND.items():
            if self.text.endswith(end):
                found["pk"] = place.get(second).pk
        return found


def filled(text: str, arguments: dict[str, Any], pattern: URLPattern) -> str:
    """The address with its arguments in it, whether it is written as a path or as a regular expression."""
    own = str(pattern.pattern)
    if own.startswith("^"):
        body = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda m: str(arguments[m[1]]), own.strip("^$")).replace(
            "\\", ""
        )
    else:
        body = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(arguments[m[1]]), own)
    return text.removesuffix(own) + body


def kind_of(text: str) -> type[Model] | None:
    fitting = [start for start in KINDS if text.startswith(start)]
    return KINDS[max(fitting, key=len)] if fitting else None


def staff_addresses() -> Iterator[Address]:
    """Every address behind a permission, the generic screens once for each register."""
    for text, pattern in routes(get_resolver().url_patterns):
        permission = getattr(pattern.callback, "permit", "")
        if text.startswith(IN_REGISTER):
            yield from _in_registers(text, pattern, permission.partition("register.")[2])
        elif permission in PERMISSIONS:
            is_word = pattern.pattern.regex.groupindex.keys() <= WORDS.get(text, {}).keys()
            kind = None if is_word else kind_of(text)
            yield Address(pattern, text, (permission,), kind, text in BY_DIVISION)


def _in_registers(text: str, pattern: URLPattern, right: str) -> Iterator[Address]:
    rest = text.removeprefix(IN_REGISTER)
    for register in shelf(Register):
        if register.origin.startswith("minzheng.") and (
            register.code == WHOLLY or rest in DECIDED_BY_REGISTER
        ):
            kind = register.model if rest.startswith("rows/") else None
            yield Address(pattern, text, (register.read, getattr(register, right)), kind, register=register)


def unlisted() -> list[str]:
    """Staff addresses with an argument of which nobody said what it is."""
    return [
        one.text
        for one in staff_addresses()
        if one.pattern.pattern.regex.groupindex and not (one.has_object or one.register or one.text in WORDS)
    ]
