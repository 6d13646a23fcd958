"""`minzheng lake refresh`: bring the lake up to the database."""

import argparse
import datetime as dt
import sys
import time


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("lake", help="数据湖：按县、按月的匿名快照，供全员筛查和统计")
    verbs = parser.add_subparsers(title="命令", metavar="命令", required=True)
    verb = verbs.add_parser("refresh", help="从数据库刷新；没有变化的县跳过，中断后重新运行即可")
    verb.add_argument("--month", default="", metavar="YYYY-MM", help="月份，默认本月")
    verb.add_argument("--region", default="", metavar="代码", help="区划代码，如 431227；默认全部")
    verb.set_defaults(run=run_refresh)


def run_refresh(arguments: argparse.Namespace) -> int:
    try:
        month = (
            dt.date.fromisoformat(f"{arguments.month}-01")
            if arguments.month
            else dt.date.today().replace(day=1)
        )
    except ValueError:
        print(f"月份“{arguments.month}”不对，请写成 2026-10 这样的年月。", file=sys.stderr)
        return 2

    import django

    django.setup()
    from minzheng.datacenter.lake.refresh import Refreshed, refresh
    from minzheng.foundation.actions import Refused
    from minzheng.foundation.regions.models import Region, prefix_of

    if arguments.region and not Region.objects.filter(code=arguments.region.ljust(12, "0")).exists():
        print(f"没有代码为 {arguments.region} 的区划。请先运行 minzheng regions load 导入。", file=sys.stderr)
        return 1
    prefix = prefix_of(arguments.region.ljust(12, "0")) if arguments.region else ""
    month_end = (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    started = time.perf_counter()

    def tell(county: Refreshed) -> None:
        did = "没有变化，跳过" if county.skipped else "已刷新"
        print(
            f"  {county.county}　{county.manifest.households} 户 {county.manifest.members} 人　{did}",
            flush=True,
        )

    try:
        done = refresh(prefix, month_end, told=tell)
    except Refused as refusal:
        print("；".join(refusal.messages), file=sys.stderr)
        return 1
    if not done:
        print("数据库里没有家庭，数据湖没有变化。请先导入家庭。", file=sys.stderr)
        return 1
    print(f"{month:%Y-%m}：{len(done)} 个县，用时 {time.perf_counter() - started:.1f} 秒。")
    return 0
