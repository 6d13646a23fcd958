"""A county lost and brought back: python -m benchmarks.recovery [people].

Backup (one snapshot, encrypted, signed) and restore (into an empty PostgreSQL, every row counted, audit trail verified),
by the commands that an emergency would use. The peer, in the same run: PostgreSQL's own pg_dump and pg_restore of the
same database, without encryption and without checks. Prints one JSON line; setting up is not counted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.scratch import installation, scratch_county

LOOKS = 10_000  # entries of the audit trail


def main() -> int:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with installation() as folder:
        _county(people, folder)
        dumped, loaded = _bare(folder)
        started = time.perf_counter()
        rows, size = _backup(folder)
        made = time.perf_counter() - started
        back = _restored(folder)
    done = {
        "benchmark": "recovery",
        "people": people,
        "rows": rows,
        "backup_mb": round(size / 1e6, 1),
        "pg_dump_seconds": round(dumped, 2),
        "pg_restore_seconds": round(loaded, 2),
        "backup_seconds": round(made, 2),
        "restore_seconds": round(back, 2),
        "backup_ratio": round(made / dumped, 2),
        "restore_ratio": round(back / loaded, 2),
        "load": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(done))
    return 0


def _county(people: int, folder: Path) -> None:
    """So many people with households, facts and past, and looks at them."""
    from minzheng.foundation.audit.record import record

    _, county, _ = scratch_county(people, str(folder / "media"))
    for one in range(LOOKS):
        record("person.read", "查看个人档案", actor=None, region=county.code, persons=[one], is_read=True)


def _bare(folder: Path) -> tuple[float, float]:
    """Seconds of PostgreSQL's own tools: (dump, restore)."""
    from minzheng.foundation.backup import server

    address, environment = server.address()
    dump = folder / "bare.dump"
    with server.as_owner() as owner:
        owner.execute("CREATE DATABASE bare")
    started = time.perf_counter()
    for program, *arguments in (
        ("pg_dump", *server.DUMP, f"--file={dump}", f"--dbname={address}"),
        ("pg_restore", *server.RESTORE, f"--dbname={address} dbname=bare", dump),
    ):
        subprocess.run([server.BIN / program, *arguments], env=environment, check=True)  # noqa: S603
        if program == "pg_dump":
            dumped = time.perf_counter() - started
    return dumped, time.perf_counter() - started - dumped


def _backup(folder: Path) -> tuple[int, int]:
    """(Rows, bytes) of a backup below `folder`."""
    from django.conf import settings

    from minzheng.foundation.backup.make import make

    settings.BACKUPS, settings.BACKUP_KEY = folder / "backups", folder / "backup-key"
    made = make(settings.BACKUPS).manifest
    return made.rows, made.bytes


def _restored(folder: Path) -> float:
    """Seconds of `minzheng restore` in a process and on a PostgreSQL of its own."""
    from django.conf import settings

    from minzheng.foundation.backup.drill import drill
    from minzheng.foundation.backup.make import complete

    done = drill(complete(settings.BACKUPS)[-1])
    if not done.is_good:
        raise SystemExit(done.note)
    return (done.finished_at - done.started_at).total_seconds()


if __name__ == "__main__":
    sys.exit(main())
