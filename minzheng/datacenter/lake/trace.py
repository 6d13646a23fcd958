"""Trace on demand: one household of a snapshot, decided again at the counter with every step and its source.

A screening keeps answers, not traces: the snapshot, the law of the day and the standards give the same trace whenever
somebody asks for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from minzheng.datacenter.lake.province import County, open_county, read_block
from minzheng.foundation.rules.deciding import Counter, default_counter
from minzheng.foundation.rules.facts_document import Facts
from minzheng.foundation.rules.kinds import read_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from minzheng.datacenter.lake.block import Part
    from minzheng.foundation.rules.decision import Decision


def facts_in_lake(folder: Path, key: int, on: str, standards: str) -> Facts:
    """What a county's snapshot says of the household with this pseudonym; `decide` and the facts document take it.

    FileNotFoundError: there is no whole snapshot in the folder. KeyError: it has no such household.
    """
    county = open_county(folder)
    block, row, first = _place(county, key)
    catalogue = default_counter().book.catalogue
    stored = {
        entity: [name for name in metadata.schema.names if name in catalogue]
        for entity, metadata in (("household", county.households), ("person", county.members))
    }
    households, members = read_block(
        county, block, ["key", "region", "members", *stored["household"]], stored["person"]
    )
    size = households.table["members"][row].as_py()
    return Facts(
        read_date(on),
        f"{households.table['region'][row].as_py():012d}",
        standards,
        _row(households, stored["household"], row),
        tuple(_row(members, stored["person"], member) for member in range(first, first + size)),
        tuple(f"成员{number + 1}" for number in range(size)),
    )


def decide_again(
    folder: Path,
    key: int,
    on: str,
    standards: str,
    want: Iterable[str] | None = None,
    counter: Counter | None = None,
) -> Decision:
    """The decision about that household, with its whole trace; see facts_in_lake."""
    return (counter or default_counter()).decide(facts_in_lake(folder, key, on, standards), want)


def _place(county: County, key: int) -> tuple[int, int, int]:
    """(block, row of the household in it, row of its first member in it). Keys ascend through the file."""
    import numpy as np

    for block in range(county.blocks):
        households, _ = read_block(county, block, ["key", "members"], [])
        keys = households.table["key"].to_numpy()
        row = int(np.searchsorted(keys, key))
        if row < len(keys) and keys[row] == key:
            return block, row, int(households.table["members"].to_numpy()[:row].sum())
    raise KeyError(key)


def _row(part: Part, names: Iterable[str], row: int) -> dict[str, int | bool | None]:
    if not part.rows:
        return {}
    columns = {name: part.column(name) for name in names}
    return {
        name: values[row].item() if known is None or known[row] else None
        for name, (values, known) in columns.items()
    }
