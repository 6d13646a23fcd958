"""Facts about a person or household as they hold today, each with its source and day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from minzheng.foundation.people.facts import rank_of
from minzheng.foundation.people.models import FactSheet
from minzheng.foundation.rules.deciding import default_counter


@dataclass(frozen=True)
class Stated:
    """One fact: label, value in words, who said so, since when."""

    label: str
    text: str
    source: str
    since: dt.date


def facts_of(on: dt.date, **subject: Any) -> list[Stated]:
    """What is in force that day about `person=` or `household=`, as the rules would read it (people/facts.py):
    the better source wins, and of one source the later sheet."""
    in_force = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))
    catalogue = default_counter().book.catalogue
    latest: dict[str, Stated] = {}
    sheets = FactSheet.objects.filter(in_force, **subject)
    for sheet in sorted(sheets, key=lambda one: (rank_of(one.source), one.since, one.pk)):
        for name, value in sheet.values.items():
            if name in catalogue and value is not None:
                fact = catalogue[name]
                text = fact.kind.show(fact.kind.read(value, fen=True))
                latest[name] = Stated(fact.label, text, sheet.source, sheet.since)
    return list(latest.values())
