"""`minzheng backup`, `minzheng restore`, `minzheng drill`."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from pathlib import Path
from typing import Any

from minzheng.foundation.backup.archive.cli import run_back
from minzheng.foundation.backup.console import answered, set_up


def add_commands(commands: Any) -> None:
    backup = commands.add_parser("backup", help="备份数据库、材料文件和审计锚点（加密、签名；不含密钥）")
    backup.add_argument("--to", type=Path, metavar="文件夹", help="放在哪里，默认 MINZHENG_BACKUPS")
    backup.add_argument("--plain", action="store_true", help="不加密：只用于已经加密的磁盘")
    backup.add_argument("--prune", action="store_true", help="做好以后清除超过保存期的旧备份")
    backup.set_defaults(run=run_backup)

    restore = commands.add_parser(
        "restore", help="把备份恢复到空数据库（或用归档回到某一时刻），并核对资金和审计链"
    )
    restore.add_argument("source", type=Path, metavar="备份文件夹", help="用 --until 时是归档文件夹")
    restore.add_argument(
        "--until", metavar="时刻", help='回到那一时刻，如 "2026-11-22 10:15"；latest：归档的最后'
    )
    restore.add_argument(
        "--data", type=Path, metavar="文件夹", help="用 --until 时：恢复出来的数据库放在哪里"
    )
    restore.add_argument("--key", metavar="指纹", help="只信任这把公钥签名的备份（32 位指纹，另行保存的）")
    restore.set_defaults(run=run_restore)

    drill = commands.add_parser("drill", help="恢复演练：把最近的备份恢复到临时数据库并核对，留下记录")
    drill.add_argument("source", type=Path, nargs="?", metavar="备份文件夹", help="默认最近的一份")
    drill.set_defaults(run=run_drill)


def run_backup(arguments: argparse.Namespace) -> int:
    """0 when it is complete, 1 when it could not be made, 2 when the question is wrong."""
    set_up()
    from django.conf import settings

    from minzheng.foundation.backup import keys
    from minzheng.foundation.backup.make import make, prune
    from minzheng.foundation.backup.models import BackupRun, Kind
    from minzheng.foundation.cases.parameters import parameter

    to, started, begun = arguments.to or settings.BACKUPS, dt.datetime.now(dt.UTC), time.monotonic()

    def work() -> int:
        made = make(to, plain=arguments.plain)
        seconds, found = time.monotonic() - begun, made.manifest
        BackupRun.objects.create(
            kind=Kind.BACKUP,
            name=made.folder.name,
            is_good=True,
            started_at=started,
            data_at=dt.datetime.fromisoformat(found.at),
            rows=found.rows,
            bytes=found.bytes,
            manifest=made.digest,
        )
        print(f"备份完成：{made.folder}")
        print(
            _speed(found.rows, found.bytes, seconds)
            + f"，{len(found.files)} 个文件（{made.shared} 个与上次共用）"
        )
        print("密钥不在备份里。请把下面这些另行保管，与备份分开放；没有它们备份打不开：")
        for place in keys.places():
            print(f"  {place}")
        if arguments.prune:
            days = parameter("backup_keep_days", "0" * 12, dt.date.today())
            list(prune(to, started - dt.timedelta(days=days), print))
        return 0

    return answered(work)


def run_restore(arguments: argparse.Namespace) -> int:
    """0 when restored and sound, 1 when something does not hold or the backup is damaged, 2 when it is refused."""
    if arguments.until:
        return run_back(arguments)
    set_up()
    from minzheng.foundation.audit import cli as audit
    from minzheng.foundation.backup.restore import restore
    from minzheng.foundation.payments import cli as prove

    begun = time.monotonic()

    def work() -> int:
        done = restore(arguments.source, key=arguments.key)
        made = done.manifest
        print(f"已恢复到 {made.at} 的数据。" + _speed(made.rows, made.bytes, time.monotonic() - begun))
        for remark in done.remarks:
            print(f"请注意：{remark}")
        for wrong in done.wrong:
            print(f"核对不符：{wrong}", file=sys.stderr)
        if done.wrong:
            print("恢复的数据不能使用，请勿开放服务。请换一份备份，恢复到另一个空数据库。", file=sys.stderr)
            return 1
        print("逐表行数、约束、触发器、编号器、材料文件、资金核对、审计链：全部相符。")
        if made.month:
            prove.run(argparse.Namespace(month=made.month[:7], region=""))
        return audit.run_verify(argparse.Namespace(file=None, anchors=None, key=None))

    return answered(work)


def run_drill(arguments: argparse.Namespace) -> int:
    """0 when the backup could be restored and proven, 1 when not, 2 when there is none."""
    set_up()
    from django.conf import settings

    from minzheng.foundation.backup.drill import drill
    from minzheng.foundation.backup.make import complete

    found = [arguments.source] if arguments.source else complete(settings.BACKUPS)
    if not found:
        print(f"{settings.BACKUPS} 里还没有备份。请先运行 minzheng backup。", file=sys.stderr)
        return 2

    def work() -> int:
        done = drill(found[-1])
        seconds = (done.finished_at - done.started_at).total_seconds()
        print(done.note)
        print(f"恢复演练{'成功' if done.is_good else '失败'}：{done.name}，用时 {seconds:.0f} 秒，已记录。")
        return 0 if done.is_good else 1

    return answered(work)


def _speed(rows: int, size: int, seconds: float) -> str:
    return f"{rows:,} 行，{size / 1e6:,.1f} MB，{seconds:.1f} 秒（每秒 {rows / seconds:,.0f} 行）"
