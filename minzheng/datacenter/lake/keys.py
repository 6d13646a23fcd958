"""Pseudonyms: the lake knows households and people by a keyed hash, so a copied file says nobody's number or name.

Only who has the key can tell which household a row is about: the key stays on the server, outside the lake.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


def lake_key(file: Path) -> bytes:
    """The installation's key; made on first use, never half-written, readable by its owner only."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "w") as part:
            part.write(secrets.token_hex(32))
        try:
            os.link(draft, file)
        except FileExistsError:
            pass  # made by another process in the meantime: that one counts
        finally:
            Path(draft).unlink()
    return bytes.fromhex(file.read_text())


def pseudonyms(what: str, ids: np.ndarray, key: bytes) -> np.ndarray:
    """63-bit keyed hash of each id; `what` (household, person) keeps the two apart."""
    import numpy as np

    keyed = hashlib.blake2b(digest_size=8, key=key, person=what.encode())
    hashes = bytearray()
    for number in ids.tolist():
        one = keyed.copy()
        one.update(number.to_bytes(8, "little"))
        hashes += one.digest()
    made = (np.frombuffer(bytes(hashes), np.uint64) >> np.uint64(1)).astype(np.int64)
    if len(np.unique(made)) != len(made):
        raise ValueError("两个编号得到同一个化名。请删除数据湖目录和密钥文件后重新刷新。")
    return made
