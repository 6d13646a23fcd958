"""Reading one block of a lake's file: Arrow reads the numbers; the bits of truths are taken from the file as they lie.

The store writes a truth without unknowns as one plain, unpacked page for each block, so its bits are the last bytes of
its column. Arrow would turn every bit into a byte and back, which takes a third of the whole reading.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from minzheng.datacenter.lake.facts import column_of

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq


@dataclass(frozen=True)
class Part:
    """Columns of a block's households or members: Arrow's, and truths that are all known."""

    rows: int
    table: pa.Table
    truths: dict[str, np.ndarray]

    def column(self, name: str) -> tuple[np.ndarray, np.ndarray | None]:
        """(values, known) of a fact; known is None where all are."""
        return (self.truths[name], None) if name in self.truths else column_of(self.table[name])


def read_part(file: Path, metadata: pq.FileMetaData, block: int, names: Iterable[str]) -> Part:
    """The named columns of one block; `metadata` is the file's."""
    import numpy as np
    import pyarrow.parquet as pq

    names, group, truths = list(names), metadata.row_group(block), {}
    with file.open("rb", buffering=0) as stream:
        for name in names:
            place = metadata.schema.names.index(name)
            if _is_bits(metadata.schema.column(place)):
                column, size = group.column(place), -(-group.num_rows // 8)
                end = column.data_page_offset + column.total_compressed_size
                bits = np.frombuffer(os.pread(stream.fileno(), size, end - size), np.uint8)
                truths[name] = np.unpackbits(bits, bitorder="little", count=group.num_rows).view(bool)
    with pq.ParquetFile(file, metadata=metadata, memory_map=True) as parquet:
        rest = [name for name in names if name not in truths]
        return Part(group.num_rows, parquet.read_row_group(block, columns=rest, use_threads=False), truths)


def _is_bits(column: pq.ColumnSchema) -> bool:
    return column.physical_type == "BOOLEAN" and column.max_definition_level == 0
