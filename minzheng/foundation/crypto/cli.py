"""`minzheng keys`: which keys there are, a new one, sealing everything anew with it, and whether all of it opens."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any

MOST_SHOWN = 20


def add_commands(commands: Any) -> None:
    parts = commands.add_parser("keys", help="加密密钥：列出、新增、轮换、检查密文").add_subparsers(
        title="命令", metavar="命令", required=True
    )
    parts.add_parser("list", help="有哪些密钥，各加密了多少数据").set_defaults(run=_plainly(run_list))
    new = parts.add_parser("new", help="新增一把密钥，此后写入的数据都用它")
    new.add_argument("--suite", metavar="算法", help="aes-gcm 或 sm4-gcm，默认用设置中的")
    new.set_defaults(run=_plainly(run_new))
    rotate = parts.add_parser("rotate", help="把旧密钥加密的数据逐批换成当前密钥，可随时中断、再运行")
    rotate.add_argument("--batch", type=int, default=2000, metavar="行数", help="每批行数，默认 2000")
    rotate.set_defaults(run=_plainly(run_rotate))
    reindex = parts.add_parser("reindex", help="更换检索密钥：系统照常使用，可随时中断、再运行")
    reindex.add_argument("--suite", metavar="算法", help="aes-gcm 或 sm4-gcm，默认用设置中的")
    reindex.add_argument("--batch", type=int, default=2000, metavar="行数", help="每批行数，默认 2000")
    reindex.add_argument("--leave-unreadable", action="store_true", help="解不开的值保持原样，继续更换")
    reindex.set_defaults(run=_plainly(run_reindex))
    parts.add_parser("check", help="检查每一个密文能否在它所在的行解开").set_defaults(run=_plainly(run_check))


def run_list(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from minzheng.foundation.crypto.columns import values_by_key
    from minzheng.foundation.crypto.keyring import keyring
    from minzheng.foundation.crypto.models import KnownKey
    from minzheng.foundation.crypto.storage import files_by_key

    ring, used, kept = keyring(), values_by_key(), files_by_key()
    retired = dict(KnownKey.objects.exclude(retired_at=None).values_list("number", "retired_at"))
    print(f"密钥文件：{settings.KEYS}（请与数据库分开备份）")
    for number, cipher in sorted(ring.ciphers.items()):
        state = (
            "当前"
            if number == ring.current
            else f"{retired[number]:%Y-%m-%d} 停用"
            if number in retired
            else "旧"
        )
        print(
            f"第 {number} 号　{cipher.code}　{ring.made[number]} 生成　{state}　加密着 {used.get(number, 0):,} 个值、{kept.get(number, 0):,} 个文件"
        )
    if plain := kept.get(None):
        print(
            f"有 {plain:,} 个文件没有加密（旧版本留下的），现在打不开。请运行 minzheng keys rotate。",
            file=sys.stderr,
        )
    named = {number for number in (*used, *kept) if number is not None}
    lost = named - ring.ciphers.keys()
    for number in sorted(lost):
        what = f"{used.get(number, 0):,} 个值、{kept.get(number, 0):,} 个文件"
        print(f"第 {number} 号　密钥文件里没有！　加密着 {what}", file=sys.stderr)
    return 1 if lost or plain else 0


def run_new(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from minzheng.foundation.crypto.keyfile import add_key, key_file
    from minzheng.foundation.crypto.keyring import keyring
    from minzheng.foundation.crypto.known import note_keys

    keyring()  # refuses when the file is not this database's
    number = add_key(key_file(), arguments.suite or settings.CIPHER)
    note_keys(keyring(fresh=True))
    print(f"已新增第 {number} 号密钥并设为当前密钥。请立即备份 {key_file()}，再运行 minzheng keys rotate。")
    return 0


def run_rotate(arguments: argparse.Namespace) -> int:
    """0 when everything is sealed with the current key, 1 when some values do not open."""
    from minzheng.foundation.crypto.keyring import keyring
    from minzheng.foundation.crypto.rotate import FILES, rotate

    if arguments.batch < 1:
        print("每批行数应为 1 以上。", file=sys.stderr)
        return 2
    told, broken, rows = "", {}, {}
    for step in rotate(arguments.batch):
        broken[step.table], rows[step.table] = step.broken, step.done
        line = f"{step.table} {step.done:,}/{step.total:,}"
        print(
            f"\r{line:<50}" if sys.stdout.isatty() else line,
            end="" if sys.stdout.isatty() else "\n",
            flush=True,
        )
        told = line
    if told and sys.stdout.isatty():
        print()
    files, lost = rows.pop(FILES, 0), broken.pop(FILES, 0)
    print(
        f"已用第 {keyring().current} 号密钥重新加密 {sum(rows.values()) - sum(broken.values()):,} 行、{files - lost:,} 个文件。"
    )
    for number, what in ((sum(broken.values()), "行"), (lost, "个文件")):
        if number:
            print(f"有 {number:,} {what}解不开，保持原样。请运行 minzheng keys check 查明。", file=sys.stderr)
    return 1 if sum(broken.values()) or lost else 0


def run_reindex(arguments: argparse.Namespace) -> int:
    """0 when everything is found by the new index key; 1 when something does not open and nothing was changed over."""
    from django.conf import settings

    from minzheng.foundation.crypto.keyfile import key_file
    from minzheng.foundation.crypto.reindex import Unopened, reindex

    if arguments.batch < 1:
        print("每批行数应为 1 以上。", file=sys.stderr)
        return 2
    try:
        for step in reindex(
            arguments.suite or settings.CIPHER, arguments.batch, leave=arguments.leave_unreadable
        ):
            print(f"{step.table} {step.done:,}/{step.total:,}", flush=True)
    except Unopened as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"检索密钥已更换。请立即备份 {key_file()}；更换以前的备份仍需以前的密钥文件。")
    return 0


def run_check(arguments: argparse.Namespace) -> int:
    """0 when all opens, 1 when something does not."""
    from minzheng.foundation.crypto.check import Checked, check, check_files

    checked, bad, lost = Checked(), 0, 0
    for one in check(checked):
        bad += 1
        if bad <= MOST_SHOWN:
            print(f"解不开：表 {one.table} 列 {one.column} 第 {one.row} 行", file=sys.stderr)
    for name in check_files(checked):
        lost += 1
        if lost <= MOST_SHOWN:
            print(f"解不开：文件 {name}", file=sys.stderr)
    if lost:
        print(
            f"{checked.files:,} 个文件中有 {lost:,} 个解不开：没有加密、被改动或调换过，或者密钥不对。请从备份核对，并通知审计人员。",
            file=sys.stderr,
        )
    if bad:
        print(
            f"{checked.values:,} 个值中有 {bad:,} 个解不开：被改动、调换过，或者密钥不对。"
            "请停止使用这些行，从备份核对，并通知审计人员。",
            file=sys.stderr,
        )
    if bad or lost:
        return 1
    print(f"{checked.values:,} 个值全部能在各自的行解开，{checked.files:,} 个文件全部能解开。")
    return 0


def _plainly(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Missing or wrong keys are told in one sentence, without a traceback."""

    def told(arguments: argparse.Namespace) -> int:
        import django

        django.setup()
        from minzheng.foundation.crypto.keyfile import KeysMissing

        try:
            return run(arguments)
        except KeysMissing as problem:
            print(problem, file=sys.stderr)
            return 2

    return told
