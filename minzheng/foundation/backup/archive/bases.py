"""What an archive holds: base copies of the whole server, its log in segments, uploads, signed heads.

    base-20261122T041500Z/   base.tar.gz (sealed), anchors/, manifest.json with its signature
    wal/000000010000000A000000FE   a segment of the log, gzip, sealed under its own name
    media/…, anchors/   every upload (sealed) and the signed heads, as of the last turn
    seen.json   up to which moment everything is here

Needs neither Django nor a database: a restore reads it before either is there.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from minzheng.foundation.backup import manifest
from minzheng.foundation.backup.manifest import Entry
from minzheng.foundation.backup.sealed import Damaged

NAME = "base-%Y%m%dT%H%M%SZ"
TAR, LOG, SEEN = "base.tar.gz", "wal", "seen.json"
PARTIAL, HISTORY = ".partial", ".history"
PER_FILE_ID = 0x100000000  # bytes of log that share the middle eight digits of a segment's name


@dataclass
class Base:
    """What a base copy claims. `finished`: from this moment on (ISO, UTC) the archive can be brought back.

    `segment`: the first segment of the log that it needs; `segment_bytes`: their size.
    """

    finished: str
    version: str
    system: str
    server: int  # PostgreSQL's major version: only the same one can read the copy
    database: str
    user: str
    segment: str
    segment_bytes: int
    keys: dict[str, dict[str, str]]
    sealed_by: str
    files: list[Entry] = field(default_factory=list)
    form: int = manifest.FORM

    @property
    def moment(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.finished)


def complete(archive: Path) -> list[Path]:
    """The base copies of an archive, oldest first."""
    return sorted(one for one in archive.glob("base-*Z") if (one / manifest.SIGNATURE).exists())


def read(folder: Path, key: str | None = None) -> tuple[Base, str]:
    """(What a base copy claims, SHA-256 of its list), properly signed. Raises Damaged."""
    content, digest = manifest.signed(folder, key)
    try:
        return Base(**content), digest
    except TypeError:
        raise Damaged(f"{folder.name} 不是归档的基础备份。请指到归档文件夹。") from None


def newest_before(archive: Path, until: dt.datetime | None, key: str | None = None) -> tuple[Path, Base, str]:
    """The base copy from which the way to that moment (None: the end) is shortest. Raises Damaged when there is none."""
    found = complete(archive)
    if not found:
        raise Damaged(
            f"{archive} 里没有归档的基础备份。请指到 minzheng archive 写入的文件夹（MINZHENG_ARCHIVE）。"
        )
    for folder in reversed(found):
        base, digest = read(folder, key)
        if until is None or base.moment <= until:
            return folder, base, digest
    first = read(found[0], key)[0].moment.astimezone()
    raise Damaged(
        f"归档最早只能恢复到 {first:%Y-%m-%d %H:%M:%S}，所要的时刻在它之前。请用更早的 minzheng backup 备份。"
    )


def segments(archive: Path) -> list[str]:
    """Names of the log's complete segments that lie in the archive, in order."""
    return sorted(file.name for file in (archive / LOG).glob("*") if len(file.name) == 24)


def gaps(names: Iterable[str], start: str, size: int) -> Iterator[str]:
    """Segments that are missing between `start` and the last one: beyond the first of them nothing can be brought back."""
    there = {number(name, size) for name in names}
    wanted = number(start, size)
    last = max(there, default=wanted)
    for one in range(wanted, last + 1):
        if one not in there:
            yield start[:8] + f"{one * size // PER_FILE_ID:08X}{one * size % PER_FILE_ID // size:08X}"


def number(name: str, size: int) -> int:
    """Which segment of the log this is, whatever its timeline (the first eight digits)."""
    return (int(name[8:16], 16) * PER_FILE_ID + int(name[16:24], 16) * size) // size


def seen(archive: Path) -> dt.datetime | None:
    """Everything that was committed before this moment is in the archive; None: nothing was archived yet."""
    try:
        return dt.datetime.fromisoformat(json.loads((archive / SEEN).read_text())["at"])
    except FileNotFoundError:
        return None
