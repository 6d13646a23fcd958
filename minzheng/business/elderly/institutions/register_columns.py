"""Columns and helpers that the registers of homes share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from minzheng.business.elderly.institutions.models import Resident
from minzheng.foundation.registers import Column, Filter

HOME_COLUMN = Column("home", "养老机构", "name", "home__facility__name")
PLACE = Column("region", "所在地", "region", "home__facility__region")
PLACE_FILTER = Filter("region", "所在地", "region", "home__facility__region_id")
OF_HOME = "home__facility__region_id"
GRADES = tuple(
    (number, title) for number, title in enumerate(("未评", "一级", "二级", "三级", "四级", "五级"))
)


def people_of(rows: Sequence[Any]) -> Iterable[int]:
    return {one.person_id for one in rows if one.person_id is not None}


def concerned(rows: Sequence[Any]) -> Iterable[int]:
    """Residents whom accidents and money are about."""
    keys = {one.resident_id for one in rows if one.resident_id is not None}
    return Resident.objects.filter(pk__in=keys).values_list("person_id", flat=True)
