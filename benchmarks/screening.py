"""A whole population from Parquet to Parquet: python -m benchmarks.screening --people 1000000 [--json]

Four ways in one run, each in a process of its own, on two threads, over the same files: our kernel; hand-written SQL
on DuckDB (dependency group `bench`; left out if missing); merely reading and writing the same columns (`scan`).
The kernel's answers are compared with the SQL's row by row. Ends with one JSON line; compare figures of one run only.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

WANT, ON, SET = ("size", "income", "dibao", "family_amount"), "2021-09-01", "hunan"


def population() -> Any:
    from minzheng.foundation.rules import Population, default_counter

    return Population(default_counter(), WANT, ON, SET)


def by_county(folder: Path, out: Path, work: Callable, *, first_only: bool = False) -> None:
    """A pipeline of three: while one county is worked out, the next is read and the last is written."""
    import pyarrow.parquet as pq

    from minzheng.datacenter.lake.store import read_snapshot

    plan = population().plan
    counties = sorted(folder.glob("county=*"))[: 1 if first_only else None]

    def read(county: Path) -> tuple:
        return read_snapshot(county, plan.household_facts, plan.person_facts)

    with ThreadPoolExecutor(1) as reader, ThreadPoolExecutor(1) as writer:
        coming, written = reader.submit(read, counties[0]), None
        for place, county in enumerate(counties):
            tables = coming.result()
            if place + 1 < len(counties):
                coming = reader.submit(read, counties[place + 1])
            answer = work(*tables)
            if written:
                written.result()
            written = writer.submit(
                pq.write_table,
                answer,
                out / f"{county.name}.parquet",
                compression="lz4",
                use_dictionary=False,
            )
        if written:
            written.result()


def kernel(folder: Path, out: Path, *, first_only: bool = False) -> None:
    import numpy as np
    import pyarrow as pa

    from minzheng.datacenter.lake.facts import facts_of
    from minzheng.datacenter.lake.store import read_manifest

    asked = population()
    manifests = [read_manifest(county) for county in folder.glob("county=*")]
    flagged = {name for manifest in manifests if manifest for name in manifest.unknown}

    def work(households: pa.Table, members: pa.Table) -> pa.Table:
        catalogue = asked.plan.law.catalogue
        regions, position = np.unique(households["region"].to_numpy(), return_inverse=True)
        answers = asked.run(
            facts_of(households, catalogue),
            facts_of(members, catalogue),
            households["members"].to_numpy(),
            position,
            [str(code) for code in regions],
            threads=2,
            flagged=flagged,
        )
        return pa.table(
            {"key": households["key"]}
            | {name: pa.array(values, mask=~known) for name, (values, known) in answers.items()}
        )

    by_county(folder, out, work, first_only=first_only)


def scan(folder: Path, out: Path, *, first_only: bool = False) -> None:
    """As many columns out as the kernel writes, but nothing worked out."""
    names = ["key", "deposits", "securities", "category", "claims"]
    by_county(folder, out, lambda households, members: households.select(names), first_only=first_only)


def sql(folder: Path, out: Path, *, first_only: bool = False) -> None:
    from benchmarks import screening_sql

    asked = population()
    row = asked.standards.row("430000", asked.on)
    standards = {name: int(row[name].value or 0) for name in asked.plan.standards if name in row}
    counties = sorted(folder.glob("county=*"))[0] if first_only else "county=*"
    screening_sql.run(str(folder / counties), str(out / "sql.parquet"), standards, asked.on)


def peak_mb() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def timed(way: str, folder: Path, out: Path) -> dict[str, float]:
    """Run one way in a fresh process: wall and processor seconds of the work without start-up, peak memory."""
    out.mkdir(exist_ok=True)
    command = [
        sys.executable,
        "-m",
        "benchmarks.screening",
        "--way",
        way,
        "--folder",
        str(folder),
        "--out",
        str(out),
    ]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 our own command
    return json.loads(done.stdout.splitlines()[-1])


def one_way(way: str, folder: Path, out: Path) -> None:
    ways = {"kernel": kernel, "scan": scan, "sql": sql}
    population()
    # Start-up is not measured: modules, fresh memory, and the compiled kernel that is kept between processes.
    ways[way](folder, out, first_only=True)
    wall, cpu = time.perf_counter(), time.process_time()
    ways[way](folder, out)
    print(
        json.dumps(
            {
                "seconds": round(time.perf_counter() - wall, 2),
                "cpu_seconds": round(time.process_time() - cpu, 2),
                "peak_mb": peak_mb(),
            }
        )
    )


def compared(out: Path) -> dict[str, Any]:
    """Kernel and SQL: the same rows, unknowns included?"""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    ours = pq.read_table(out / "kernel").sort_by("key")
    theirs = pq.read_table(out / "sql/sql.parquet").sort_by("key")
    return {
        "equal_to_sql": all(ours[name].to_pylist() == theirs[name].to_pylist() for name in ("key", *WANT)),
        "households": ours.num_rows,
        "dibao": pc.sum(ours["dibao"]).as_py(),
        "undetermined": ours["dibao"].null_count,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true", help="only the JSON line")
    parser.add_argument("--folder", type=Path, help="keep the population here and use it again")
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.way:
        one_way(asked.way, asked.folder, asked.out)
        return
    from benchmarks.screening_people import write_people

    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary) / "people"
        if not folder.exists():
            write_people(folder, asked.people, population().plan)
        out = Path(temporary) / "out"
        out.mkdir()
        load = os.getloadavg()[0]
        result: dict[str, Any] = {way: timed(way, folder, out / way) for way in ("scan", "kernel")}
        result["sql"] = timed("sql", folder, out / "sql") if importlib.util.find_spec("duckdb") else None
        result["openfisca"] = None
        result |= {"people": asked.people, "load_before": round(load, 1)}
        if result["sql"]:
            if asked.people <= 2_000_000:
                result |= compared(out)
            result["times_faster_than_sql"] = round(result["sql"]["seconds"] / result["kernel"]["seconds"], 2)
        result["times_the_scan"] = round(result["kernel"]["seconds"] / result["scan"]["seconds"], 2)
    if not asked.json:
        for way in ("scan", "kernel", "sql"):
            print(f"{way:8}", result[way] or "未安装")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
