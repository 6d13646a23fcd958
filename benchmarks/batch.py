"""A month of a million payments, from the list to the proof: python -m benchmarks.batch [--lines 10000,100000,1000000]

Each size runs in a process of its own on a durable PostgreSQL of its own (fsync on, its own folder, gone afterwards), by
the same actions as the desk's buttons: calculate → freeze → check → instruction file with seal → the bank's return file
→ reconcile and post → close → prove. The peer, in the same run: PostgreSQL's own COPY of the same rows into a table
without indexes or constraints. Prints a table of stages and one JSON line. Setting up (people, rights, the bank's answer)
is not counted; peak memory is that of our process, the database's not included.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LIMIT_MB = 1024


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--lines", default="10000,100000,1000000", help="payments in the batch, one run for each"
    )
    parser.add_argument("--json", action="store_true", help="only the JSON line")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        print(json.dumps(measure(int(asked.lines), Path(asked.inside))))
        return 0
    runs = [_run_apart(int(lines)) for lines in asked.lines.split(",")]
    if not asked.json:
        _table(runs)
    print(json.dumps({"benchmark": "batch", "load": round(os.getloadavg()[0], 1), "runs": runs}))
    return 0 if all(run["peak_mb"] < LIMIT_MB for run in runs) else 1


def _run_apart(lines: int) -> dict[str, Any]:
    from tests.faults.cluster import Cluster

    with tempfile.TemporaryDirectory(prefix="minzheng-batch-") as folder:
        Path(folder).chmod(0o755)
        cluster = Cluster(Path(folder))
        cluster.create()
        environment = os.environ | {
            "DATABASE_URL": cluster.url,
            "DJANGO_SETTINGS_MODULE": "minzheng.settings",
            "MINZHENG_DEMO": "1",  # a test seal; no officer sits here to set one up
        }
        command = [sys.executable, "-m", "benchmarks.batch", "--lines", str(lines), "--inside", folder]
        try:
            said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603  our own program
        except subprocess.CalledProcessError as error:
            sys.exit(error.stderr[-3000:])
        finally:
            cluster.kill()
    result: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return result


def _table(runs: list[dict[str, Any]]) -> None:
    print(f"{'stage':<24}" + "".join(f"{run['lines']:>12,}" for run in runs) + "   seconds")
    for stage in runs[0]["stages"]:
        print(f"{stage:<24}" + "".join(f"{run['stages'][stage]:>12.2f}" for run in runs))
    for name in ("seconds", "copy_seconds", "ratio", "microseconds_per_line", "peak_mb"):
        print(f"{name:<24}" + "".join(f"{run[name]:>12,}" for run in runs))


def measure(lines: int, folder: Path) -> dict[str, Any]:
    """One month of so many payments; seconds by stage."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from minzheng.foundation.accounts.walls.build import as_owner

    settings.PAYMENT_OUTBOX, settings.SEALS = folder / "outbox", folder / "seals"
    with as_owner():
        call_command("migrate", verbosity=0)
    from minzheng.foundation.payments import actions
    from minzheng.foundation.payments.models import Batch

    office, first, at_work = _office(lines)
    stages: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        done = work()
        stages[stage] = round(time.perf_counter() - start, 2)
        return done

    batch = timed("calculate", lambda: office.make(first))
    batch = timed("calculate, freeze", lambda: office.freeze(batch))
    timed("check", lambda: actions.check(office.checker, batch))
    timed("send, file, seal", lambda: actions.send(office.maker, batch))
    answer = _answer(folder / "outbox" / f"{batch.number}.txt", folder / "answer.txt")
    timed(
        "return, reconcile, post",
        lambda: actions.import_return(office.maker, batch, name="answer.txt", content=answer.read_bytes()),
    )
    batch = Batch.objects.get(pk=batch.pk)
    timed("close", lambda: actions.close(office.maker, batch))
    timed("prove", lambda: _prove(first, lines * at_work))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with as_owner():
        total, copied = sum(stages.values()), _copy(folder / "rows", lines)
    return {
        "lines": lines,
        "stages": stages,
        "seconds": round(total, 1),
        "copy_seconds": round(copied, 2),
        "ratio": round(total / copied, 1),
        "microseconds_per_line": round(total / lines * 1e6),
        "peak_mb": peak,
        "file_mb": round((folder / "outbox" / f"{batch.number}.txt").stat().st_size / 1e6, 1),
    }


def _office(lines: int) -> tuple[Any, str, int]:
    """A finance office, its money, and so many people with a right from January 2026 on; fen for each."""
    import datetime as dt

    from django.conf import settings

    from conftest import REGIONS
    from minzheng.demo.cast import create_cast
    from minzheng.foundation.accounts.access import Access
    from minzheng.foundation.benefits.tests.making import NURSING
    from minzheng.foundation.benefits.words import Benefit
    from minzheng.foundation.certificates.seals import make_test_authority
    from minzheng.foundation.payments.tests.office import Office
    from minzheng.foundation.payments.tests.test_scale import enrol
    from minzheng.foundation.regions.models import Region
    from minzheng.foundation.registry.words import shelf

    shelf(Benefit)._found[NURSING.code] = NURSING
    for code, name, level, parent in REGIONS:
        Region.objects.create(
            code=code, name=name, full_name=name, level=level, parent_id=parent, since=dt.date(2000, 1, 1),
            source="试验",
        )  # fmt: skip
    users = create_cast()
    office = Office(lambda name: Access(users[name], dt.date(2026, 1, 10)))
    make_test_authority(settings.SEALS)
    office.fund(lines * 7000)
    enrol(lines, dt.date(2026, 1, 1))
    return office, "2026-01", 7000


def _answer(instruction: Path, answer: Path) -> Path:
    """The bank's return file, written row by row: everything paid but one in a thousand."""
    count = total = 0
    with instruction.open(encoding="utf-8") as rows, answer.open("w", encoding="utf-8", newline="") as target:
        target.write(f"R|MZ-YKT-R1|{next(rows).split('|')[2]}\r\n")
        for row in rows:
            cells = row.rstrip("\r\n").split("|")
            if cells[0] == "D":
                count, total = count + 1, total + int(cells[7].replace(".", ""))
                target.write(f"D|{cells[2]}|{cells[7]}|{'01' if count % 1000 == 0 else '00'}|\r\n")
        target.write(f"T|{count}|{total // 100}.{total % 100:02d}\r\n")
    return answer


def _prove(text: str, owed_fen: int) -> None:
    from minzheng.foundation.benefits.tests.making import month
    from minzheng.foundation.payments.prove import prove, prove_cash

    (proof,) = prove(month(text))
    if not proof.holds or proof.owed != owed_fen or not all(line.holds for line in prove_cash()):
        raise SystemExit(f"the month does not add up: {proof}")


def _copy(file: Path, lines: int) -> float:
    """Seconds that PostgreSQL takes to COPY the same rows into a bare table and commit."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (LIKE payments_paymentline)")
        with file.open("wb") as target, cursor.copy("COPY payments_paymentline TO STDOUT") as copy:
            for piece in copy:
                target.write(piece)
        start = time.perf_counter()
        with file.open("rb") as source, cursor.copy("COPY bare FROM STDIN") as copy:
            while piece := source.read(1 << 20):
                copy.write(piece)
        seconds = time.perf_counter() - start
        cursor.execute("SELECT count(*) FROM bare")
        if cursor.fetchone()[0] != lines:
            raise SystemExit("the peer copied another number of rows")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
