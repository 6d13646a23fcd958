"""`minzheng archive …`, and `minzheng restore --until`."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from minzheng.foundation.backup.console import answered, set_up

LATEST = "latest"
EVERY = 20  # seconds: with the time of sealing, well within a minute
CHINA = ZoneInfo("Asia/Shanghai")


def add_commands(commands: Any) -> None:
    archive = commands.add_parser(
        "archive", help="连续归档：随时收存数据库日志、材料和锚点，可恢复到任一时刻"
    )
    kinds = archive.add_subparsers(title="做什么", metavar="做什么", required=True)
    run = kinds.add_parser("run", help="一直归档（与作业进程一样常驻）")
    run.add_argument("--every", type=int, default=EVERY, metavar="秒", help=f"隔多久收一次，默认 {EVERY} 秒")
    run.add_argument("--once", action="store_true", help="只收一次，收到此刻为止")
    run.set_defaults(run=_saying(run_archive))
    base = kinds.add_parser("base", help="另做一份基础备份（平时到期自动做）")
    base.set_defaults(run=_saying(run_base))
    state = kinds.add_parser("state", help="可以恢复到哪段时间；断了的，退出码为 1")
    state.set_defaults(run=_saying(run_state))
    end = kinds.add_parser("end", help="不再归档：数据库不再为它保留日志")
    end.set_defaults(run=_saying(run_end))
    for one in (run, base, state, end):
        one.add_argument("--to", type=Path, metavar="文件夹", help="归档在哪里，默认 MINZHENG_ARCHIVE")


def _saying(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        set_up()
        return answered(lambda: command(arguments))

    return run


def run_archive(arguments: argparse.Namespace) -> int:
    """0 when told to stop, or once everything up to now is in the archive; 1 when that could not be done."""
    from minzheng.foundation.backup.archive.turn import writing
    from minzheng.foundation.backup.server import ServerSaysNo

    with writing(_folder(arguments), print) as archive:
        if arguments.once:
            print(f"{_local(archive.turn())} 以前的业务都已归档。")
            return 0
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        print(f"开始归档，每 {arguments.every} 秒一次。", flush=True)
        while not stop.is_set():
            try:
                archive.turn()
            except (
                ServerSaysNo,
                _psycopg_error(),
            ) as bad:  # the server may be away for a while: it keeps its log for us
                print(f"{_local(dt.datetime.now(dt.UTC))} 没有归档成功，稍后再试：{bad}", file=sys.stderr)
            stop.wait(arguments.every)
    return 0


def run_base(arguments: argparse.Namespace) -> int:
    """0 when it is complete."""
    from minzheng.foundation.backup import server
    from minzheng.foundation.backup.archive.turn import writing

    with writing(_folder(arguments), print) as archive:
        with server.as_owner() as owner:
            if not archive.receiver.begin(owner):
                archive.base(owner)
        archive.turn()
    return 0


def run_state(arguments: argparse.Namespace) -> int:
    """0 when every moment up to now can be brought back, 1 when not, 2 when there is no archive."""
    from minzheng.foundation.backup.archive import bases
    from minzheng.foundation.backup.lights import archive_light

    folder = _folder(arguments)
    found, seen = bases.complete(folder), bases.seen(folder)
    if not found or seen is None:
        print(f"{folder} 里还没有归档。请运行 minzheng archive run。", file=sys.stderr)
        return 2
    print(f"可以恢复到 {_local(bases.read(found[0])[0].moment)} 至 {_local(seen)} 之间的任一时刻。")
    light = archive_light(folder)
    if light and not light.is_good:
        print(f"{light.says}。{light.todo}", file=sys.stderr)
        return 1
    return 0


def run_end(arguments: argparse.Namespace) -> int:
    from minzheng.foundation.backup import server
    from minzheng.foundation.backup.archive.turn import writing

    with writing(_folder(arguments), print) as archive, server.as_owner() as owner:
        archive.receiver.end(owner)
    print("已停止归档，数据库不再为它保留日志。归档仍在，可以恢复到停止以前的任一时刻。")
    return 0


def run_back(arguments: argparse.Namespace) -> int:
    """0 when the moment is back and sound, 1 when something does not hold, 2 when it is refused or no moment."""
    try:
        until = _moment(arguments.until)
    except ValueError:
        print(f'看不懂时刻“{arguments.until}”。请写成 "2026-11-22 10:15"，或 latest。', file=sys.stderr)
        return 2
    if os.environ.get("DATABASE_URL") and not arguments.data:
        print("数据库不是自带的：请用 --data 指明恢复出来的数据文件夹放在哪里。", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="minzheng-back-") as name:
        return answered(lambda: _back(arguments, until, Path(name)))


def _back(arguments: argparse.Namespace, until: dt.datetime | None, socket: Path) -> int:
    from minzheng.foundation.backup.archive import bases
    from minzheng.foundation.backup.archive.recovering import address

    begun = time.monotonic()
    place, base, digest = bases.newest_before(arguments.source.resolve(), until, arguments.key)
    # Django shall speak with the server that is brought back, and with no other.
    os.environ["DATABASE_URL"] = address(socket, base.user, base.database)
    set_up()
    from django.conf import settings

    from minzheng.foundation.backup.archive.back import back

    data = (arguments.data or settings.VAR / ("pg-test" if settings.TESTING else "pg")).resolve()
    done = back(place, base, digest, until, data, socket, _proven)
    for remark in done.remarks:
        print(f"请注意：{remark}")
    for wrong in done.wrong:
        print(f"核对不符：{wrong}", file=sys.stderr)
    if done.wrong:
        print(f"恢复的数据不能使用，留在 {data}.part 供查。请换一个时刻或另一份备份。", file=sys.stderr)
        return 1
    took = time.monotonic() - begun
    print(
        f"已恢复到最后一笔业务在 {_local(done.reached or base.moment)} 的数据，{done.rows:,} 行，用时 {took:.0f} 秒。"
    )
    print(f"数据在 {data}。" + ("请交给数据库的账号启动。" if arguments.data else "现在可以启动服务。"))
    return 0


def _proven() -> bool:
    """Says the last paid month's proof and the audit trail's; whether the trail is whole."""
    from minzheng.foundation.audit import cli as audit
    from minzheng.foundation.payments import cli as payments
    from minzheng.foundation.payments.prove import latest_paid_month

    if month := latest_paid_month():
        payments.run(argparse.Namespace(month=f"{month:%Y-%m}", region=""))
    return audit.run_verify(argparse.Namespace(file=None, anchors=None, key=None)) == 0


def _moment(text: str) -> dt.datetime | None:
    """None: the latest. Without a zone it is China's time. Raises ValueError with what to do."""
    if text == LATEST:
        return None
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def _local(moment: dt.datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"


def _folder(arguments: argparse.Namespace) -> Path:
    from django.conf import settings

    return Path(arguments.to or settings.ARCHIVE)


def _psycopg_error() -> type[Exception]:
    import psycopg

    return psycopg.Error
