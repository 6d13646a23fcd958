"""The lake's files: month / county / households and members as Parquet, and a manifest that names them.

    month=2026-10/county=431227/households-<content>.parquet    key, region, members, facts
                                members-<content>.parquet       key, facts; in the households' order
                                manifest.json                   written last: without it there is no snapshot

A file is written beside its place and renamed; files that no manifest names are rubbish and swept away. So a killed
refresh leaves either the old snapshot or the new one. A null is an unknown fact.

Both files are cut into the same blocks: row group n of the members holds everybody of row group n of the households.
So a block can be read, worked out and written by itself (province.py), however large its county is.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

LAYOUT = 3  # changes when the files' form does; older snapshots are then made anew
# Households of a block, with some hundred thousand people: large enough to read fast, a few megabytes a thread.
BLOCK = 60_000
# Numbers with at most so many different values are written once each and referred to; the others stand one by one.
FEW = 256


@dataclass(frozen=True)
class Manifest:
    """What one county's snapshot is: `content` is the digest of the database rows it was made from."""

    content: str
    households: int
    members: int
    made_at: str
    household_file: str
    member_file: str
    unknown: list[str]  # facts of which some are unknown; the kernel carries no flags for the others
    same: dict[
        str, int | bool | None
    ]  # facts with one value for everybody (null: unknown); they need not be read
    wide: list[str]  # numbers that do not fit 32 bits
    regions: list[int]  # where its households live
    stamp: str = ""  # the versions of those rows, cheap to compare (freshness.py)
    layout: int = LAYOUT


def snapshot_folder(lake: Path, month: dt.date, county: str) -> Path:
    return lake / f"month={month:%Y-%m}" / f"county={county}"


def read_manifest(folder: Path) -> Manifest | None:
    """The snapshot in a folder; None if there is none, or one of an older layout, or one that cannot be read."""
    file = folder / "manifest.json"
    if not file.exists():
        return None
    try:
        said = json.loads(file.read_text())
        return Manifest(**said) if said["layout"] == LAYOUT else None
    except (ValueError, KeyError, TypeError):
        return None


def is_whole(folder: Path, manifest: Manifest) -> bool:
    """Both files are there and end as Parquet ends, with as many rows as the manifest says. Reads only the ends."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    told = {manifest.household_file: manifest.households, manifest.member_file: manifest.members}
    try:
        return all(pq.read_metadata(folder / name).num_rows == rows for name, rows in told.items())
    except (OSError, pa.ArrowInvalid):
        return False


def snapshots(lake: Path, prefix: str = "") -> Iterator[tuple[str, str, Manifest]]:
    """(month, county, manifest) of every whole snapshot under a region, the newest month first."""
    for month in sorted(lake.glob("month=*"), reverse=True):
        for folder in sorted(month.glob("county=*")):
            county, manifest = folder.name.removeprefix("county="), read_manifest(folder)
            if manifest is not None and (county.startswith(prefix[:6]) or prefix.startswith(county)):
                yield month.name.removeprefix("month="), county, manifest


def write_snapshot(
    folder: Path, content: str, households: pa.Table, members: pa.Table, stamp: str = ""
) -> Manifest:
    """Put a county's tables in place; the manifest goes last."""
    import pyarrow as pa

    folder.mkdir(parents=True, exist_ok=True)
    manifest = Manifest(
        content,
        households.num_rows,
        members.num_rows,
        dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        f"households-{content[:16]}.parquet",
        f"members-{content[:16]}.parquet",
        [name for table in (households, members) for name in table.column_names if table[name].null_count],
        {**_same(households), **_same(members)},
        [f.name for table in (households, members) for f in table.schema if f.type == pa.int64()],
        sorted(households["region"].unique().to_pylist()),
        stamp,
    )
    bounds = _blocks(households)
    for name, table, rows in (
        (manifest.household_file, households, bounds[0]),
        (manifest.member_file, members, bounds[1]),
    ):
        _write_table(folder / name, table, rows)
    write_manifest(folder, manifest)
    sweep(folder, manifest)
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """In place of the one before, whole or not at all."""
    draft = folder / "manifest.json.part"
    with draft.open("w") as file:
        json.dump(asdict(manifest), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / "manifest.json")


def _blocks(households: pa.Table) -> tuple[list[int], list[int]]:
    """Rows at which the blocks begin, and the last ends: of the households and of their members."""
    import numpy as np

    ends = np.concatenate(([0], np.cumsum(households["members"].to_numpy(), dtype=np.int64)))
    first = [*range(0, households.num_rows, BLOCK), households.num_rows]
    return first, ends[first].tolist()


def _same(table: pa.Table) -> dict[str, int | bool | None]:
    """Facts that are the same in every row; a null, too, is the same."""
    import pyarrow.compute as pc

    found: dict[str, Any] = {}
    for name in table.column_names[: 0 if not table.num_rows else None]:
        ends = pc.min_max(table[name])
        if table[name].null_count in (0, table.num_rows) and ends["min"].equals(ends["max"]):
            found[name] = ends["min"].as_py()
    return found


def _write_table(file: Path, table: pa.Table, bounds: list[int]) -> None:
    """Columns without unknowns are declared so: they are then read without looking for any."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema(
        [pa.field(f.name, f.type, nullable=table[f.name].null_count > 0) for f in table.schema]
    )
    table = table.cast(schema)
    draft = file.with_name(file.name + ".part")
    with draft.open("wb") as stream:
        with pq.ParquetWriter(
            stream,
            schema,
            # a truth is one bit: packing it further would cost time and save nothing
            compression={f.name: "none" if pa.types.is_boolean(f.type) else "lz4" for f in schema},
            use_dictionary=[name for name in table.column_names if _has_few_values(table[name])],
            # a page for each block, so that block.py finds a block's bits in one piece
            data_page_size=1 << 30,
            max_rows_per_page=1 << 30,
        ) as writer:
            for first, end in pairwise(bounds):
                writer.write_table(table.slice(first, end - first), row_group_size=max(end - first, 1))
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)


def _has_few_values(column: pa.ChunkedArray) -> bool:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_integer(column.type):
        return False
    ends = pc.min_max(column).as_py()
    return column.type.bit_width == 8 or ends["min"] is None or ends["max"] - ends["min"] < FEW


def sweep(folder: Path, manifest: Manifest) -> None:
    """Remove what a killed or older refresh left behind."""
    kept = {"manifest.json", manifest.household_file, manifest.member_file}
    for file in folder.iterdir():
        if file.name not in kept:
            file.unlink()


def read_snapshot(
    folder: Path, household_columns: Iterable[str], member_columns: Iterable[str]
) -> tuple[pa.Table, pa.Table]:
    """(households, members) with only the named facts. FileNotFoundError: there is no whole snapshot."""
    import pyarrow.parquet as pq

    manifest = read_manifest(folder)
    if manifest is None:
        raise FileNotFoundError(folder)
    return (
        pq.read_table(
            folder / manifest.household_file, columns=["key", "region", "members", *household_columns]
        ),
        pq.read_table(folder / manifest.member_file, columns=["key", *member_columns]),
    )
