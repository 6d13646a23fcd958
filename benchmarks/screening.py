"""A whole population from Parquet to Parquet: python -m benchmarks.screening --people 1000000 [--json]

Four ways in one run over the same files, each in a process of its own, on two threads: our kernel; hand-written SQL on
DuckDB; OpenFisca-Core (both in the dependency group `bench`, left out if missing); and merely reading and writing the
columns that the kernel reads and writes (`scan`). Answers are compared row by row. Runs take turns, and the middle one of
each way counts. Ends with one JSON line; compare figures of one run only.
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
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from minzheng.datacenter.lake.province import County

WANT, ON, SET = ("size", "income", "dibao", "family_amount"), "2021-09-01", "hunan"


def population() -> Any:
    from minzheng.foundation.rules import Population, default_counter

    return Population(default_counter(), WANT, ON, SET)


def counties(folder: Path, *, first_only: bool = False) -> list[Any]:
    from minzheng.datacenter.lake.province import open_county

    return [open_county(county) for county in sorted(folder.glob("county=*"))[: 1 if first_only else None]]


def kernel(folder: Path, out: Path, *, first_only: bool = False) -> None:
    from minzheng.datacenter.lake.province import Asked, work_through

    chosen = counties(folder, first_only=first_only)
    asked = Asked.of(population(), counties(folder))
    for _ in work_through(chosen, asked.answer, out):
        pass


def scan(folder: Path, out: Path, *, first_only: bool = False) -> None:
    """The columns that the kernel reads, and as many out as it writes, but nothing worked out."""
    from minzheng.datacenter.lake.province import Asked, read_block, work_through

    names = ["key", "deposits", "securities", "category", "claims"]
    chosen = counties(folder, first_only=first_only)
    asked = Asked.of(population(), chosen)

    def work(county: County, block: int) -> pa.Table:
        households, _ = read_block(county, block, *asked.columns(county))
        return households.table.select(names)

    for _ in work_through(chosen, work, out):
        pass


def standards() -> dict[str, int]:
    asked = population()
    row = asked.standards.row("430000", asked.on)
    return {name: int(row[name].value or 0) for name in asked.plan.standards if name in row}


def sql(folder: Path, out: Path, *, first_only: bool = False) -> None:
    from benchmarks import screening_sql

    chosen = sorted(folder.glob("county=*"))[0] if first_only else folder / "county=*"
    screening_sql.run(str(chosen), str(out / "sql.parquet"), standards(), population().on)


def openfisca(folder: Path, out: Path, *, first_only: bool = False, together: bool = True) -> None:
    from benchmarks import screening_openfisca

    chosen = sorted(folder.glob("county=*"))[: 1 if first_only else None]
    screening_openfisca.run(chosen, out, standards(), population().on, together=together)


def openfisca_by_county(folder: Path, out: Path, *, first_only: bool = False) -> None:
    openfisca(folder, out, first_only=first_only, together=False)


# what each way needs; it is left out where that is not installed (dependency group `bench`)
WAYS: dict[str, tuple[Callable, str]] = {
    "scan": (scan, ""),
    "kernel": (kernel, ""),
    "sql": (sql, "duckdb"),
    "openfisca": (openfisca, "openfisca_core"),
    "openfisca_by_county": (openfisca_by_county, "openfisca_core"),
}


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
    work = WAYS[way][0]
    population()
    # Start-up is not measured: modules, fresh memory, and the compiled kernel that is kept between processes.
    work(folder, out, first_only=True)
    wall, cpu = time.perf_counter(), time.process_time()
    work(folder, out)
    print(
        json.dumps(
            {
                "seconds": round(time.perf_counter() - wall, 3),
                "cpu_seconds": round(time.process_time() - cpu, 3),
                "peak_mb": peak_mb(),
            }
        )
    )


def median(runs: list[dict[str, float]]) -> dict[str, float]:
    """The run whose wall time lies in the middle."""
    return sorted(runs, key=lambda run: run["seconds"])[len(runs) // 2]


def answers(folder: Path) -> pa.Table:
    import pyarrow.parquet as pq

    files = sorted(folder.rglob("*.parquet"))
    return pa.concat_tables([pq.read_table(file, partitioning=None) for file in files]).sort_by("key")


def compared(out: Path, ways: Collection[str]) -> dict[str, Any]:
    """The kernel's rows against the others': SQL's all of them, OpenFisca's where the kernel's answer is certain."""
    import pyarrow.compute as pc

    ours = answers(out / "kernel")
    found: dict[str, Any] = {
        "households": ours.num_rows,
        "dibao": pc.sum(ours["dibao"]).as_py(),
        "undetermined": ours["dibao"].null_count,
    }
    if "sql" in ways:
        theirs = answers(out / "sql").select(ours.column_names).cast(ours.schema)
        found["equal_to_sql"] = theirs.equals(ours)
    if "openfisca" in ways:
        theirs = answers(out / "openfisca")
        found["equal_to_openfisca"] = all(
            pc.all(pc.equal(ours[name], pc.cast(theirs[name], ours[name].type))).as_py()
            for name in ("key", *WANT)
        )
    return found


def ratios(ways: dict[str, dict[str, float]]) -> dict[str, float]:
    """How many times as long (and, for OpenFisca, as large) as the kernel the others are."""
    ours = ways["kernel"]
    found = {"kernel_to_scan": round(ours["seconds"] / ways["scan"]["seconds"], 2)}
    for way in ways.keys() - {"kernel", "scan"}:
        found[f"{way}_to_kernel"] = round(ways[way]["seconds"] / ours["seconds"], 1)
        found[f"{way}_to_kernel_cpu"] = round(ways[way]["cpu_seconds"] / ours["cpu_seconds"], 1)
        found[f"{way}_to_kernel_memory"] = round(ways[way]["peak_mb"] / ours["peak_mb"], 1)
    return dict(sorted(found.items()))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3, help="the middle one of so many runs counts")
    parser.add_argument("--json", action="store_true", help="only the JSON line")
    parser.add_argument("--folder", type=Path, help="keep the population here and use it again")
    parser.add_argument("--ways", default=",".join(WAYS), help="only these")
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
        ways: dict[str, Any] = {}
        for way in asked.ways.split(","):
            module = WAYS[way][1]
            if module and importlib.util.find_spec(module) is None:
                print(f"{way} 未测：没有安装 {module}，请运行 uv sync --group bench", file=sys.stderr)
                ways[way] = None
            else:
                ways[way] = []
        for _ in range(asked.rounds):
            for way, runs in ways.items():
                if runs is not None:
                    runs.append(timed(way, folder, out / way))
        result = {way: runs and median(runs) for way, runs in ways.items()}
        measured = {way: run for way, run in result.items() if run}
        result |= {"people": asked.people, "rounds": asked.rounds, "load_before": round(load, 1)}
        if {"kernel", "scan"} <= measured.keys():
            result["ratios"] = ratios(measured)
        if asked.people <= 2_000_000 and "kernel" in measured:
            result |= compared(out, measured.keys())
    if not asked.json:
        for way in ways:
            print(f"{way:20}", result[way] or "未安装")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
