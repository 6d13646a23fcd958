"""Restoring into an empty installation: refuse what is damaged or has no keys, load, check, only then say that it is good."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from minzheng.foundation.actions import Refused
from minzheng.foundation.audit import heads, trail
from minzheng.foundation.audit.record import record
from minzheng.foundation.backup import check, keys, manifest, putting, sealed, server
from minzheng.foundation.backup.manifest import ANCHORS, DATABASE, MEDIA, Manifest
from minzheng.foundation.backup.models import BackupRun, Kind


@dataclass
class Restored:
    """`wrong`: what does not hold, in Chinese; empty when the restore is good. `remarks`: what else is to be done."""

    manifest: Manifest
    wrong: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def restore(folder: Path, *, key: str | None = None) -> Restored:
    """Load a backup into the empty database that DATABASE_URL names (or the empty embedded one), and check it.

    Whatever was interrupted may simply be run again: files that are there are compared, the database is loaded in one
    transaction. Raises Damaged, Refused, ServerSaysNo; then the database is as empty as before.
    """
    started = dt.datetime.now(dt.UTC)
    made, digest = manifest.read(folder, key)
    manifest.check_files(folder, made.files)
    opener = opener_of(made.sealed_by)
    remarks = keys.refuse_without(made.keys)
    refuse_newer(made.migrations, made.version)
    _refuse_full()
    for path, entry in made.of(MEDIA).items():
        putting.file(_plain(folder, entry.path, opener), path)
    for path, entry in made.of(ANCHORS).items():
        putting.head(folder / entry.path, path)
    _load(folder, opener)
    done = Restored(made, list(check.of_database(made)), remarks)
    connection.close()
    call_command("migrate", verbosity=0)
    done.remarks += own_up_to_what_is_lost(made.chain)
    done.wrong += check.of_content(made)
    note(
        folder.name, started, digest, dt.datetime.fromisoformat(made.at), made.rows, made.bytes, done.wrong, done.remarks
    )  # fmt: skip
    return done


def opener_of(sealed_by: str) -> bytes:
    """The key of this fingerprint, which opens the files; b"" for a plain backup."""
    if not sealed_by:
        return b""
    where = f"密钥文件 {settings.BACKUP_KEY}（MINZHENG_BACKUP_KEY）"
    try:
        key = sealed.read_key(settings.BACKUP_KEY)
    except OSError:
        raise Refused(
            f"没有恢复：这份备份是加密的，读不到{where}。请放回与备份分开保管的密钥文件。"
        ) from None
    except ValueError:
        raise Refused(f"没有恢复：{where}内容不对。请放回另行保管的密钥文件。") from None
    if sealed.fingerprint(key) != sealed_by:
        raise Refused(
            f"没有恢复：{where}不是这份备份的那一把（备份需要的指纹是 {sealed_by}）。请放回那一把。"
        )
    return key


def refuse_newer(migrations: dict[str, list[str]], version: str) -> None:
    """A program that lacks a step of the tables' history cannot read them."""
    from django.db.migrations.loader import MigrationLoader

    known = set(MigrationLoader(None).disk_migrations)
    for app, names in migrations.items():
        for name in names:
            if (app, name) not in known:
                why = (
                    "没有这个部分"
                    if app not in {config.label for config in apps.get_app_configs()}
                    else "版本较旧"
                )
                raise Refused(
                    f"没有恢复：备份来自 {version} 版，含有 {app} 的 {name}，本程序{why}。请用做备份时或更新的版本恢复。"
                )


def _refuse_full() -> None:
    with server.as_owner() as owned:
        if found := server.tables(owned):
            raise Refused(
                f"没有恢复：数据库不是空的（有 {len(found)} 张表）。请新建一个空数据库并让 DATABASE_URL 指向它；"
                f"用自带的数据库时，先停止服务，再把 {settings.VAR / 'pg'} 改名。原来的数据不要删，等恢复核对无误再说。"
            )


def _load(folder: Path, opener: bytes) -> None:
    """The dump lies open for a moment, in a folder of its owner's alone; so does the database then."""
    with tempfile.TemporaryDirectory(dir=settings.VAR, prefix="restore-") as name:
        file = Path(name) / DATABASE
        with file.open("wb") as out:
            out.writelines(_plain(folder, DATABASE, opener))
        server.load(file)


def _plain(folder: Path, path: str, opener: bytes) -> Iterator[bytes]:
    if opener:
        yield from sealed.unseal(folder / path, opener, path)
        return
    with (folder / path).open("rb") as source:
        yield from sealed.pieces(source)


def own_up_to_what_is_lost(chain: int) -> Iterable[str]:
    """Heads that survived speak of entries that the backup does not hold: say so, signed, and for good."""
    known = heads.read_heads(settings.AUDIT_ANCHORS)
    if known.last > chain:
        trail.anchor("restored", chain)
        yield (
            f"锚点证明审计链曾到第 {known.last} 条，备份只到第 {chain} 条：之后的 {known.last - chain} 条"
            "及其办理的业务已经失去，请按纸质材料和银行回盘补录。已签名注明。"
        )


def note(
    name: str,
    started: dt.datetime,
    digest: str,
    data_at: dt.datetime,
    rows: int,
    size: int,
    wrong: list[str],
    remarks: list[str],
) -> None:
    """Keep the record of a restore, in the table and in the audit trail, and sign its head."""
    with transaction.atomic():
        BackupRun.objects.create(
            kind=Kind.RESTORE,
            name=name,
            is_good=not wrong,
            started_at=started,
            data_at=data_at,
            rows=rows,
            bytes=size,
            manifest=digest,
            note="\n".join([*wrong, *remarks]),
        )
        record(
            "backup.restore", "从备份恢复", actor=None, name=name, data_at=data_at.isoformat(), good=not wrong
        )
    trail.anchor()
