"""`minzheng indicators` computes a month; `minzheng targets` loads what the documents set as targets and as results."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    indicators = commands.add_parser("indicators", help="计算一个月的全部指标：所有乡镇、县、市、省一次算完")
    indicators.add_argument("--month", required=True, metavar="YYYY-MM", help="月份，如 2026-10")
    indicators.set_defaults(run=run_indicators)
    targets = commands.add_parser("targets", help="载入文件中的目标和公布的结果（standards/targets/）")
    targets.set_defaults(run=run_targets)


def run_indicators(arguments: argparse.Namespace) -> int:
    """0 computed, 2 the month cannot be used."""
    from minzheng.foundation.benefits.months import parse_month

    try:
        month = parse_month(arguments.month)
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    if month > dt.date.today():
        print("这个月还没有开始，不能计算指标。请选择本月或以前的月份。", file=sys.stderr)
        return 2

    import django

    django.setup()
    from minzheng.datacenter.indicators.compute import compute
    from minzheng.datacenter.indicators.words import Indicator
    from minzheng.foundation.registry.words import shelf

    started = time.perf_counter()
    computed = compute(month)
    for code, count in computed.stored.items():
        print(f"  {code}　{shelf(Indicator).get(code).title}　{count} 个地区")
    print(f"{month:%Y-%m}：{computed.total} 个指标值，用时 {time.perf_counter() - started:.1f} 秒。")
    return 0


def run_targets(arguments: argparse.Namespace) -> int:
    import django

    django.setup()
    from minzheng.datacenter.indicators.targets import TargetsError, load_targets

    try:
        loaded = load_targets()
    except TargetsError as problem:
        print(problem, file=sys.stderr)
        return 2
    print(f"新载入目标 {loaded.targets} 条、公布的结果 {loaded.results} 条。")
    return 0
