"""Where somebody can be sent to live: open homes of the county that take such people in, with their free beds."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from minzheng.foundation.facilities.models import Facility, State
from minzheng.foundation.facilities.words import FacilityKind
from minzheng.foundation.regions.models import within
from minzheng.foundation.registry.words import shelf

Living = Callable[[Collection[int]], Iterable[tuple[int, int]]]


@dataclass(frozen=True)
class Home:
    """`free` beds; None where nobody has recorded how many there are."""

    facility: Facility
    free: int | None

    @property
    def is_full(self) -> bool:
        return self.free is not None and self.free <= 0

    def __str__(self) -> str:
        beds = "床位数没有登记" if self.free is None else f"空床{self.free}张" if self.free > 0 else "已住满"
        return f"{self.facility.name}（{beds}）"


def homes_for(whom: str, county: str, on: dt.date, also: Living) -> list[Home]:
    """Homes below a county (6 digits), the emptiest first. `also`: (facility, person) whom the asking line sent there.

    Somebody whom both the home and the line have on record takes one bed.
    """
    takes_in = {kind.code: kind for kind in shelf(FacilityKind) if whom in kind.takes_in}
    open_ones = Facility.objects.on(on).filter(within(county), kind__in=takes_in, state=State.OPEN)
    found = list(open_ones.order_by("name"))
    living: dict[int, set[int]] = defaultdict(set)
    for code, kind in takes_in.items():
        keys = [one.pk for one in found if one.kind == code]
        for lister in (kind.living_in, also):
            for facility, person in lister(keys) if lister and keys else ():
                living[facility].add(person)
    homes = [
        Home(one, one.counts["beds"] - len(living[one.pk]) if "beds" in one.counts else None) for one in found
    ]
    return sorted(homes, key=lambda home: -(home.free or 0))
