"""`minzheng regions load` and `minzheng regions boundaries`: import divisions and their outlines."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    regions = commands.add_parser("regions", help="行政区划").add_subparsers(metavar="动作", required=True)
    load = regions.add_parser("load", help="导入行政区划（省、市、县、乡、村五级）")
    load.add_argument("--province", metavar="代码", help="省级代码两位，如 43")
    load.add_argument("--city", metavar="代码", help="市级代码四位，如 4312")
    load.add_argument("--county", metavar="代码", help="县级代码六位，如 431227")
    load.set_defaults(run=run_load)
    boundaries = regions.add_parser("boundaries", help="导入区划边界（GeoJSON），用于画地图")
    boundaries.add_argument("file", metavar="文件", type=Path)
    boundaries.add_argument("--source", metavar="来源", required=True, help="边界数据从哪里来")
    boundaries.add_argument(
        "--approval", metavar="审图号", required=True, help="地图的审图号，如 GS(2024)0650号"
    )
    boundaries.set_defaults(run=run_boundaries)


def run_load(arguments: argparse.Namespace) -> int:
    prefix = arguments.county or arguments.city or arguments.province
    if not prefix:
        print(
            "请用 --province、--city 或 --county 指明要导入的地方，例如：minzheng regions load --province 43",
            file=sys.stderr,
        )
        return 2

    import django

    django.setup()
    from minzheng.foundation.regions.load import DivisionsMissing, load

    started = time.perf_counter()
    try:
        loaded = load(prefix)
    except (DivisionsMissing, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"新增区划 {loaded.added} 个，用时 {time.perf_counter() - started:.1f} 秒。")
    for code in loaded.vanished:
        print(f"注意：{code} 已不在区划数据中，请核实后登记停用和承接的区划。")
    return 0


def run_boundaries(arguments: argparse.Namespace) -> int:
    import django

    django.setup()
    from minzheng.foundation.audit.record import record
    from minzheng.foundation.regions.boundaries import BadBoundaries, import_boundaries

    try:
        imported = import_boundaries(arguments.file, arguments.source, arguments.approval)
    except BadBoundaries as problem:
        print(problem, file=sys.stderr)
        return 1
    record(
        "region.boundaries", "导入区划边界", actor=None,
        source=arguments.source, approval=arguments.approval, regions=imported.drawn,
    )  # fmt: skip
    print(f"已导入 {imported.drawn} 个区划的边界。")
    if imported.unknown:
        print(f"注意：{len(imported.unknown)} 个代码本系统没有，没有导入：{'、'.join(imported.unknown[:10])}")
    return 0
