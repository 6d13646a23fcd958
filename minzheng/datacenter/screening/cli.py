"""`minzheng screen`: run the rules over everybody and keep what differs."""

import argparse
import datetime as dt
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minzheng.foundation.regions.models import Region


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "screen", help="全员筛查：应享未享、不符合仍在领、金额不符、亡故仍领、重复登记"
    )
    parser.add_argument("--month", required=True, metavar="YYYY-MM", help="筛查月份，如 2026-10")
    parser.add_argument("--region", default="", metavar="代码", help="区划代码；默认所有有住户的县，逐县进行")
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
    from minzheng.datacenter.screening.screen import counties_with_people, refuse_future
    from minzheng.foundation.actions import Refused
    from minzheng.foundation.regions.models import Region

    try:
        refuse_future(month, dt.date.today())
    except Refused as refusal:
        print("；".join(refusal.messages), file=sys.stderr)
        return 2
    if arguments.region:
        regions = list(Region.objects.filter(code=arguments.region.ljust(12, "0")))
        missing = f"没有代码为 {arguments.region} 的区划。请核对代码，或先运行 minzheng regions load 导入。"
    else:
        regions, missing = counties_with_people(), "还没有登记任何家庭，没有可以筛查的县。"
    if not regions:
        print(missing, file=sys.stderr)
        return 1
    # One county that cannot be screened must not keep the others from it.
    return max([_screen_one(region, month, arguments.source) for region in regions])


def _screen_one(region: "Region", month: dt.date, source: str) -> int:
    from minzheng.datacenter.lake.reading import lake_columns
    from minzheng.datacenter.screening.models import Kind
    from minzheng.datacenter.screening.screen import screen
    from minzheng.foundation.actions import Refused
    from minzheng.foundation.people.population import population_columns

    started = time.perf_counter()
    try:
        screened = screen(month, region, read=lake_columns if source == "lake" else population_columns)
    except Refused as refusal:
        print(f"{region.full_name}：{'；'.join(refusal.messages)}", file=sys.stderr)
        return 1
    took = time.perf_counter() - started
    print(f"{region.full_name} {month:%Y-%m}：筛查 {screened.households} 户，用时 {took:.1f} 秒。")
    for kind in Kind:
        print(f"  {kind.label}　{screened.found[kind.value]}")
    return 0
