"""`minzheng screen`: run the rules over everybody and keep what differs."""

import argparse
import datetime as dt
import sys
import time


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "screen", help="全员筛查：应享未享、不符合仍在领、金额不符、亡故仍领、重复登记"
    )
    parser.add_argument("--month", required=True, metavar="YYYY-MM", help="筛查月份，如 2026-10")
    parser.add_argument("--region", default="431227", metavar="代码", help="区划代码，默认新晃县 431227")
    parser.add_argument(
        "--from",
        dest="source",
        choices=["database", "lake"],
        default="database",
        help="从数据库读，或从数据湖读（先运行 minzheng lake refresh）",
    )
    parser.set_defaults(run=run_screen)


def run_screen(arguments: argparse.Namespace) -> int:
    try:
        month = dt.date.fromisoformat(f"{arguments.month}-01")
    except ValueError:
        print(f"月份“{arguments.month}”不对，请写成 2026-10 这样的年月。", file=sys.stderr)
        return 2

    import django

    django.setup()
    from minzheng.datacenter.lake.reading import lake_columns
    from minzheng.datacenter.screening.models import Kind
    from minzheng.datacenter.screening.screen import screen
    from minzheng.foundation.actions import Refused
    from minzheng.foundation.people.population import population_columns
    from minzheng.foundation.regions.models import Region

    region = Region.objects.filter(code=arguments.region.ljust(12, "0")).first()
    if region is None:
        print(f"没有代码为 {arguments.region} 的区划。请先运行 minzheng regions load 导入。", file=sys.stderr)
        return 1
    started = time.perf_counter()
    try:
        screened = screen(
            month, region, read=lake_columns if arguments.source == "lake" else population_columns
        )
    except Refused as refusal:
        print("；".join(refusal.messages), file=sys.stderr)
        return 1
    print(
        f"{region.full_name} {arguments.month}：筛查 {screened.households} 户，用时 {time.perf_counter() - started:.1f} 秒。"
    )
    for kind in Kind:
        print(f"  {kind.label}　{screened.found[kind.value]}")
    return 0
