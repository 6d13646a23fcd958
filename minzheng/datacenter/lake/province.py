"""A province overnight: the wanted rules over everybody in the lake, Parquet to Parquet.

The unit of work is a block (store.py): some ten thousand households with all their members. Each worker takes a block
through reading, working out and writing by itself, so all processors stay busy, and memory holds a block per worker,
however many people there are. Reading, the kernel and writing all run outside Python's own lock.

What the snapshots' manifests say for everybody is not read: facts that are the same in a county, regions that all
have the same standards, and whatever the standards leave without effect (rules/narrowing.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minzheng.datacenter.lake.block import Part, read_part
from minzheng.datacenter.lake.store import Manifest, read_manifest
from minzheng.foundation.rules.population import Everybody, Population

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq


@dataclass(frozen=True)
class County:
    """One county's snapshot, ready to be read block by block."""

    folder: Path
    manifest: Manifest
    households: pq.FileMetaData
    members: pq.FileMetaData

    @property
    def regions(self) -> list[str]:
        return [f"{code:012d}" for code in self.manifest.regions]

    @property
    def blocks(self) -> int:
        return self.households.num_row_groups


def open_county(folder: Path) -> County:
    """FileNotFoundError: there is no whole snapshot in the folder."""
    import pyarrow.parquet as pq

    manifest = read_manifest(folder)
    if manifest is None:
        raise FileNotFoundError(folder)
    files = (folder / manifest.household_file, folder / manifest.member_file)
    return County(folder, manifest, *(pq.read_metadata(file) for file in files))


@dataclass(frozen=True)
class Asked:
    """The rules asked of a lake, fitted to its counties: one kernel for all of them."""

    population: Population
    flagged: frozenset[str]
    wide: frozenset[str]

    @classmethod
    def of(cls, population: Population, counties: Iterable[County]) -> Asked:
        """Narrowed to the standards of these counties; what none of them leaves unknown carries no flags."""
        counties = list(counties)
        narrowed = population.narrowed(region for county in counties for region in county.regions)
        unknown = {name for county in counties for name in county.manifest.unknown}
        wide = {name for county in counties for name in county.manifest.wide}
        facts = {*narrowed.plan.household_facts, *narrowed.plan.person_facts}
        return cls(narrowed, frozenset(unknown & facts), frozenset(wide & facts))

    def columns(self, county: County) -> tuple[list[str], list[str]]:
        """What has to be read of a county's households and of its members."""
        plan, same = self.population.plan, county.manifest.same
        region = ["region"] if self.population.differs(county.regions) else []
        return (
            ["key", "members", *region, *(name for name in plan.household_facts if name not in same)],
            [name for name in plan.person_facts if name not in same],
        )

    def answer(self, county: County, block: int) -> pa.Table:
        """key and the wanted rules of the households of one block; null is undetermined."""
        households, members = read_block(county, block, *self.columns(county))
        return self.answer_parts(county.manifest.same, county.regions, households, members)

    def answer_parts(
        self, same: dict[str, Any], regions: list[str], households: Part, members: Part
    ) -> pa.Table:
        """The same for what is already in memory; `same` and `regions` are those of its manifest."""
        import numpy as np
        import pyarrow as pa

        plan = self.population.plan
        place = np.zeros(households.rows, np.int64)
        if "region" in households.table.column_names:
            codes = np.array([int(code) for code in regions], np.int64)
            place = np.searchsorted(codes, households.table["region"].to_numpy())
        answers = self.population.run(
            self._facts(plan.household_facts, same, households),
            self._facts(plan.person_facts, same, members),
            households.table["members"].to_numpy(),
            place,
            regions,
            flagged=self.flagged,
        )
        arrays, fields = [households.table["key"]], [pa.field("key", pa.int64(), nullable=False)]
        for name, (values, known) in answers.items():
            certain = bool(known.all())
            arrays.append(pa.array(values, mask=None if certain else ~known))
            fields.append(pa.field(name, arrays[-1].type, nullable=not certain))
        return pa.table(arrays, schema=pa.schema(fields))

    def _facts(self, names: Iterable[str], same: dict[str, Any], part: Part) -> dict[str, Any]:
        return {name: Everybody(same[name]) if name in same else self._column(name, part) for name in names}

    def _column(self, name: str, part: Part) -> tuple[np.ndarray, np.ndarray | None]:
        import numpy as np

        values, known = part.column(name)
        return (values.astype(np.int64) if name in self.wide else values), known


def read_block(
    county: County, block: int, household_columns: list[str], member_columns: list[str]
) -> tuple[Part, Part]:
    """(households, members) of one block, on this thread alone."""
    manifest = county.manifest
    return (
        read_part(county.folder / manifest.household_file, county.households, block, household_columns),
        read_part(county.folder / manifest.member_file, county.members, block, member_columns),
    )


def work_through(
    counties: Iterable[County], work: Callable[[County, int], pa.Table], out: Path, workers: int = 2
) -> Iterator[tuple[County, int]]:
    """Write what `work` makes of each block as out/<county>/<block>.parquet; yields (county, rows) block by block."""
    import pyarrow.parquet as pq

    def one(task: tuple[County, int]) -> tuple[County, int]:
        county, block = task
        table = work(county, block)
        folder = out / county.folder.name
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"{block:04d}.parquet.part"
        pq.write_table(table, draft, compression="lz4", use_dictionary=False)
        draft.rename(draft.with_suffix(""))
        return county, table.num_rows

    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(one, ((county, block) for county in counties for block in range(county.blocks)))


def answer_everybody(population: Population, folders: Iterable[Path], out: Path, workers: int = 2) -> int:
    """The wanted rules for every household in these snapshots, written below `out`; returns how many households."""
    counties = [open_county(folder) for folder in folders]
    asked = Asked.of(population, counties)
    return sum(rows for _, rows in work_through(counties, asked.answer, out, workers))
