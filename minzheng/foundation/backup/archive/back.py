"""Back to a moment: the newest base copy before it, the log up to it, every check of a restore, and only then in its place."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import shutil
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditLink
from minzheng.foundation.backup import check, keys, manifest, putting, restore, sealed, server
from minzheng.foundation.backup.archive import bases, sealing
from minzheng.foundation.backup.archive.bases import HISTORY, LOG, PARTIAL, TAR, Base
from minzheng.foundation.backup.archive.log import RECEIVING
from minzheng.foundation.backup.archive.recovering import Recovering, recovering
from minzheng.foundation.backup.manifest import ANCHORS, MEDIA

PIECE = 1 << 20


@dataclass
class Returned:
    """`reached`: the last transaction that is in it; `wrong`: what does not hold, in Chinese; `remarks`: what to do."""

    data: Path
    reached: dt.datetime | None = None
    rows: int = 0
    wrong: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def back(
    base_at: Path,
    base: Base,
    digest: str,
    until: dt.datetime | None,
    data: Path,
    socket: Path,
    proven: Callable[[], bool],
) -> Returned:
    """A data folder as it was at that moment (None: at the end), checked and stopped, at `data`, where nothing may lie.

    Django's database must be the server that will listen in `socket`. Interrupted, it may simply be run again.
    `proven` says the proofs while the server still runs. Raises Damaged, Refused, ServerSaysNo.
    """
    started, archive = dt.datetime.now(dt.UTC), base_at.parent
    manifest.check_files(base_at, base.files)
    key = restore.opener_of(base.sealed_by)
    done = Returned(data, remarks=keys.refuse_without(base.keys))
    _refuse(base, data)
    part = data.with_name(data.name + ".part")
    if part.exists():
        shutil.rmtree(part)
    with recovering(part, socket) as new:
        _open_log(archive, base, key, new.work / "wal", done)
        plain = io.BufferedReader(_Reading(sealed.unseal(base_at / TAR, key, TAR)), PIECE)
        # tarfile's own "r|gz" copies what it holds for every file, and there are some thousands to a database.
        with gzip.open(plain) as whole, tarfile.open(fileobj=whole, mode="r|") as tar:
            new.unpack(tar)
        _recover(new, archive, until, done)
        try:
            _check(archive, base, key, done)
            if not done.wrong and not proven():
                done.wrong.append("审计链核验不通过。")
            restore.note(
                base_at.name, started, digest, done.reached or base.moment, done.rows,
                sum(one.bytes for one in base.files), done.wrong, done.remarks,
            )  # fmt: skip
        finally:
            connections.close_all()
    if not done.wrong:
        if data.exists():
            data.rmdir()
        part.rename(data)
    return done


def _refuse(base: Base, data: Path) -> None:
    ours = int(server.version().split(".")[0])
    if base.server != ours:
        raise Refused(
            f"没有恢复：归档来自 PostgreSQL {base.server}，本程序带的是 {ours}，读不了。请用做归档时的版本恢复，再升级。"
        )
    if data.exists() and any(data.iterdir()):
        raise Refused(
            f"没有恢复：{data} 里已有数据。请先停止服务，把它改名；原来的数据不要删，等恢复核对无误再说。"
        )


def _open_log(archive: Path, base: Base, key: bytes, to: Path, done: Returned) -> None:
    """The log since the base copy, plain, in a folder of the new server's alone; also what had not been sealed yet."""
    first, size = bases.number(base.segment, base.segment_bytes), base.segment_bytes
    for file in sorted((archive / LOG).iterdir()):
        if file.suffix == HISTORY or bases.number(file.name, size) >= first:
            sealing.take(file, to / file.name.removesuffix(PARTIAL), key, f"{LOG}/{file.name}")
    for file in sorted(settings.VAR.glob(f"{RECEIVING}/0*")):
        if not (to / (name := file.name.removesuffix(PARTIAL))).exists():
            shutil.copyfile(file, to / name)
    found = [one.name for one in to.iterdir() if one.suffix != HISTORY]
    if missing := next(bases.gaps(found, base.segment, size), ""):
        done.remarks.append(
            f"归档缺少日志 {missing}：只能恢复到它之前。请在别处找到它，放进 {archive / LOG} 再恢复一次。"
        )


def _recover(new: Recovering, archive: Path, until: dt.datetime | None, done: Returned) -> None:
    is_at = new.run(until.isoformat() if until else "")
    with server.as_owner() as owned:
        (done.reached,) = owned.execute("SELECT pg_last_xact_replay_timestamp()").fetchone()  # type: ignore[misc]
    last, seen = done.reached, bases.seen(archive)
    if until and not is_at and (seen is None or seen < until):
        done.remarks.append(
            f"归档只写到 {_local(seen)}，最后一笔业务在 {_local(last)}：从那以后到 {_local(until)} 若还办过业务，已经失去，"
            "请按纸质材料和银行回盘补录。"
        )


def _check(archive: Path, base: Base, key: bytes, done: Returned) -> None:
    """As after any restore; uploads and signed heads are put back as they were at the archive's end."""
    with server.as_owner() as owned:
        migrations: dict[str, list[str]] = {}
        for app, name in owned.execute("SELECT app, name FROM django_migrations ORDER BY id"):
            migrations.setdefault(app, []).append(name)
        restore.refuse_newer(migrations, base.version)
        done.rows = sum(server.counts(owned).values())
    done.wrong += check.in_force()
    chain = AuditLink.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    connections.close_all()
    call_command("migrate", verbosity=0)
    kept = {}
    for file in (archive / MEDIA).rglob("*"):
        if file.is_file() and not file.name.startswith("."):
            path = file.relative_to(archive / MEDIA).as_posix()
            kept[path] = file
            putting.file(sealed.unseal(file, key, f"{MEDIA}/{path}"), path)
    for file in (archive / ANCHORS).iterdir():
        putting.head(file, file.name)
    done.remarks += restore.own_up_to_what_is_lost(chain)
    done.wrong += check.of_any(chain, kept)


def _local(moment: dt.datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else "（没有记录）"


class _Reading(io.RawIOBase):
    """Pieces as a file that is read from its beginning to its end."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.held = pieces, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self.held:
            piece = next(self.pieces, None)
            if piece is None:
                return 0
            self.held = memoryview(piece)
        given = min(len(into), len(self.held))
        into[:given], self.held = self.held[:given], self.held[given:]
        return given
