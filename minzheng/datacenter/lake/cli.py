"""`minzheng lake`: bring the lake up to the database, and say what is in it."""

import argparse
import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minzheng.datacenter.lake.refresh import Refreshed


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("lake", help="数据湖：按县、按月的匿名快照，供全员筛查和统计")
    verbs = parser.add_subparsers(title="命令", metavar="命令", required=True)
    refresh = verbs.add_parser("refresh", help="从数据库刷新；没有变化的县跳过，中断后重新运行即可")
    refresh.add_argument("--rebuild", action="store_true", help="没有变化的县也重做，例如文件坏了以后")
    refresh.set_defaults(run=run_refresh)
    status = verbs.add_parser("status", help="湖里有哪些快照，是否与数据库一致")
    status.set_defaults(run=run_status)
    explain = verbs.add_parser("explain", help="按化名把快照里的一户在窗口重算，列明每一步和依据")
    explain.add_argument("--key", required=True, type=int, metavar="化名", help="答案或快照里的 key")
    explain.add_argument("--want", action="append", metavar="规则", help="只计算这条规则及其依据，可重复")
    explain.set_defaults(run=run_explain)
    for verb in (refresh, status, explain):
        verb.add_argument("--month", default="", metavar="YYYY-MM", help="月份，默认本月")
        verb.add_argument("--region", default="", metavar="代码", help="区划代码，如 431227；默认全部")


def run_refresh(arguments: argparse.Namespace) -> int:
    """0 done, 1 something failed (the other counties are done), 2 wrong use, 130 stopped by Ctrl-C."""
    asked = _asked(arguments)
    if isinstance(asked, int):
        return asked
    prefix, month_end = asked

    from minzheng.datacenter.lake.refresh import counties_with_people, refresh
    from minzheng.foundation.actions import Refused

    started = time.perf_counter()
    try:
        with _bar(len(counties_with_people(prefix))) as told:
            done = refresh(prefix, month_end, told=told, rebuild=arguments.rebuild)
    except Refused as refusal:
        print("；".join(refusal.messages), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n已停止。做完的县已保存，再运行一次接着做其余的县。", file=sys.stderr)
        return 130
    if not done:
        print("数据库里没有家庭，数据湖没有变化。请先导入家庭。", file=sys.stderr)
        return 1
    failed = [county for county in done if county.trouble]
    print(f"{month_end:%Y-%m}：{len(done) - len(failed)} 个县，用时 {time.perf_counter() - started:.1f} 秒。")
    if failed:
        print(
            f"{len(failed)} 个县没有刷新：{'、'.join(county.county for county in failed)}。", file=sys.stderr
        )
    return 1 if failed else 0


def run_status(arguments: argparse.Namespace) -> int:
    """0 every county's snapshot says what the database says, 1 one does not or is missing, 2 wrong use."""
    asked = _asked(arguments)
    if isinstance(asked, int):
        return asked
    prefix, month_end = asked

    from minzheng.datacenter.lake.listing import listed

    lines = [line for line in listed(prefix, check=True) if line.month == f"{month_end:%Y-%m}"]
    for line in lines:
        print(
            f"  {line.county}　{line.households} 户 {line.members} 人　{line.made_at:%Y-%m-%d %H:%M}　{line.freshness}"
        )
    if not lines:
        print(f"{month_end:%Y-%m} 还没有快照。请运行 minzheng lake refresh。", file=sys.stderr)
    return 0 if lines and all(line.is_fresh for line in lines) else 1


def run_explain(arguments: argparse.Namespace) -> int:
    """0 decided, 1 no such household, 2 wrong use."""
    asked = _asked(arguments)
    if isinstance(asked, int):
        return asked
    prefix, month_end = asked

    from django.conf import settings

    from minzheng.datacenter.lake.refresh import lake_folder
    from minzheng.datacenter.lake.store import snapshots
    from minzheng.datacenter.lake.trace import decide_again
    from minzheng.foundation.rules import QuestionError

    for month, county, _ in snapshots(lake_folder(), prefix):
        if month != f"{month_end:%Y-%m}":
            continue
        folder = lake_folder() / f"month={month}" / f"county={county}"
        try:
            decision = decide_again(
                folder, arguments.key, f"{month_end}", settings.STANDARDS_SET, arguments.want
            )
        except KeyError:
            continue
        except QuestionError as error:
            print(error, file=sys.stderr)
            return 2
        print(decision.explain())
        return 0
    print(
        f"{month_end:%Y-%m} 的快照里没有 {arguments.key}。请核对月份、地区和化名，或先运行 minzheng lake refresh。",
        file=sys.stderr,
    )
    return 1


def _asked(arguments: argparse.Namespace) -> tuple[str, dt.date] | int:
    """(region prefix, last day of the month), or the exit status of a wrong question."""
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
    from minzheng.foundation.regions.models import Region, prefix_of

    if arguments.region and not Region.objects.filter(code=arguments.region.ljust(12, "0")).exists():
        print(f"没有代码为 {arguments.region} 的区划。请先运行 minzheng regions load 导入。", file=sys.stderr)
        return 2
    prefix = prefix_of(arguments.region.ljust(12, "0")) if arguments.region else ""
    return prefix, (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


@contextmanager
def _bar(total: int) -> "Iterator[Callable[[Refreshed], None]]":
    """A line for each county, and under them, where somebody watches, a bar with the time that is left."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(highlight=False)
    columns = (
        TextColumn("  刷新"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("县"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("", total=total)

        def told(county: "Refreshed") -> None:
            progress.advance(bar)
            if county.manifest is None:
                print(f"  {county.county}　没有刷新：{county.trouble}", file=sys.stderr, flush=True)
                return
            did = "没有变化，跳过" if county.skipped else "已刷新"
            counted = f"{county.manifest.households} 户 {county.manifest.members} 人"
            console.print(f"  {county.county}　{counted}　{did}", soft_wrap=True)

        yield told
