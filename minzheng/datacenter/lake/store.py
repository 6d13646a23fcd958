"""The lake's files: month / county / households and members as Parquet, and a manifest that names them.

    month=2026-10/county=431227/households-<content>.parquet    key, region, members, facts
                                members-<content>.parquet       key, facts; in the households' order
                                manifest.json                   written last: without it there is no snapshot

A file is written beside its place and renamed; files that no manifest names are rubbish and swept away. So a killed
refresh leaves either the old snapshot or the new one. A null is an unknown fact.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

LAYOUT = 2  # changes when the files' form does; older snapshots are then made anew


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
    folder.mkdir(parents=True, exist_ok=True)
    manifest = Manifest(
        content,
        households.num_rows,
        members.num_rows,
        dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        f"households-{content[:16]}.parquet",
        f"members-{content[:16]}.parquet",
        [name for table in (households, members) for name in table.column_names if table[name].null_count],
        stamp,
    )
    for name, table in ((manifest.household_file, households), (manifest.member_file, members)):
        _write_table(folder / name, table)
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


def _write_table(file: Path, table: pa.Table) -> None:
    import pyarrow.parquet as pq

    draft = file.with_name(file.name + ".part")
    with draft.open("wb") as stream:
        pq.write_table(table, stream, compression="lz4", row_group_size=500_000)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)


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
