"""Files at rest: what people hand in, certificates, exports. Sealed as they are written, opened as they are read.

    MZF1 suite key salt(16) start(7) · pieces of 64 KiB, each 16 bytes longer than what it holds

A file's key is derived from the numbered key and its salt. Every piece is bound to its place, to being the last or not
(stream.py), to the beginning and to the name under which the file is kept, which for papers is the SHA-256 of the
content: a piece that was changed, moved or cut off, or another file in its place, does not open.
"""

from __future__ import annotations

import io
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag

from minzheng.foundation.crypto import stream
from minzheng.foundation.crypto.envelope import Unreadable
from minzheng.foundation.crypto.keyfile import Keyring
from minzheng.foundation.crypto.suites import TAG, Suite

MAGIC, SALT = b"MZF1", 16
HEAD = len(MAGIC) + 2 + SALT + stream.START
PIECE = 64 * 1024
SEALED = PIECE + TAG
WHAT_TO_DO = "请管理员运行 minzheng keys check 查明，并从备份核对这份文件。"


def seal(ring: Keyring, plain: Iterable[bytes], name: str) -> Iterator[bytes]:
    """The sealed file, for plain chunks of any length."""
    head = b"".join(
        (
            MAGIC,
            bytes((ring.sealing.number, ring.current)),
            secrets.token_bytes(SALT),
            secrets.token_bytes(stream.START),
        )
    )
    yield head
    cipher, start, bound = _opened(ring.sealing, head, name)
    yield from stream.seal(cipher, start, stream.in_pieces(plain, PIECE), bound)


def _opened(suite: Suite, head: bytes, name: str) -> tuple[Suite, bytes, bytes]:
    """(cipher of this file, beginning of its nonces, what every piece is bound to)."""
    salt = head[len(MAGIC) + 2 :][:SALT]
    return suite.of_file(salt), head[-stream.START :], head + name.encode()


def key_of(file: Path) -> int | None:
    """The number of the key that sealed a file; None of a plain one, such as versions before this one kept."""
    with file.open("rb") as source:
        head = source.read(HEAD)
    return head[len(MAGIC) + 1] if head.startswith(MAGIC) and len(head) == HEAD else None


class Opened(io.RawIOBase):
    """The plain content of a sealed file: read from any place, never whole in memory.

    Opens the last piece first, so that a file that was cut off is refused before anything of it is given out.
    """

    def __init__(self, ring: Keyring, source: BinaryIO, name: str) -> None:
        """Raises Unreadable: plain, sealed by a missing key, changed, moved from another name, or cut off."""
        self._source, self._name = source, name
        head = source.read(HEAD)
        if not head.startswith(MAGIC) or len(head) < HEAD:
            raise Unreadable(
                f"文件 {name} 没有加密。从旧版本升级的，请管理员先运行 minzheng keys rotate；否则{WHAT_TO_DO}"
            )
        suite = ring.ciphers.get(head[len(MAGIC) + 1])
        if suite is None or suite.number != head[len(MAGIC)]:
            raise Unreadable(f"文件 {name} 所用的密钥不在密钥文件里。{WHAT_TO_DO}")
        self._cipher, self._start, self._bound = _opened(suite, head, name)
        length = source.seek(0, io.SEEK_END) - HEAD
        self._last = max(0, -(-length // SEALED) - 1)
        self.length = length - (self._last + 1) * TAG
        self._place, self._held, self._piece = 0, -1, b""
        self._hold(self._last)

    def _hold(self, number: int) -> bytes:
        """The plain piece of this number; the one read last is kept."""
        if number != self._held:
            self._source.seek(HEAD + number * SEALED)
            nonce = stream.nonce(self._start, number, number == self._last)
            try:
                self._piece = self._cipher.decrypt(nonce, self._source.read(SEALED), self._bound)
            except InvalidTag:
                raise Unreadable(
                    f"文件 {self._name} 打不开：内容被改动、调换或截断过。{WHAT_TO_DO}"
                ) from None
            self._held = number
        return self._piece

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._place >= self.length:
            return 0
        number, within = divmod(self._place, PIECE)
        found = self._hold(number)[within : within + len(buffer)]
        buffer[: len(found)] = found
        self._place += len(found)
        return len(found)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._place = max(
            0, {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self.length}[whence] + offset
        )
        return self._place

    def tell(self) -> int:
        return self._place

    def close(self) -> None:
        self._source.close()
        super().close()


def open_file(ring: Keyring, file: Path, name: str) -> Opened:
    """The file kept under this name, to be read. Raises Unreadable, FileNotFoundError."""
    source = file.open("rb")
    try:
        return Opened(ring, source, name)
    except BaseException:
        source.close()
        raise


def unwritten() -> BinaryIO:
    """A file that is never on a disk, for numbers on their way to the bank; gone with the object.

    Where the system knows no files in memory it is one without a name, on the disk until it is closed.
    """
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("minzheng", os.MFD_CLOEXEC), "w+b")
    import tempfile

    return tempfile.TemporaryFile()  # type: ignore[return-value]
