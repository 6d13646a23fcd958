"""Does the cost grow in step with the people? python -m benchmarks.growth [--sizes 1,10,30,100] [--distinct 10]

Screens populations of so many million people, Parquet to Parquet, in one process each, and prints a line for each and
one JSON line. `--distinct`: so many millions are invented; the counties of larger populations are hard links to these
under other codes, which costs the kernel the same work and spares the disk. Their pages may then be in memory already.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from pathlib import Path

from benchmarks.screening import population, timed
from benchmarks.screening_people import COUNTY, write_people


def linked(folder: Path, counties: list[Path], number: int) -> Path:
    """A population of so many counties out of the given ones."""
    for place in range(number):
        code = folder / f"county={430000 + place}"
        code.mkdir(parents=True)
        for file in counties[place % len(counties)].iterdir():
            os.link(file, code / file.name)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1,10,30,100", help="millions of people")
    parser.add_argument("--distinct", type=int, default=10, help="millions of people invented")
    parser.add_argument("--folder", type=Path, help="work here; about 50 bytes for each person invented")
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    curve = []
    with tempfile.TemporaryDirectory(dir=asked.folder) as temporary:
        work = Path(temporary)
        invented = write_people(
            work / "people", min(asked.distinct, max(sizes)) * 1_000_000, population().plan
        )
        print(f"{'million':>8}{'counties':>10}{'seconds':>10}{'cpu':>8}{'peak MB':>9}{'s/million':>11}")
        for size in sizes:
            counties = -(-size * 1_000_000 // COUNTY)
            people = linked(work / f"{size}m", invented, counties)
            done = timed("kernel", people, work / "out")
            shutil.rmtree(work / "out")
            curve.append(
                {"million": counties * COUNTY / 1e6, "distinct": min(size, asked.distinct), **done}
                | {"seconds_per_million": round(done["seconds"] * 1e6 / (counties * COUNTY), 4)}
            )
            print(
                f"{counties * COUNTY / 1e6:8.1f}{counties:10}{done['seconds']:10.2f}{done['cpu_seconds']:8.2f}"
                f"{done['peak_mb']:9}{curve[-1]['seconds_per_million']:11.4f}",
                flush=True,
            )
    print(json.dumps({"benchmark": "growth", "load": round(os.getloadavg()[0], 1), "curve": curve}))


if __name__ == "__main__":
    main()
