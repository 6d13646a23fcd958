"""Refresh: bring the lake's snapshot of a month up to the database, county by county, skipping what did not change."""

from __future__ import annotations

import dataclasses
import datetime as dt
import fcntl
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pyarrow as pa
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from minzheng.datacenter.lake.freshness import content_of, stamp_of
from minzheng.datacenter.lake.keys import lake_key
from minzheng.datacenter.lake.store import (
    Manifest,
    is_whole,
    read_manifest,
    snapshot_folder,
    sweep,
    write_manifest,
    write_snapshot,
)
from minzheng.datacenter.lake.tables import to_tables
from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record
from minzheng.foundation.people.population import population_columns
from minzheng.foundation.rules import default_counter
from minzheng.foundation.rules.catalogue import FactCatalogue

logger = logging.getLogger(__name__)


class Stopped(Exception):
    """Somebody asked to stop. The counties that were done stay done."""


@dataclass
class Refreshed:
    """What one county's turn did: `skipped` if its rows were the same as last time, `trouble` if it failed."""

    county: str
    manifest: Manifest | None = None
    skipped: bool = False
    trouble: str = ""


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
    *,
    rebuild: bool = False,
    going_on: Callable[[], bool] = lambda: True,
    today: dt.date | None = None,
) -> list[Refreshed]:
    """Refresh every county under a region for the month that ends on `month_end`; audited.

    One county's trouble is told and does not keep the others from it. `rebuild` makes snapshots anew that seem up to
    date. `going_on` is asked before each county. Raises Refused if another refresh is running or the month has not
    begun, Stopped if it shall not go on. Safe to kill at any point: run it again.
    """
    if month_end.replace(day=1) > (today or dt.date.today()):
        raise Refused(f"{month_end:%Y-%m} 还没有开始，没有数据可以刷新。请选择本月或以前的月份。")
    done: list[Refreshed] = []
    catalogue, key = default_counter().book.catalogue, lake_key(key_file())
    stopped = False
    with _alone():
        for county in counties_with_people(prefix):
            if stopped := not going_on():
                break
            try:
                done.append(_refresh_county(county, month_end, catalogue, key, rebuild=rebuild))
            except (OSError, DatabaseError, psycopg.Error, pa.ArrowException, ValueError) as error:
                logger.exception("数据湖 %s %s", county, month_end)
                done.append(Refreshed(county, trouble=_in_words(error)))
            told(done[-1])
    record(
        "lake.refresh", "刷新数据湖", actor=actor, region=prefix.ljust(12, "0"), month=f"{month_end:%Y-%m}",
        counties=len(done), skipped=sum(one.skipped for one in done), failed=sum(bool(one.trouble) for one in done),
        rebuilt=rebuild, stopped=stopped,
    )  # fmt: skip
    if stopped:
        raise Stopped
    return done


def _in_words(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"文件写不进去（{error.strerror or error}）。请检查磁盘空间和数据湖目录的权限，再重新刷新。"
    if isinstance(error, DatabaseError | psycopg.Error) and not isinstance(error, psycopg.DataError):
        return "数据库读不出来，这个县保留原来的快照。请检查数据库，再重新刷新；仍不行请把时间告诉管理员。"
    said = str(error).splitlines()[0]
    return f"有读不懂的数据（{said}），这个县保留原来的快照。请更正以后重新刷新。"


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


def _refresh_county(
    county: str, on: dt.date, catalogue: FactCatalogue, key: bytes, *, rebuild: bool
) -> Refreshed:
    folder = snapshot_folder(lake_folder(), on, county)
    with transaction.atomic():
        # The digests and both tables must see the same rows, whatever others write meanwhile.
        with connection.cursor() as cursor:
            if not connection.savepoint_ids:  # only an outermost transaction can be set
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        stamp, content = (digest(county, on, catalogue, key) for digest in (stamp_of, content_of))
        manifest = read_manifest(folder)
        if manifest and manifest.content == content and not rebuild and is_whole(folder, manifest):
            if manifest.stamp != stamp:
                manifest = dataclasses.replace(manifest, stamp=stamp)
                write_manifest(folder, manifest)
            sweep(folder, manifest)
            return Refreshed(county, manifest, skipped=True)
        columns = population_columns(county, on, [fact.name for fact in catalogue], catalogue)
    if manifest is None and folder.exists():
        shutil.rmtree(folder)  # what nobody can read any more, or was never finished
    return Refreshed(
        county, write_snapshot(folder, content, *to_tables(columns, catalogue, key), stamp=stamp)
    )
