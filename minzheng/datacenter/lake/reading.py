"""Reading the lake as the population reading wants it: `lake_columns` may stand wherever `population_columns` does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import connection

from minzheng.datacenter.lake.freshness import is_fresh
from minzheng.datacenter.lake.keys import lake_key
from minzheng.datacenter.lake.refresh import counties_with_people, key_file, lake_folder
from minzheng.datacenter.lake.store import read_manifest, read_snapshot, snapshot_folder
from minzheng.datacenter.lake.tables import to_columns, with_ids
from minzheng.foundation.actions import Refused
from minzheng.foundation.people.population import OPEN_HOUSEHOLDS, Columns
from minzheng.foundation.rules.catalogue import FactCatalogue

if TYPE_CHECKING:
    import numpy as np

HOUSEHOLDS = f"SELECT h.id FROM {OPEN_HOUSEHOLDS}"  # noqa: S608 our own text
OPEN_MEMBERS = (
    f"SELECT m.person_id FROM people_membership m WHERE m.household_id IN ({HOUSEHOLDS})"  # noqa: S608
    " AND m.since <= %(on)s AND (m.until IS NULL OR m.until > %(on)s)"
)


def lake_columns(prefix: str, on: dt.date, names: Iterable[str], catalogue: FactCatalogue) -> Columns:
    """Like `population_columns`, from the snapshot of the month of `on`: only the named facts are read.

    Refused, with the command that helps, if a county has no snapshot, a broken one, or one made before a change.
    """
    import numpy as np
    import pyarrow as pa

    names, key = list(names), lake_key(key_file())
    facts = {
        entity: [name for name in names if catalogue[name].entity == entity]
        for entity in ("household", "person")
    }
    parts = []
    for county in counties_with_people(prefix):
        try:
            folder = snapshot_folder(lake_folder(), on, county)
            households, members = read_snapshot(folder, facts["household"], facts["person"])
            manifest = read_manifest(folder)
        except FileNotFoundError:
            raise Refused(_remedy("在数据湖里没有快照", county, on)) from None
        except (OSError, pa.ArrowException):
            raise Refused(_remedy("的快照文件已损坏", county, on, " --rebuild")) from None
        if manifest is None or not is_fresh(manifest, county, on, catalogue, key):
            raise Refused(_remedy("的数据在快照之后有变化", county, on))
        inside = np.char.startswith(households["region"].to_numpy().astype(str), prefix)
        if not inside.all():
            members = members.filter(pa.array(np.repeat(inside, households["members"].to_numpy())))
            households = households.filter(pa.array(inside))
        parts.append((county, households, members))
    if not parts:
        raise Refused("这个地区没有家庭，没有可筛查的数据。请先导入家庭。")
    columns = to_columns(
        pa.concat_tables([households for _, households, _ in parts], promote_options="permissive"),
        pa.concat_tables([members for _, _, members in parts], promote_options="permissive"),
    )
    try:
        return with_ids(columns, *_ids(prefix, on), key)
    except LookupError:
        raise Refused(_remedy("的数据在快照之后有变化", prefix, on)) from None


def _ids(prefix: str, on: dt.date) -> tuple[np.ndarray, np.ndarray]:
    """(households, people) of the database, in any order."""
    import numpy as np

    scope: dict[str, Any] = {"on": on, "first": prefix.ljust(12, "0"), "last": prefix.ljust(12, "9")}
    with connection.cursor() as cursor:
        found = []
        for query in (HOUSEHOLDS, OPEN_MEMBERS):
            cursor.execute(query, scope)
            found.append(np.fromiter((key for (key,) in cursor), np.int64))
        return found[0], found[1]


def _remedy(trouble: str, region: str, on: dt.date, option: str = "") -> str:
    command = f"minzheng lake refresh --region {region} --month {on:%Y-%m}{option}"
    return f"{region} {on:%Y-%m} {trouble}。请先运行 {command}，或在“数据中心→数据湖”里重建。"
