"""Refreshing the lake beside PostgreSQL's own COPY of the same rows: python -m benchmarks.lake [--people N] [--json]

One run measures, on the same invented county: COPY of the four tables that a snapshot is made from (the bare reading);
the refresh (digest, reading, pseudonyms, Parquet, fsync); the same again unchanged; and the two tests of freshness.
"""

import argparse
import datetime as dt
import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

COPIES = (
    "SELECT * FROM people_household WHERE region_id LIKE '999999%'",
    "SELECT m.* FROM people_membership m JOIN people_household h ON h.id = m.household_id WHERE h.region_id LIKE '999999%'",
    "SELECT * FROM people_person WHERE region_id LIKE '999999%'",
    "SELECT s.* FROM people_factsheet s JOIN people_person p ON p.id = s.person_id WHERE p.region_id LIKE '999999%'",
    "SELECT s.* FROM people_factsheet s JOIN people_household h ON h.id = s.household_id WHERE h.region_id LIKE '999999%'",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lake")
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import transaction

    from benchmarks.scratch import scratch_county

    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        settings.LAKE, settings.VAR = Path(folder) / "lake", Path(folder)
        scratch_county(arguments.people, folder)
        figures = measure()
        transaction.set_rollback(True)
    print(json.dumps(figures) if arguments.json else _in_words(figures))


def measure() -> dict[str, float]:
    from minzheng.datacenter.lake.freshness import content_of, stamp_of
    from minzheng.datacenter.lake.keys import lake_key
    from minzheng.datacenter.lake.refresh import key_file, refresh
    from minzheng.foundation.rules import default_counter

    on, catalogue, key = dt.date(2026, 10, 31), default_counter().book.catalogue, lake_key(key_file())
    rows, copied = _copied()
    made, refreshed = _timed(lambda: refresh("999999", on))
    _, unchanged = _timed(lambda: refresh("999999", on))
    _, stamp = _timed(lambda: stamp_of("999999", on, catalogue, key))
    _, content = _timed(lambda: content_of("999999", on, catalogue, key))
    if made[0].manifest is None:
        raise SystemExit(made[0].trouble)
    return {
        "people": made[0].manifest.members, "rows": rows,
        "copy_seconds": copied, "copy_rows_per_second": round(rows / copied),
        "refresh_seconds": refreshed, "refresh_rows_per_second": round(rows / refreshed),
        "times_copy": round(refreshed / copied, 1), "unchanged_seconds": unchanged,
        "stamp_seconds": stamp, "content_seconds": content, "load_average": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def _copied() -> tuple[int, float]:
    from django.db import connection

    rows, started = 0, time.perf_counter()
    with connection.cursor() as cursor:
        for query in COPIES:
            with cursor.cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)") as copy:
                for _ in copy:
                    pass
            rows += cursor.cursor.rowcount
    return rows, round(time.perf_counter() - started, 3)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    done = work()
    return done, round(time.perf_counter() - started, 3)


def _in_words(figures: dict[str, float]) -> str:
    return "\n".join(f"{name:>24}  {value:,}" for name, value in figures.items())


if __name__ == "__main__":
    main()
