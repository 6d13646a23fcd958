"""Files of a backup, encrypted as they are written: AES-256-GCM in pieces, so that no plain copy ever touches the disk.

    MZBK1 · 7 random bytes · pieces of 1 MiB (each 16 bytes longer than what it holds)

Each piece is bound to its place, to being the last or not (crypto/stream.py), and to the file's name in the backup.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from minzheng.foundation.crypto import stream

MAGIC = b"MZBK1"
PIECE = 1 << 20
TAG = 16


class Damaged(Exception):
    """A file of the backup is not as it was written; the text names it in Chinese."""


def pieces(source: BinaryIO) -> Iterator[bytes]:
    """What is left of a file or pipe, in full pieces but for the last; at least one."""
    return stream.pieces(source, PIECE)


def seal(plain: Iterable[bytes], key: bytes, name: str) -> Iterator[bytes]:
    """The encrypted file, for plain pieces of PIECE bytes (the last may be shorter)."""
    start = secrets.token_bytes(stream.START)
    yield MAGIC + start
    yield from stream.seal(AESGCM(key), start, plain, name.encode())


def unseal(file: Path, key: bytes, name: str) -> Iterator[bytes]:
    """The plain pieces again. Raises Damaged where anything was changed, moved or cut off."""
    with file.open("rb") as source:
        begin = source.read(len(MAGIC) + stream.START)
        if not begin.startswith(MAGIC) or len(begin) < len(MAGIC) + stream.START:
            raise Damaged(f"备份中的 {name} 不是加密文件，或已损坏。")
        sealed = stream.pieces(source, PIECE + TAG)
        try:
            yield from stream.unseal(AESGCM(key), begin[len(MAGIC) :], sealed, name.encode())
        except InvalidTag:
            raise Damaged(f"备份中的 {name} 打不开：内容已损坏，或不是用这把密钥加密的。") from None


def make_key(file: Path) -> bytes:
    """The key in this file; made at first use, readable by its owner alone."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_hex(32) + "\n")
    return read_key(file)


def read_key(file: Path) -> bytes:
    """Raises ValueError when it holds no 32 bytes in hex, OSError when it cannot be read."""
    key = bytes.fromhex(file.read_text().strip())
    if len(key) != 32:
        raise ValueError(file.name)
    return key


def fingerprint(key: bytes) -> str:
    """What may be known of a key, to notice another one."""
    return hashlib.sha256(b"minzheng backup key" + key).hexdigest()[:16]
