"""Single files of an archive: compressed, sealed under their own name, and on the disk whole or not at all."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Iterable
from pathlib import Path

from minzheng.foundation.backup import sealed

FAST = 1  # a segment's 16 MiB are mostly zeros when the log is switched every few seconds


def write(file: Path, pieces: Iterable[bytes]) -> None:
    """Under a name of its own until it is whole and on the disk; the folder's entry, too."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    with part.open("wb") as out:
        out.writelines(pieces)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def put(source: Path, file: Path, key: bytes, name: str, *, squeeze: bool = False) -> None:
    """Seal `source` into `file`; opens again only with this key and as `name`."""
    if squeeze:
        plain = gzip.compress(source.read_bytes(), FAST, mtime=0)
        write(file, sealed.seal(sealed.pieces(io.BytesIO(plain)), key, name))
        return
    with source.open("rb") as content:
        write(file, sealed.seal(sealed.pieces(content), key, name))


def take(file: Path, to: Path, key: bytes, name: str) -> None:
    """Open and decompress what `put(squeeze=True)` sealed. Raises Damaged."""
    content = b"".join(sealed.unseal(file, key, name))
    to.write_bytes(gzip.decompress(content))
