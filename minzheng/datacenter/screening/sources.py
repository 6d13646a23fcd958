"""Where the facts are read from, and the digest that tells whether they are still the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from minzheng.datacenter.lake.freshness import content_of, is_fresh
from minzheng.datacenter.lake.keys import lake_key
from minzheng.datacenter.lake.reading import lake_columns
from minzheng.datacenter.lake.refresh import key_file, lake_folder
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
    """A snapshot that is older than the database is no answer: reading it says so."""
    catalogue, county = default_counter().book.catalogue, prefix[:6]
    manifest = read_manifest(snapshot_folder(lake_folder(), on, county))
    if manifest is None or not is_fresh(manifest, county, on, catalogue, lake_key(key_file())):
        return ""
    return manifest.content


DATABASE = Source("database", population_columns, _of_database)
LAKE = Source("lake", lake_columns, _of_lake)
