"""Content of any length, sealed piece by piece (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).

The nonce of a piece is 7 bytes of the file's own, the piece's number and whether it is the last: pieces cannot be
swapped, repeated or cut off. `bound` is authenticated with every piece, so that two files cannot change places either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol

START = 7  # bytes; random, for each file and key


class Cipher(Protocol):
    """AESGCM of `cryptography`, or a suite of ours."""

    def encrypt(self, nonce: bytes, plain: bytes, bound: bytes, /) -> bytes: ...

    def decrypt(self, nonce: bytes, sealed: bytes, bound: bytes, /) -> bytes: ...


def nonce(start: bytes, number: int, is_last: bool) -> bytes:
    return start + number.to_bytes(4, "big") + bytes([is_last])


def seal(cipher: Cipher, start: bytes, plain: Iterable[bytes], bound: bytes) -> Iterator[bytes]:
    """Each plain piece sealed; all of one length but for the last. At least one, of nothing if need be."""
    held: bytes | None = None
    number = 0
    for piece in plain:
        if held is not None:
            yield cipher.encrypt(nonce(start, number, False), held, bound)
            number += 1
        held = piece
    yield cipher.encrypt(nonce(start, number, True), held or b"", bound)


def unseal(cipher: Cipher, start: bytes, sealed: Iterable[bytes], bound: bytes) -> Iterator[bytes]:
    """The plain pieces again. Raises InvalidTag where anything was changed, moved or cut off."""
    number = 0
    held: bytes | None = None
    for piece in sealed:
        if held is not None:
            yield cipher.decrypt(nonce(start, number, False), held, bound)
            number += 1
        held = piece
    yield cipher.decrypt(nonce(start, number, True), held or b"", bound)


def pieces(source: BinaryIO, size: int) -> Iterator[bytes]:
    """What is left of a file or pipe, in full pieces but for the last; at least one."""
    piece = source.read(size)
    while True:
        after = source.read(size)
        yield piece
        if not after:
            return
        piece = after


def in_pieces(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The same bytes, cut anew into pieces of `size` but for the last."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) > size:
            yield bytes(held[:size])
            del held[:size]
    yield bytes(held)
