"""`minzheng proactive`: who is to be paid without an application this month."""

import argparse
import datetime as dt
import sys


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("proactive", help="主动发放：列出符合条件、还没有领取的人，待公示和确认")
    parser.add_argument("--month", required=True, metavar="YYYY-MM", help="名单月份，如 2026-10")
    parser.add_argument("--region", default="", metavar="代码", help="区划代码；默认所有有住户的县，逐县进行")
    parser.set_defaults(run=run_proactive)


def run_proactive(arguments: argparse.Namespace) -> int:
    """0 when every county was listed, 1 when one could not be, 2 for a wrong month, 130 for Ctrl-C."""
    import django

    django.setup()
    from minzheng.datacenter.proactive.listing import list_month
    from minzheng.datacenter.screening.cli import regions_of
    from minzheng.datacenter.screening.screen import refuse_future
    from minzheng.foundation.actions import Refused
    from minzheng.foundation.benefits.months import parse_month

    today = dt.date.today()
    try:
        month = parse_month(arguments.month)
        refuse_future(month, today)
    except Refused as refusal:
        print("；".join(refusal.messages), file=sys.stderr)
        return 2
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    regions, missing = regions_of(arguments.region)
    if not regions:
        print(missing, file=sys.stderr)
        return 1
    worst = 0
    try:
        for region in regions:
            try:
                listed = list_month(month, region, today)
            except Refused as refusal:
                print(f"{region.full_name}：{'；'.join(refusal.messages)}", file=sys.stderr)
                worst = 1
                continue
            print(
                f"{region.full_name} {month:%Y-%m}：新列入名单 {listed.offers:,} 人，"
                f"另有 {listed.tasks:,} 人缺少事实，已派人核实。"
            )
    except KeyboardInterrupt:
        print("已停下。完成的县已经保存；再运行一次，会接着做完其余的。")
        return 130
    return worst
