"""Facts of a lake's table as the kernel takes them. Needs neither Django nor a database, so any machine can read the lake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minzheng.foundation.rules.catalogue import FactCatalogue

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Column = tuple[np.ndarray, np.ndarray]


def facts_of(table: pa.Table, catalogue: FactCatalogue) -> dict[str, Column]:
    """{fact: (values, known)} of the facts in a table of households or members."""
    names = [name for name in table.column_names if name not in ("key", "region", "members")]
    return {name: _column(table[name].combine_chunks(), catalogue[name].kind.name) for name in names}


def _column(array: pa.ChunkedArray | pa.Array, kind: str) -> Column:
    import numpy as np
    import pyarrow as pa

    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks() if array.num_chunks != 1 else array.chunk(0)
    known = np.ones(len(array), bool) if array.null_count == 0 else np.asarray(array.is_valid())
    filled = (
        array if array.null_count == 0 else array.fill_null(False if pa.types.is_boolean(array.type) else 0)
    )
    return filled.to_numpy(zero_copy_only=False), known
