"""Columns of the database as Arrow tables of the lake and back: narrow, null for unknown, sorted by pseudonym."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from minzheng.datacenter.lake.facts import facts_of
from minzheng.datacenter.lake.keys import pseudonyms
from minzheng.foundation.people.population import Columns
from minzheng.foundation.rules.catalogue import FactCatalogue

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Column = tuple[np.ndarray, np.ndarray]


def to_tables(columns: Columns, catalogue: FactCatalogue, key: bytes) -> tuple[pa.Table, pa.Table]:
    """(households, members): households in order of their pseudonym, members beside them."""
    import numpy as np
    import pyarrow as pa

    keys = pseudonyms("household", columns.household_ids, key)
    order = np.argsort(keys)
    count = columns.member_count
    first = np.cumsum(count) - count
    moved = count[order]
    ends = np.cumsum(moved)
    member_order = np.repeat(first[order] - (ends - moved), moved) + np.arange(int(moved.sum()))
    codes = np.array([int(code) for code in columns.regions], np.int64)
    households = {
        "key": keys[order],
        "region": codes[columns.region_index[order]] if len(order) else np.zeros(0, np.int64),
        "members": moved.astype(np.int32),
    } | {name: _narrow(name, column, order, catalogue) for name, column in columns.households.items()}
    members = {"key": pseudonyms("person", columns.person_ids, key)[member_order]} | {
        name: _narrow(name, column, member_order, catalogue) for name, column in columns.members.items()
    }
    return pa.table(households), pa.table(members)


def _narrow(name: str, column: Column, order: np.ndarray, catalogue: FactCatalogue) -> pa.Array:
    """A choice takes 8 bits, other numbers 32 where they fit; the kernel is compiled for these widths."""
    import numpy as np
    import pyarrow as pa

    values, known = column[0][order], column[1][order]
    if values.dtype != bool:
        values = np.where(known, values, 0)
        width = np.iinfo(np.int8 if catalogue[name].kind.name == "choice" else np.int32)
        if width.min <= values.min(initial=0) and values.max(initial=0) <= width.max:
            values = values.astype(width.dtype)
    return pa.array(values, mask=None if known.all() else ~known)


def to_columns(households: pa.Table, members: pa.Table) -> Columns:
    """Tables as the population reading takes them. The ids are pseudonyms; `with_ids` puts the real ones back."""
    import numpy as np

    regions, region_index = np.unique(households["region"].to_numpy(), return_inverse=True)
    return Columns(
        household_ids=households["key"].to_numpy(),
        person_ids=members["key"].to_numpy(),
        households=facts_of(households),
        members=facts_of(members),
        member_count=households["members"].to_numpy().astype(np.int64),
        region_index=region_index.astype(np.int64),
        regions=[f"{code:012d}" for code in regions],
    )


def with_ids(columns: Columns, households: np.ndarray, people: np.ndarray, key: bytes) -> Columns:
    """The same columns with the ids of the database, which are the given ones.

    LookupError: the lake knows a household or a person that the database does not; it is older than the database.
    """
    return dataclasses.replace(
        columns,
        household_ids=_restored("household", columns.household_ids, households, key),
        person_ids=_restored("person", columns.person_ids, people, key),
    )


def _restored(what: str, found: np.ndarray, ids: np.ndarray, key: bytes) -> np.ndarray:
    import numpy as np

    keys = pseudonyms(what, ids, key)
    order = np.argsort(keys)
    place = np.searchsorted(keys[order], found)
    if len(ids) != len(found) or (keys[order][place % max(len(ids), 1)] != found).any():
        raise LookupError
    return ids[order][place]
