"""Facts of a lake's table as the kernel takes them. Needs neither Django nor a database, so any machine can read the lake."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Column = tuple[np.ndarray, np.ndarray]


def facts_of(table: pa.Table) -> dict[str, Column]:
    """{fact: (values, known)} of the facts in a table of households or members."""
    names = [name for name in table.column_names if name not in ("key", "region", "members")]
    return {name: _column(table[name]) for name in names}


def _column(array: pa.ChunkedArray) -> Column:
    import numpy as np

    values, known = column_of(array)
    return values, np.ones(len(array), bool) if known is None else known


def column_of(column: pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray | None]:
    """(values, known) of a column; known is None where nothing is unknown. An unknown value is zero."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    array = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], array.type)
    known = None
    if array.null_count:
        known = _bits(array.is_valid())
        array = pc.fill_null(array, False if pa.types.is_boolean(array.type) else 0)
    return (_bits(array) if pa.types.is_boolean(array.type) else np.asarray(array)), known


def _bits(array: pa.BooleanArray) -> np.ndarray:
    """Ten times as fast as Arrow's own way."""
    import numpy as np

    packed = np.frombuffer(array.buffers()[1], np.uint8)
    return np.unpackbits(packed, bitorder="little", count=array.offset + len(array))[array.offset :].view(
        bool
    )
