"""`minzheng audit`: sign, check, export and retire the audit trail. Checking an export needs no database."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Any

UNSET = "请用 --anchors 指出锚点文件夹（其中有 heads.jsonl 和公钥），最好是另行保存的副本。"


def add_commands(commands: Any) -> None:
    parts = commands.add_parser("audit", help="审计链：签名锚点、核验、导出、到期移出").add_subparsers(
        title="命令", metavar="命令", required=True
    )
    parts.add_parser("anchor", help="给链头签名，写入锚点文件夹").set_defaults(run=run_anchor)

    verify = parts.add_parser("verify", help="核验：有无改动、删除、增添、调换、截断")
    verify.add_argument("--file", type=Path, metavar="文件", help="核验导出的文件，不需要数据库")
    verify.add_argument(
        "--anchors", type=Path, metavar="文件夹", help="锚点文件夹；核验数据库时默认用设置中的"
    )
    verify.add_argument("--key", metavar="指纹", help="只信任这把公钥（32 位指纹，另行保存的）")
    verify.set_defaults(run=run_verify)

    export = parts.add_parser("export", help="导出全部审计记录（JSON 行），结尾签名")
    export.add_argument("file", type=Path, metavar="文件")
    export.set_defaults(run=run_export)

    retire = parts.add_parser("retire", help="把保存期满的记录导出后移出数据库")
    retire.add_argument("file", type=Path, metavar="文件")
    retire.add_argument("--before", type=dt.date.fromisoformat, metavar="日期", required=True)
    retire.set_defaults(run=run_retire)


def run_anchor(arguments: argparse.Namespace) -> int:
    _django()
    from django.conf import settings

    from minzheng.foundation.audit.trail import anchor

    head = anchor()
    print(f"已签名：共 {head.seq} 条，链值 {head.hash.hex()}，写入 {settings.AUDIT_ANCHORS}")
    print(f"公钥指纹 {head.key}，请另行记下，核验时对照。")
    return 0


def run_verify(arguments: argparse.Namespace) -> int:
    """0 when the chain holds, 1 when it is broken or a head is forged, 2 when the question is wrong."""
    from minzheng.foundation.audit.chain import Broken
    from minzheng.foundation.audit.heads import BadHeads

    try:
        return _verify_file(arguments) if arguments.file else _verify_database(arguments)
    except (Broken, BadHeads) as bad:
        print(f"核验不通过。{bad}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"读不了 {error.filename}：{error.strerror}。请检查路径。", file=sys.stderr)
        return 2


def _verify_file(arguments: argparse.Namespace) -> int:
    from minzheng.foundation.audit.chain import check_export
    from minzheng.foundation.audit.heads import read_heads

    if arguments.anchors is None:
        print(UNSET, file=sys.stderr)
        return 2
    heads = read_heads(arguments.anchors, arguments.key)
    with arguments.file.open("rb") as lines:
        sound = check_export(lines, heads)
    _say(sound)
    if heads.last > sound.last:
        print(f"这份文件导出之后又有记录：锚点已到第 {heads.last} 条，要核验它们请重新导出。")
    return 0


def _verify_database(arguments: argparse.Namespace) -> int:
    _django()
    from django.conf import settings

    from minzheng.foundation.audit.trail import verify

    verdict = verify(arguments.anchors or settings.AUDIT_ANCHORS, arguments.key)
    _say(verdict.sound)
    for head, last in verdict.lost:
        print(f"{head.at} 从备份恢复：第 {head.seq + 1} 至 {last} 条在恢复时失去（有签名注明）。")
    if verdict.waiting:
        print(f"另有 {verdict.waiting} 条刚写入、尚未封存，稍后再核验。")
    return 0


def _say(sound: Any) -> None:
    if not sound.count:
        print("还没有审计记录。")
        return
    print(f"核验通过：第 {sound.first} 至 {sound.last} 条完整、未改动；对上 {sound.agreed} 个签名锚点。")
    if sound.signed:
        signed = sound.signed
        print(f"最近一次签名在 {signed.at}，证明到第 {signed.seq} 条；公钥指纹 {signed.key}。")
    else:
        print("还没有签名锚点：整条链被重写也发现不了。请先运行 minzheng audit anchor。")


def run_export(arguments: argparse.Namespace) -> int:
    _django()
    from minzheng.foundation.audit.trail import export

    head = export(arguments.file)
    print(f"已导出到第 {head.seq} 条：{arguments.file}")
    return 0


def run_retire(arguments: argparse.Namespace) -> int:
    _django()
    from minzheng.foundation.actions import Refused
    from minzheng.foundation.audit.retention import retire

    try:
        count = retire(arguments.file, arguments.before)
    except Refused as refused:
        print("；".join(refused.messages), file=sys.stderr)
        return 2
    print(f"已移出 {count} 条，保存在 {arguments.file}，请与锚点一起长期保管。")
    return 0


def _django() -> None:
    import django

    django.setup()
