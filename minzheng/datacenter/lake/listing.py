"""What is in the lake, for people: snapshots by county and month, and whether they still hold."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from minzheng.datacenter.lake.freshness import is_fresh
from minzheng.datacenter.lake.keys import lake_key
from minzheng.datacenter.lake.refresh import key_file, lake_folder
from minzheng.datacenter.lake.store import is_whole, snapshot_folder, snapshots
from minzheng.foundation.rules import default_counter

FRESH, CHANGED, BROKEN, NOT_ASKED = "与数据库一致", "数据在快照之后有变化", "文件已损坏", ""


@dataclass(frozen=True)
class Line:
    """One snapshot. `freshness` is empty where it was not asked."""

    month: str
    county: str
    households: int
    members: int
    made_at: dt.datetime
    digest: str
    freshness: str

    @property
    def is_fresh(self) -> bool:
        return self.freshness == FRESH


def listed(prefix: str, *, check: bool) -> Iterator[Line]:
    """Snapshots under a region, the newest month first; `check` compares each with the database."""
    catalogue, key = default_counter().book.catalogue, lake_key(key_file())
    for month, county, manifest in snapshots(lake_folder(), prefix):
        on = month_end(month)
        freshness = NOT_ASKED
        if not is_whole(snapshot_folder(lake_folder(), on, county), manifest):
            freshness = BROKEN
        elif check:
            freshness = FRESH if is_fresh(manifest, county, on, catalogue, key) else CHANGED
        yield Line(
            month, county, manifest.households, manifest.members, dt.datetime.fromisoformat(manifest.made_at),
            manifest.content, freshness,
        )  # fmt: skip


def month_end(month: str) -> dt.date:
    """2026-10 → its last day. ValueError if it is no month."""
    first = dt.date.fromisoformat(f"{month}-01")
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
