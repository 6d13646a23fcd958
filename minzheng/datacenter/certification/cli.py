"""`minzheng certify`: the month's silent certification of everybody who holds a benefit that allows it."""

import argparse
import datetime as dt
import sys
import time


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("certify", help="静默认证：用数据比对代替本人到场；一致的不打扰，只派例外")
    parser.add_argument("--month", required=True, metavar="YYYY-MM", help="认证月份，如 2026-10")
    parser.add_argument("--region", default="", metavar="代码", help="区划代码；默认所有有住户的县，逐县进行")
    parser.set_defaults(run=run_certify)


def run_certify(arguments: argparse.Namespace) -> int:
    """0 when every county was gone through, 1 for an unknown region, 2 for a wrong month, 130 for Ctrl-C."""
    import django

    django.setup()
    from minzheng.datacenter.certification.certify import certify
    from minzheng.datacenter.certification.models import Result
    from minzheng.datacenter.screening.cli import regions_of
    from minzheng.datacenter.screening.screen import refuse_future
    from minzheng.foundation.actions import Refused
    from minzheng.foundation.benefits.months import parse_month

    today = dt.date.today()
    try:
        month = parse_month(arguments.month)
        refuse_future(month, today)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    except Refused as refusal:
        print("；".join(refusal.messages), file=sys.stderr)
        return 2
    regions, missing = regions_of(arguments.region)
    if not regions:
        print(missing, file=sys.stderr)
        return 1
    try:
        for region in regions:
            started = time.perf_counter()
            certified = certify(month, region, today)
            took = time.perf_counter() - started
            listed = "，".join(
                f"{result.label} {certified.found[result]:,}" for result in Result if certified.found[result]
            )
            print(
                f"{region.full_name} {month:%Y-%m}：认证 {certified.judged:,} 人次"
                f"{f'（{listed}）' if listed else '，没有新的'}，用时 {took:.1f} 秒。"
            )
    except KeyboardInterrupt:
        print("已停下。完成的县已经保存；再运行一次，会接着做完其余的。")
        return 130
    return 0
