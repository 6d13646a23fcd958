"""`minzheng programmes list` and `minzheng programmes progress`."""

from __future__ import annotations

import argparse
import sys


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("programmes", help="行动：列出声明的行动，查看进度")
    asked = parser.add_subparsers(metavar="子命令", required=True)
    listing = asked.add_parser("list", help="列出全部行动：代码、名称、业务线、期间、目标")
    listing.set_defaults(run=_list)
    progress = asked.add_parser("progress", help="一个地区各项行动的进度")
    progress.add_argument("--region", required=True, help="12位区划代码，或前面的位数，如 431227")
    progress.add_argument("--code", help="只看这一项行动")
    progress.set_defaults(run=_progress)


def _list(arguments: argparse.Namespace) -> int:
    from minzheng.foundation.programmes.programmes import DECLARED

    for one in DECLARED:
        print(f"{one.code}\t{one.title}\t{one.line}\t{one.since}—{one.until}\t{one.document}")
        for target in one.targets:
            asked = "" if target.number is None else f"，文件要求 {target.number.normalize():f}"
            print(f"  · {target.title}（{target.unit}）{asked}")
    return 0


def _progress(arguments: argparse.Namespace) -> int:
    from minzheng.foundation.programmes.counting import undertakings
    from minzheng.foundation.programmes.programmes import DECLARED
    from minzheng.foundation.programmes.standing import reached, scope_of
    from minzheng.foundation.regions.models import Region, prefix_of

    code = arguments.region.ljust(12, "0")
    if not Region.objects.filter(code=code).exists():
        print(f"没有代码为 {code} 的区划。请先导入，或核对代码。", file=sys.stderr)
        return 2
    prefixes = [prefix_of(code)]
    chosen = [one for one in DECLARED if arguments.code in (None, one.code)]
    if not chosen:
        print(f"没有代码为 {arguments.code} 的行动。用 minzheng programmes list 查看代码。", file=sys.stderr)
        return 2
    for word in chosen:
        units = undertakings(word).filter(scope_of(prefixes)).count()
        if not units and arguments.code is None:
            continue
        print(f"{word.code}\t{word.title}\t{units} 个{word.unit_name}")
        for one in reached(word, prefixes):
            print(f"  · {one.target.title}：{one.words}{'，' + one.goal_words if one.goal_words else ''}")
    return 0
