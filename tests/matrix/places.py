"""The two counties of the matrices, and how an object of a place says which division and whom it needs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region

MONTH = dt.date(2026, 10, 1)
CITY = "431200000000"
OWN, SIBLING = "431227000000", "431228000000"


def _at(height: str) -> dict[str, Any]:
    return {"region": lambda place: Region.objects.get(code=getattr(place, height))}


def another(place: Any) -> Person:
    """The other one of a couple."""
    village = Region.objects.get(code=place.village)
    return Person.objects.get_or_create(name=f"{place.marker}配偶", region=village)[0]


COUNTY, TOWNSHIP = _at("county"), _at("township")
