"""One turn of the archive: a base copy when it is due, the log up to now, new uploads and signed heads."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.utils import timezone

from minzheng.foundation.actions import Refused
from minzheng.foundation.audit import heads, trail
from minzheng.foundation.backup import keys, make, manifest, sealed, server
from minzheng.foundation.backup.archive import bases, sealing
from minzheng.foundation.backup.archive.bases import Base
from minzheng.foundation.backup.archive.log import RECEIVING, Receiver, sweep
from minzheng.foundation.backup.manifest import ANCHORS, MEDIA
from minzheng.foundation.backup.server import ServerSaysNo
from minzheng.foundation.cases.parameters import parameter

# -X fetch: the copy holds the log of its own making, so that it is whole even by itself.
COPY = ("-D", "-", "--format=tar", "--wal-method=fetch", "--compress=client-gzip:1", "--checkpoint=fast")
SETTLED = (
    2 * 10**9
)  # nanoseconds: a file put into a folder within the same tick of the disk's clock would not be seen


class Archive:
    """Writes into one folder; `say` hears what somebody should know, in Chinese."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self.folder, self.say = folder, say
        self.key = sealed.make_key(settings.BACKUP_KEY)
        self.receiver = Receiver(folder, settings.VAR / RECEIVING, self.key)
        # Folders of uploads: when something was last put into them, and the folders in them.
        self.known: dict[Path, tuple[int, list[Path]]] = {}

    def turn(self) -> dt.datetime:
        """Everything committed before the moment returned is in the archive. Raises ServerSaysNo, OSError."""
        with server.as_owner() as owner:
            if self.receiver.begin(owner) or self._is_due():
                self.base(owner)
            at, segment = self.receiver.catch_up(owner)
        self._uploads()
        self._heads()
        mark = json.dumps({"at": at.astimezone(dt.UTC).isoformat(), "segment": segment}).encode()
        sealing.write(self.folder / bases.SEEN, [mark])
        return at

    def base(self, owner: psycopg.Connection[Any]) -> Path:
        """A copy of the whole server, made while everybody goes on working; older ones go when their time is over."""
        system, database, segment, size, server_version = owner.execute(
            "SELECT system_identifier::text, current_database(), pg_walfile_name(redo_lsn), bytes_per_wal_segment,"
            " current_setting('server_version_num')::int / 10000"
            " FROM pg_control_system(), pg_control_checkpoint(), pg_control_init()"
        ).fetchone()  # type: ignore[misc]
        folder = self.folder / dt.datetime.now(dt.UTC).strftime(bases.NAME)
        part = folder.with_name(folder.name + ".part")
        trail.anchor()
        part.mkdir(parents=True, mode=0o700)
        try:
            writer = make.Writer(part, self.key, (self.folder, {}))
            writer.add(settings.AUDIT_ANCHORS, ANCHORS, plain=True)
            with _copying() as running:
                writer.write(bases.TAR, sealed.pieces(running.stdout))  # type: ignore[arg-type]
            (finished,) = owner.execute("SELECT clock_timestamp()").fetchone()  # type: ignore[misc]
            made = Base(
                finished=finished.astimezone(dt.UTC).isoformat(),
                version=version("minzheng"),
                system=system,
                server=server_version,
                database=database,
                user=owner.info.user,
                segment=segment,
                segment_bytes=size,
                keys=keys.needed(),
                sealed_by=sealed.fingerprint(self.key),
                files=writer.files,
            )
            manifest.write(part, made, heads.private_key(settings.AUDIT_KEY))
            make.settle(part)
            part.rename(folder)
        except BaseException:
            shutil.rmtree(part)
            raise
        self.say(f"已做基础备份 {folder.name}，{sum(one.bytes for one in writer.files) / 1e6:,.1f} MB")
        self._prune()
        return folder

    def _is_due(self) -> bool:
        found = bases.complete(self.folder)
        days = parameter("archive_base_days", "0" * 12, timezone.localdate())
        return not found or bases.read(found[-1])[0].moment < dt.datetime.now(dt.UTC) - dt.timedelta(
            days=days
        )

    def _prune(self) -> None:
        days = parameter("backup_keep_days", "0" * 12, timezone.localdate())
        before = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
        for folder, after in pairwise(bases.complete(self.folder)):
            if bases.read(after)[0].moment < before:  # the days since then are reached from the next copy
                shutil.rmtree(folder)
                self.say(f"已清除过期的基础备份 {folder.name}")
        sweep(self.folder)

    def _uploads(self) -> None:
        """Files are only ever added or replaced whole: a folder that nothing was put into has nothing new."""
        waiting = [Path(settings.MEDIA_ROOT)] if Path(settings.MEDIA_ROOT).exists() else []
        while waiting:
            place = waiting.pop()
            changed = place.stat().st_mtime_ns
            before, folders = self.known.get(place, (0, []))
            if before != changed:
                folders = []
                for one in place.iterdir():
                    if one.is_dir():
                        folders.append(one)
                    elif not one.name.startswith("."):  # what somebody is writing just now
                        self._upload(one, one.relative_to(settings.MEDIA_ROOT).as_posix())
                if time.time_ns() - changed > SETTLED:
                    self.known[place] = changed, folders
            waiting += folders

    def _upload(self, file: Path, path: str) -> None:
        kept, state = self.folder / MEDIA / path, file.stat()
        if kept.exists() and kept.stat().st_mtime_ns >= state.st_mtime_ns:
            return
        sealing.put(file, kept, self.key, f"{MEDIA}/{path}")

    def _heads(self) -> None:
        for file in Path(settings.AUDIT_ANCHORS).iterdir():
            kept, content = self.folder / ANCHORS / file.name, file.read_bytes()
            if not kept.exists() or kept.read_bytes() != content:
                sealing.write(kept, [content])


@contextmanager
def writing(folder: Path, say: Callable[[str], None]) -> Iterator[Archive]:
    """The archive, for one program at a time; at the end the receiver stops and what it has is sealed. Raises Refused."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(f"已有一个归档程序在写 {folder}。请先停下它，或让它做。") from None
        archive = Archive(folder, say)
        try:
            yield archive
        finally:
            archive.receiver.close()
            connection.close()


@contextmanager
def _copying() -> Iterator[subprocess.Popen[bytes]]:
    """pg_basebackup, to be read from its stdout. Raises ServerSaysNo when it did not end well."""
    text, environment = server.address()
    with subprocess.Popen(  # noqa: S603
        [server.BIN / "pg_basebackup", *COPY, "--no-password", f"--dbname={text}"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        yield running
        said = running.stderr.read().decode(errors="replace") if running.stderr else ""
    if running.returncode:
        raise ServerSaysNo(f"pg_basebackup 没有做完：{said.strip()}")
