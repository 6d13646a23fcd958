"""Where the facts are read from, and the digest that tells whether they are still the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from minzheng.datacenter.lake.keys import lake_key
from minzheng.datacenter.lake.reading import lake_columns
from minzheng.datacenter.lake.refresh import content_of, key_file, lake_folder
from minzheng.datacenter.lake.store import read_manifest, snapshot_folder
from minzheng.datacenter.screening.due import Reader
from minzheng.foundation.people.population import population_columns
from minzheng.foundation.rules import default_counter


@dataclass(frozen=True)
class Source:
    """`digest(prefix, last day of the month)` changes whenever `columns` may read anything else; "" is never the same."""

    name: str
    columns: Reader
    digest: Callable[[str, dt.date], str]


def _of_database(prefix: str, on: dt.date) -> str:
    return content_of(prefix, on, default_counter().book.catalogue, lake_key(key_file()))


def _of_lake(prefix: str, on: dt.date) -> str:
    manifest = read_manifest(snapshot_folder(lake_folder(), on, prefix[:6]))
    return manifest.content if manifest is not None else ""


DATABASE = Source("database", population_columns, _of_database)
LAKE = Source("lake", lake_columns, _of_lake)
