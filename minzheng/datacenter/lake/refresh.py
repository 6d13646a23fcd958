"""Refresh: bring the lake's snapshot of a month up to the database, county by county, skipping what did not change."""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from minzheng.datacenter.lake.keys import lake_key
from minzheng.datacenter.lake.store import Manifest, read_manifest, snapshot_folder, sweep, write_snapshot
from minzheng.datacenter.lake.tables import to_tables
from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record
from minzheng.foundation.people.population import population_columns
from minzheng.foundation.rules import default_counter
from minzheng.foundation.rules.catalogue import FactCatalogue

# Everything a snapshot is made from, as one number: any inserted, changed or removed row changes it.
CONTENT = """
WITH chosen AS (SELECT * FROM people_household WHERE region_id BETWEEN %(first)s AND %(last)s),
     living AS (SELECT m.* FROM people_membership m JOIN chosen h ON h.id = m.household_id)
SELECT (SELECT sum(hashtextextended(concat_ws('|', id, region_id, category, since, until), 0)) FROM chosen),
       (SELECT sum(hashtextextended(concat_ws('|', id, household_id, person_id, relation, "order", since, until), 1)) FROM living),
       (SELECT sum(hashtextextended(concat_ws('|', id, sex, birth_date, died_on), 2)) FROM people_person
         WHERE id IN (SELECT person_id FROM living)),
       (SELECT sum(hashtextextended(concat_ws('|', id, source, since, until), 3)::numeric + jsonb_hash_extended(values, 4))
          FROM people_factsheet WHERE household_id IN (SELECT id FROM chosen)
            OR person_id IN (SELECT person_id FROM living))
"""


@dataclass
class Refreshed:
    """What one county's turn did; `skipped` if its rows were the same as last time."""

    county: str
    manifest: Manifest
    skipped: bool


def lake_folder() -> Path:
    return settings.LAKE


def key_file() -> Path:
    """Beside the lake, never in it: whoever gets a copy of the lake must not get the key."""
    return settings.VAR / "lake-key"


def counties_with_people(prefix: str) -> list[str]:
    """County codes (6 digits) under a region in which the database has households."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT left(region_id, 6) FROM people_household WHERE region_id BETWEEN %s AND %s ORDER BY 1",
            [prefix[:6].ljust(12, "0"), prefix[:6].ljust(12, "9")],
        )
        return [code for (code,) in cursor.fetchall()]


def refresh(
    prefix: str,
    month_end: dt.date,
    actor: User | None = None,
    told: Callable[[Refreshed], None] = lambda _: None,
) -> list[Refreshed]:
    """Refresh every county under a region for the month that ends on `month_end`; audited.

    Refused if another refresh is running. Safe to kill at any point: run it again.
    """
    done = []
    catalogue, key = default_counter().book.catalogue, lake_key(key_file())
    with _alone():
        for county in counties_with_people(prefix):
            done.append(_refresh_county(county, month_end, catalogue, key))
            told(done[-1])
    record(
        "lake.refresh", "刷新数据湖", actor=actor, region=prefix.ljust(12, "0"), month=f"{month_end:%Y-%m}",
        counties=len(done), skipped=sum(one.skipped for one in done),
    )  # fmt: skip
    return done


@contextmanager
def _alone() -> Iterator[None]:
    """The lock ends with its process, however that ends."""
    lake_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (lake_folder() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("另一个刷新正在进行。请等它结束后再试。") from None
        yield


def _refresh_county(county: str, on: dt.date, catalogue: FactCatalogue, key: bytes) -> Refreshed:
    folder = snapshot_folder(lake_folder(), on, county)
    with transaction.atomic():
        # The digest and both tables must see the same rows, whatever others write meanwhile.
        with connection.cursor() as cursor:
            if not connection.savepoint_ids:  # only an outermost transaction can be set
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        content = content_of(county, on, catalogue, key)
        manifest = read_manifest(folder)
        if manifest is not None and manifest.content == content:
            sweep(folder, manifest)
            return Refreshed(county, manifest, skipped=True)
        columns = population_columns(county, on, [fact.name for fact in catalogue], catalogue)
    return Refreshed(
        county, write_snapshot(folder, content, *to_tables(columns, catalogue, key)), skipped=False
    )


def content_of(county: str, on: dt.date, catalogue: FactCatalogue, key: bytes) -> str:
    """Digest of the county's rows, of the day, of the facts' declarations and of the pseudonyms' key."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CONTENT, {"first": county.ljust(12, "0"), "last": county.ljust(12, "9")})
        rows = cursor.fetchone()
    facts = [(fact.name, fact.entity, str(fact.kind), fact.default) for fact in catalogue]
    return hashlib.blake2b(repr((rows, on, facts)).encode(), key=key, digest_size=16).hexdigest()
