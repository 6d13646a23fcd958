"""The board's figures as they are shown; who may not open the list sees no number below five."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from minzheng.datacenter.screening.board import Standing
from minzheng.datacenter.screening.models import Kind
from minzheng.datacenter.small_cells import LEAST
from minzheng.foundation.regions.models import Level, Region
from minzheng.online.ui.formats import big_number

HIDDEN = "少于5"


@dataclass(frozen=True)
class Shown:
    """One line: each number as text, the light in words and tone."""

    found: str
    waiting: str
    dispatched: str
    closed: str
    overdue: str
    back: str
    rate: str
    tone: str
    light: str


@dataclass(frozen=True)
class Line:
    name: str
    url: str
    shown: Shown


def shown_of(one: Standing, sees_all: bool) -> Shown:
    def number(count: int) -> str:
        return HIDDEN if 0 < count < LEAST and not sees_all else big_number(count)

    few = one.found < LEAST and not sees_all
    rate = "—" if one.rate is None or few else f"{one.rate:.1f}%"
    if not one.found:
        tone, light = "ok", "没有发现"
    elif one.is_clear:
        tone, light = "ok", "已清零"
    elif one.overdue:
        tone, light = "bad", f"超期{number(one.overdue)}条"
    else:
        tone, light = "warn", "办理中"
    return Shown(
        number(one.found),
        number(one.waiting),
        number(one.dispatched),
        number(one.closed),
        number(one.overdue),
        number(one.back),
        rate,
        tone,
        light,
    )


def lines_of(
    rows: Sequence[tuple[Region | Kind, Standing]], month: dt.date, sees_all: bool, region: str = ""
) -> list[Line]:
    """Regions lead one level down, at the lowest to the list; kinds lead to the list of that kind."""
    return [
        Line(_name(key), _address(key, month, sees_all, region), shown_of(one, sees_all)) for key, one in rows
    ]


def _name(key: Region | Kind) -> str:
    return key.name if isinstance(key, Region) else str(key.label)


def _address(key: Region | Kind, month: dt.date, sees_all: bool, region: str) -> str:
    if isinstance(key, Region) and key.level <= Level.COUNTY:
        return f"{reverse('desk:clearing_region', args=[int(key.code)])}?month={month:%Y-%m}"
    if not sees_all:
        return ""
    asked = {
        "region": key.code if isinstance(key, Region) else region,
        "month_from": month,
        "month_to": month,
    }
    if isinstance(key, Kind):
        asked["kind"] = key.value
    return f"{reverse('registers:list', args=['findings'])}?{urlencode(asked)}"
