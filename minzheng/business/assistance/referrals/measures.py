"""The catalogue of other departments' measures, and which of them fit a person's status today (“大救助”, S-073)."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from pathlib import Path

import yaml

from minzheng.business.assistance.models import Label, Recognition
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.people.models import Membership, Person
from minzheng.foundation.registry.words import shelf

FILE = Path(__file__).with_name("measures.yaml")


@dataclass(frozen=True)
class Measure:
    """One thing that one department does for holders of any of `statuses`; `until` is its last day."""

    code: str
    title: str
    department: str
    statuses: tuple[str, ...]
    since: dt.date
    cite: str
    mark: str
    until: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@functools.cache
def catalogue() -> tuple[Measure, ...]:
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))["measures"]
    return tuple(Measure(**{**one, "statuses": tuple(one["statuses"])}) for one in read)


def measure(code: str) -> Measure:
    for one in catalogue():
        if one.code == code:
            return one
    raise Refused("没有这项措施，请从列出的措施中选择。")


def statuses_of(person: Person, on: dt.date) -> dict[str, str]:
    """{code: 中文} of what the person or the family holds on a day: benefits and labels."""
    month = on.replace(day=1)
    homes = list(Membership.objects.filter(person=person, until=None).values_list("household_id", flat=True))
    running = Entitlement.objects.filter(
        state__in=[State.ACTIVE, State.SUSPENDED, State.EXITING], since_month__lte=month
    )
    held = running.filter(person=person) | running.filter(household__in=homes)
    found = {
        code: shelf(Benefit).get(code).title
        for code in held.values_list("benefit", flat=True).distinct()
        if code in shelf(Benefit)
    }
    labels = Recognition.objects.filter(household__in=homes, since__lte=on, until__gt=on)
    return found | {label: Label(label).label for label in labels.values_list("label", flat=True)}


def matching(statuses: dict[str, str], on: dt.date) -> list[Measure]:
    """What fits, in the order of the catalogue."""
    return [one for one in catalogue() if one.holds_on(on) and statuses.keys() & set(one.statuses)]
