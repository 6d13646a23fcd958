"""Facts about a person or household as they hold today, each with its source and day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

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
    """What is in force that day about `person=` or `household=`; of two sheets the later one speaks."""
    in_force = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))
    catalogue = default_counter().book.catalogue
    latest: dict[str, Stated] = {}
    for sheet in FactSheet.objects.filter(in_force, **subject).order_by("since", "pk"):
        for name, value in sheet.values.items():
            if name in catalogue:
                fact = catalogue[name]
                text = "未知" if value is None else fact.kind.show(fact.kind.read(value, fen=True))
                latest[name] = Stated(fact.label, text, sheet.source, sheet.since)
    return list(latest.values())
