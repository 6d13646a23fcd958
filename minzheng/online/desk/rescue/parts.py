"""What the rescue pages share: the officer's station, a page of one form, answers as a model takes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest

from minzheng.business.rescue.facilities import STATION
from minzheng.foundation.actions import Refused
from minzheng.foundation.facilities.models import Facility
from minzheng.online.desk import deeds

HOME = ("救助管理", "/desk/rescue/")


def stations(request: HttpRequest, permission: str = "rescue.read") -> list[Facility]:
    """Open stations in the officer's divisions."""
    rows = Facility.objects.filter(kind=STATION.code, closed_on=None).select_related("region")
    return list(request.access.scope(permission, rows).order_by("region_id", "pk"))  # type: ignore[attr-defined]


def station_of(request: HttpRequest, permission: str = "rescue.write") -> Facility:
    """The one chosen by `station`, else the first."""
    mine = stations(request, permission)
    chosen = request.GET.get("station") or request.POST.get("station") or ""
    found = next((one for one in mine if str(one.pk) == chosen), None if chosen else next(iter(mine), None))
    if found is None:
        raise Http404("您的辖区里没有开着的救助管理站。请先在“设施”台账登记救助站，再登记床位。")
    return found


def dates(given: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """The answers with these keys as days; unanswered texts are empty, files the first document's key."""
    row = {key: value for key, value in given.items() if value is not None}
    for key in keys:
        if isinstance(row.get(key), str):
            row[key] = dt.date.fromisoformat(row[key])
    if "photo" in row:
        row["photo_id"] = next(iter(row.pop("photo") or []), None)
    return row


def clock_time(text: str, key: str) -> dt.time:
    """ "20:30" as a time of day."""
    try:
        return dt.time.fromisoformat(text.replace("：", ":").zfill(5))
    except ValueError:
        raise Refused({key: "请按“20:30”的样子填写时间。"}) from None


one_form = partial(deeds.one_form, trail=[HOME], back=HOME[1])
