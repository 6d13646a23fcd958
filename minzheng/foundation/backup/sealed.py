"""Files of a backup, encrypted as they are written: AES-256-GCM in pieces, so that no plain copy ever touches the disk.

    MZBK1 · 7 random bytes · pieces of 1 MiB (each 16 bytes longer than what it holds)

The nonce of a piece is those 7 bytes, its number and whether it is the last (the STREAM construction of Hoang,
Reyhanitabar, Rogaway and Vizár, 2015): pieces cannot be swapped, repeated or cut off. The file's name in the backup is
authenticated with every piece, so that two files cannot change places either.
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

MAGIC = b"MZBK1"
PIECE = 1 << 20
TAG = 16


class Damaged(Exception):
    """A file of the backup is not as it was written; the text names it in Chinese."""


def pieces(source: BinaryIO) -> Iterator[bytes]:
    """What is left of a file or pipe, in full pieces but for the last; at least one."""
    piece = source.read(PIECE)
    while True:
        after = source.read(PIECE)
        yield piece
        if not after:
            return
        piece = after


def seal(plain: Iterable[bytes], key: bytes, name: str) -> Iterator[bytes]:
    """The encrypted file, for plain pieces of PIECE bytes (the last may be shorter)."""
    cipher, start = AESGCM(key), secrets.token_bytes(7)
    yield MAGIC + start
    held: bytes | None = None
    number = 0
    for piece in plain:
        if held is not None:
            yield cipher.encrypt(_nonce(start, number, False), held, name.encode())
            number += 1
        held = piece
    yield cipher.encrypt(_nonce(start, number, True), held or b"", name.encode())


def unseal(file: Path, key: bytes, name: str) -> Iterator[bytes]:
    """The plain pieces again. Raises Damaged where anything was changed, moved or cut off."""
    cipher = AESGCM(key)
    with file.open("rb") as source:
        begin = source.read(len(MAGIC) + 7)
        if not begin.startswith(MAGIC) or len(begin) < len(MAGIC) + 7:
            raise Damaged(f"备份中的 {name} 不是加密文件，或已损坏。")
        start, number, piece = begin[len(MAGIC) :], 0, source.read(PIECE + TAG)
        while True:
            after = source.read(PIECE + TAG)
            try:
                yield cipher.decrypt(_nonce(start, number, not after), piece, name.encode())
            except InvalidTag:
                raise Damaged(f"备份中的 {name} 打不开：内容已损坏，或不是用这把密钥加密的。") from None
            if not after:
                return
            piece, number = after, number + 1


def _nonce(start: bytes, number: int, is_last: bool) -> bytes:
    return start + number.to_bytes(4, "big") + bytes([is_last])


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
