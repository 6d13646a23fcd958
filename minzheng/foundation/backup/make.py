"""Making a backup: the database in one snapshot, the files that people handed in, the signed heads of the audit trail."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from minzheng.foundation.actions import Refused
from minzheng.foundation.audit import heads, trail
from minzheng.foundation.backup import keys, manifest, sealed, server
from minzheng.foundation.backup.manifest import ANCHORS, DATABASE, MEDIA, Entry, Manifest

NAME = "minzheng-%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Made:
    """A complete backup on the disk."""

    folder: Path
    manifest: Manifest
    digest: str
    shared: int  # files that it shares with the backup before


def make(to: Path, *, plain: bool = False) -> Made:
    """Write a backup into a new folder below `to`; whole or not at all. Others go on working meanwhile.

    The heads are copied before the snapshot, so that none of them speaks of an entry that it lacks; uploads after it,
    so that every document that it knows is there (they are only ever added). Raises Refused, ServerSaysNo, OSError.
    """
    now = dt.datetime.now(dt.UTC)
    folder = to / now.strftime(NAME)
    part = folder.with_name(folder.name + ".part")
    if folder.exists() or part.exists():
        raise Refused(f"{folder} 已经存在。请稍等一秒再做。")
    key = b"" if plain else sealed.make_key(settings.BACKUP_KEY)
    trail.anchor()
    part.mkdir(parents=True, mode=0o700)
    try:
        writer = Writer(part, key, _previous(to, key))
        writer.add(settings.AUDIT_ANCHORS, ANCHORS, plain=True)
        made = _database(writer, key)
        writer.add(settings.MEDIA_ROOT, MEDIA)
        made.files = writer.files
        digest = manifest.write(part, made, heads.private_key(settings.AUDIT_KEY))
        settle(part)
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part)
        raise
    return Made(folder, made, digest, writer.shared)


def _database(writer: Writer, key: bytes) -> Manifest:
    """Dump, rows of every table and the monthly proof, all of one and the same moment."""
    from minzheng.foundation.audit.models import AuditLink
    from minzheng.foundation.payments.prove import latest_paid_month, prove

    with server.as_owner() as owned, owned.transaction():
        owned.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot, at = owned.execute("SELECT pg_export_snapshot(), now()").fetchone()  # type: ignore[misc]
        with server.dump(snapshot) as dump:
            writer.write(DATABASE, sealed.pieces(dump.stdout))  # type: ignore[arg-type]
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])
            month = latest_paid_month()
            proof = [list(asdict(line).values()) for line in prove(month)] if month else []
            chain = AuditLink.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        done: dict[str, list[str]] = {}
        for app, name in owned.execute("SELECT app, name FROM django_migrations ORDER BY id"):
            done.setdefault(app, []).append(name)
        return Manifest(
            at=at.astimezone(dt.UTC).isoformat(),
            version=version("minzheng"),
            migrations=done,
            tables=server.counts(owned),
            chain=chain,
            month=month.isoformat() if month else "",
            proof=proof,
            keys=keys.needed(),
            sealed_by=sealed.fingerprint(key) if key else "",
        )


class Writer:
    """Writes files into a backup and keeps the list; `previous`: the backup before, and its files by path."""

    def __init__(self, folder: Path, key: bytes, previous: tuple[Path, dict[str, Entry]]) -> None:
        self.folder, self.key = folder, key
        self.files: list[Entry] = []
        self.shared = 0
        self.before, self.known = previous

    def write(
        self, path: str, plain: Iterable[bytes], *, size: int = 0, changed: int = 0, bare: bool = False
    ) -> None:
        """Write one file, encrypted unless the backup (or this file) is plain, and on the disk when this returns."""
        file, digest, length = self.folder / path, hashlib.sha256(), 0
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as out:
            for piece in plain if bare or not self.key else sealed.seal(plain, self.key, path):
                out.write(piece)
                digest.update(piece)
                length += len(piece)
            out.flush()
            os.fsync(out.fileno())
        self.files.append(Entry(path, length, digest.hexdigest(), size, changed))

    def add(self, root: Path, name: str, *, plain: bool = False) -> None:
        """A whole folder; what the backup before holds unchanged is shared with it, not copied again."""
        for file in sorted(Path(root).rglob("*")):
            if not file.is_file() or file.name.startswith("."):  # what somebody is writing just now
                continue
            path, state = f"{name}/{file.relative_to(root).as_posix()}", file.stat()
            old = self.known.get(path)
            if old and not plain and (old.size, old.changed) == (state.st_size, state.st_mtime_ns):
                (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
                os.link(self.before / path, self.folder / path)
                self.files.append(old)
                self.shared += 1
                continue
            with file.open("rb") as source:
                self.write(
                    path, sealed.pieces(source), size=state.st_size, changed=state.st_mtime_ns, bare=plain
                )


def complete(to: Path) -> list[Path]:
    """The backups in a folder, oldest first."""
    return sorted(folder for folder in to.glob("minzheng-*Z") if (folder / manifest.SIGNATURE).exists())


def _previous(to: Path, key: bytes) -> tuple[Path, dict[str, Entry]]:
    """The newest backup that was sealed by the same key, and its uploads."""
    wanted = sealed.fingerprint(key) if key else ""
    for folder in reversed(complete(to)):
        try:
            found, _ = manifest.read(folder)
        except sealed.Damaged:
            continue
        if found.sealed_by == wanted:
            return folder, {entry.path: entry for entry in found.files if (folder / entry.path).is_file()}
    return to, {}


def settle(folder: Path) -> None:
    """The list and the folder's own entries on the disk."""
    for file in (folder / manifest.NAME, folder / manifest.SIGNATURE, folder):
        handle = os.open(file, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def prune(to: Path, before: dt.datetime, say: Callable[[str], None]) -> Iterator[Path]:
    """Take away backups made before a moment, never the newest; yields each that went."""
    for folder in complete(to)[:-1]:
        if dt.datetime.strptime(folder.name, NAME).replace(tzinfo=dt.UTC) < before:
            shutil.rmtree(folder)
            say(f"已清除过期备份 {folder.name}")
            yield folder
