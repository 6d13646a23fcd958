"""Audit appends and verification: python -m benchmarks.audit [entries], 20,000 by default

Prints one JSON line. The peer within the same run is a plain INSERT of the same rows into a table with the same columns
and indexes, but no chain; both commit every row by itself, from the same number of threads, with the disk waited for.
The two take turns, so that whatever else the machine does slows both. Ten million entries are not written: how long their
verification takes follows from the measured rate, which does not depend on the length (one pass, constant memory).
Everything happens in an embedded database of its own, gone afterwards.
"""

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

THREADS = 8
ROUNDS = 5
TEN_MILLION = 10_000_000
COLUMNS = "at, action, title, is_read, subject_type, subject_id, persons, region, reason, detail"
VALUES = (
    "now(), 'person.read', '查看个人档案', true, 'people.person', '17', '{17}', '431227107000', '核对收入', "
    """'{"channel": "desk"}'"""
)


def rate(work: Callable[[], object], times: int) -> float:
    """Calls per second, THREADS at once, each thread on a connection of its own."""
    from django.db import connection

    def some(_: int) -> None:
        for _ in range(times // THREADS):
            work()
        connection.close()

    start = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(some, range(THREADS)))
    return round(times / (time.perf_counter() - start))


def insert_into(table: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({COLUMNS}) VALUES ({VALUES})")  # noqa: S608


def insert_and_seal() -> None:
    from minzheng.foundation.audit.seal import seal_on_commit

    insert_into("audit_auditentry")
    seal_on_commit()


def measure(entries: int, folder: Path) -> dict[str, object]:
    from django.db import connection

    from minzheng.database import JOBS
    from minzheng.foundation.accounts.walls.build import as_owner
    from minzheng.foundation.audit.chain import check_export
    from minzheng.foundation.audit.heads import read_heads
    from minzheng.foundation.audit.record import record
    from minzheng.foundation.audit.seal import seal
    from minzheng.foundation.audit.trail import anchor, export, verify

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE plain (LIKE audit_auditentry INCLUDING ALL)")
        cursor.execute(f"GRANT SELECT, INSERT ON plain TO {JOBS}")
    rounds = [
        (rate(lambda: insert_into("plain"), entries // ROUNDS), rate(insert_and_seal, entries // ROUNDS))
        for _ in range(ROUNDS)
    ]
    plain, chained = (round(median(rates)) for rates in zip(*rounds, strict=True))
    recorded = rate(lambda: record("person.read", "查看个人档案", actor=None, persons=[17]), entries)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO audit_auditentry ({COLUMNS}) SELECT {VALUES} FROM generate_series(1, %s)",  # noqa: S608
            [entries * 5],
        )
    start = time.perf_counter()
    sealed = seal()
    sealing = round(sealed / (time.perf_counter() - start))
    anchor()
    start = time.perf_counter()
    verdict = verify(folder / "anchors")
    online = round(verdict.sound.count / (time.perf_counter() - start))
    export(folder / "trail.jsonl")
    start = time.perf_counter()
    with (folder / "trail.jsonl").open("rb") as lines:
        count = check_export(lines, read_heads(folder / "anchors")).count
    offline = round(count / (time.perf_counter() - start))
    return {
        "benchmark": "audit",
        "threads": THREADS,
        "plain_inserts_per_s": plain,
        "chained_inserts_per_s": chained,
        "ratio": round(median(chained / plain for plain, chained in rounds), 2),
        "record_calls_per_s": recorded,
        "bulk_seal_rows_per_s": sealing,
        "verify_database_rows_per_s": online,
        "verify_export_rows_per_s": offline,
        "verify_10m_minutes_extrapolated": round(TEN_MILLION / online / 60, 1),
        "rows": count,
    }


def main(entries: int) -> None:
    from benchmarks.scratch import installation

    with installation() as folder:
        print(json.dumps(measure(entries, folder), ensure_ascii=False))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
