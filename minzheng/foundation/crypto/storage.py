"""Where uploads, certificates and exports are kept: in MEDIA_ROOT, sealed (files.py), each there whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.deconstruct import deconstructible

from minzheng.foundation.crypto import files
from minzheng.foundation.crypto.envelope import Unreadable
from minzheng.foundation.crypto.keyring import keyring

LOCK = ".lock"
GONE = 0  # no key has this number
DIGEST = 64  # a name of so many hex digits is the SHA-256 of the content


@deconstructible(path="minzheng.foundation.crypto.storage.SealedStorage")
class SealedStorage(FileSystemStorage):
    """Django's storage, sealed. Raises Unreadable where a file is not what was written under its name."""

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        if mode != "rb":
            raise ValueError("sealed files are read, or saved whole")
        path, kept = Path(self.path(name)), name.replace("\\", "/")
        try:
            opened = files.open_file(keyring(), path, kept)
        except Unreadable:
            opened = files.open_file(keyring(fresh=True), path, kept)
        return File(io.BufferedReader(opened, files.PIECE), name)

    def _save(self, name: str, content: Any) -> str:
        chunks = content.chunks
        while True:
            try:
                self._write(name, chunks())
                return name
            except FileExistsError:
                name = self.get_available_name(name).replace("\\", "/")

    def _write(self, name: str, plain: Iterable[bytes]) -> None:
        path = Path(self.path(name))
        with self._part(path, name, plain) as part:
            os.link(part, path)

    @contextmanager
    def _part(self, path: Path, name: str, plain: Iterable[bytes]) -> Iterator[Path]:
        """The sealed file, complete and synced, under a hidden name that is gone afterwards."""
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, hidden = tempfile.mkstemp(dir=path.parent, prefix=".")
        part = Path(hidden)
        try:
            with os.fdopen(handle, "wb") as out:
                out.writelines(files.seal(keyring(), plain, name))
                out.flush()
                os.fsync(out.fileno())
            yield part
        finally:
            part.unlink(missing_ok=True)

    def delete(self, name: str) -> None:
        with self._alone():
            super().delete(name)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Deleting and sealing anew take turns, or a deleted file would come back."""
        root = Path(self.location)
        root.mkdir(parents=True, exist_ok=True)
        with (root / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def size(self, name: str) -> int:
        with self.open(name) as file:
            return file.seek(0, io.SEEK_END)

    def kept(self) -> Iterator[str]:
        """The names of all files, in order."""
        root = Path(self.location)
        for path in sorted(root.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(root).as_posix()

    def key_of(self, name: str) -> int | None:
        """The number of the key that seals a file, None of a plain one, GONE when it was deleted meanwhile."""
        try:
            return files.key_of(Path(self.path(name)))
        except FileNotFoundError:
            return GONE

    def seal_anew(self, name: str) -> None:
        """With the current key, whatever sealed it; a plain file of an earlier version too, if its content is what its
        name says. Readers keep what they have open. Raises Unreadable; the file then stays as it is."""
        path = Path(self.path(name))
        with (
            self._content(path, name) as plain,
            self._part(path, name, iter(lambda: plain.read(files.PIECE), b"")) as part,
            self._alone(),
        ):
            if path.exists():
                part.replace(path)

    @contextmanager
    def _content(self, path: Path, name: str) -> Iterator[IO[bytes]]:
        if files.key_of(path) is not None:
            with self.open(name) as sealed:
                yield sealed  # type: ignore[misc]
            return
        with path.open("rb") as plain:
            stem = path.name.split(".")[0]
            if len(stem) == DIGEST and hashlib.file_digest(plain, "sha256").hexdigest() != stem:
                raise Unreadable(f"文件 {name} 没有加密，内容也与名称中的校验值不符。{files.WHAT_TO_DO}")
            plain.seek(0)
            yield plain


def sealed_files() -> SealedStorage:
    """The storage that all apps share."""
    assert isinstance(default_storage, SealedStorage)
    return default_storage


def files_by_key() -> dict[int | None, int]:
    """{number of the key: files that it seals}; None counts plain ones of an earlier version."""
    storage = sealed_files()
    return Counter(key for name in storage.kept() if (key := storage.key_of(name)) != GONE)
