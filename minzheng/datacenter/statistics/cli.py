"""`minzheng report`: draft the monthly tables of every county."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("report", help="生成一个月的统计月报草稿（所有县），已冻结的不动")
    parser.add_argument("--month", required=True, metavar="YYYY-MM", help="月份，如 2026-10")
    parser.set_defaults(run=run_report)


def run_report(arguments: argparse.Namespace) -> int:
    """0 made, 2 the month cannot be used."""
    from minzheng.foundation.benefits.months import month_of, parse_month

    try:
        month = parse_month(arguments.month)
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    if month >= month_of(dt.date.today()):
        print("这个月还没有结束，不能编制月报。请选择上月或以前的月份。", file=sys.stderr)
        return 2

    import django

    django.setup()
    from minzheng.datacenter.statistics.actions import make_reports

    started = time.perf_counter()
    made, frozen = make_reports(month)
    print(
        f"{month:%Y-%m}：生成草稿 {made} 份，已上报或冻结而未动的 {frozen} 份，用时 {time.perf_counter() - started:.1f} 秒。"
    )
    return 0
