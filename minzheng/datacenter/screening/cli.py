"""`minzheng screen`: run the rules over everybody and keep what differs."""

import argparse
import datetime as dt
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from minzheng.datacenter.screening.screen import Screened
    from minzheng.foundation.regions.models import Region


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "screen", help="全员筛查：应享未享、不符合仍在领、金额不符、亡故或迁出仍领、重复登记、互斥待遇"
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
    parser.add_argument("--again", action="store_true", help="数据和标准没有变化的县也重新筛查")
    parser.add_argument(
        "--report", action="store_true", help="不筛查，只报告该月核实的结果：准确率，逐条列出误报和原因"
    )
    parser.set_defaults(run=run_screen)


def run_screen(arguments: argparse.Namespace) -> int:
    """0 when every county was screened whole, 1 when something was left out, 2 for a wrong question, 130 for Ctrl-C."""
    try:
        month = dt.date.fromisoformat(f"{arguments.month}-01")
    except ValueError:
        print(f"月份“{arguments.month}”不对，请写成 2026-10 这样的年月。", file=sys.stderr)
        return 2

    import django

    django.setup()
    from rich.console import Console

    from minzheng.datacenter.screening.screen import refuse_future
    from minzheng.foundation.actions import Refused

    try:
        refuse_future(month, dt.date.today())
    except Refused as refusal:
        print("；".join(refusal.messages), file=sys.stderr)
        return 2
    regions, missing = regions_of(arguments.region)
    if not regions:
        print(missing, file=sys.stderr)
        return 1
    console = Console(highlight=False)
    return (
        tell_report(regions, month, console)
        if arguments.report
        else screen_all(regions, month, arguments, console)
    )


def regions_of(code: str) -> "tuple[list[Region], str]":
    """(counties to go through one by one, or the smaller place that was named; why there are none)."""
    from minzheng.datacenter.screening.screen import counties_with_people
    from minzheng.foundation.regions.models import Level, Region

    if not code:
        return counties_with_people(), "还没有登记任何家庭，没有可以处理的县。请先导入家庭。"
    named = Region.objects.filter(code=code.ljust(12, "0")).first()
    if named is None:
        return [], f"没有代码为 {code} 的区划。请核对代码，或先运行 minzheng regions load 导入。"
    if named.level < Level.COUNTY:
        return counties_with_people(named.prefix), f"{named.full_name}还没有登记任何家庭，没有可以处理的县。"
    return [named], ""


def screen_all(
    regions: "list[Region]", month: dt.date, arguments: argparse.Namespace, console: "Console"
) -> int:
    """One county after another; one that cannot be screened does not keep the others from it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("  {task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    worst = done = 0
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("筛查", total=len(regions))
        try:
            for region in regions:
                progress.update(task, description=f"筛查 {region.name}")
                worst = max(worst, _screen_one(region, month, arguments, console))
                done += 1
                progress.advance(task)
        except KeyboardInterrupt:
            console.print(f"已停下。完成的 {done} 个县已经保存；再运行一次，会接着做完其余的县。")
            return 130
    return worst


def tell_report(regions: "list[Region]", month: dt.date, console: "Console") -> int:
    """What the visits of a month have said so far."""
    from minzheng.datacenter.screening.report import false_alarms_in, judged_in

    for region in regions:
        console.print(f"{region.full_name} {month:%Y-%m} 筛查核实情况", soft_wrap=True)
        for one in judged_in(month, region.prefix):
            console.print(
                f"  {one.kind}　{one.benefit}　发现 {one.found}，属实 {one.confirmed}，误报 {one.false_alarms}，"
                f"未办结 {one.still_open}，准确率 {one.precision}",
                soft_wrap=True,
            )
        for key, kind, title, note in false_alarms_in(month, region.prefix):
            console.print(f"  误报　编号 {key}　{kind}　{title}：{note}", soft_wrap=True)
    return 0


def _screen_one(region: "Region", month: dt.date, arguments: argparse.Namespace, console: "Console") -> int:
    from minzheng.datacenter.screening.screen import screen
    from minzheng.datacenter.screening.sources import DATABASE, LAKE
    from minzheng.foundation.actions import Refused

    started = time.perf_counter()
    try:
        source = LAKE if arguments.source == "lake" else DATABASE
        screened = screen(month, region, source=source, again=arguments.again)
    except Refused as refusal:
        print(f"{region.full_name}：{'；'.join(refusal.messages)}", file=sys.stderr)
        return 1
    return _tell(region, screened, time.perf_counter() - started, console)


def _tell(region: "Region", screened: "Screened", took: float, console: "Console") -> int:
    from minzheng.datacenter.screening.models import Kind
    from minzheng.foundation.benefits.words import benefit

    head = f"{region.full_name} {screened.month:%Y-%m}"
    if screened.skipped:
        console.print(f"{head}：数据、规则和标准都没有变化，跳过（要重新筛查请加 --again）。", soft_wrap=True)
        return 0
    sent = f"，派发 {screened.dispatched} 条" if screened.dispatched else ""
    gone = f"，{screened.closed} 条不再成立已办结" if screened.closed else ""
    console.print(
        f"{head}：筛查 {screened.looked:,} 户（人）次{sent}{gone}，用时 {took:.1f} 秒。", soft_wrap=True
    )
    for kind in Kind:
        console.print(f"  {kind.label}　{screened.found[kind.value]}")
    for code, why in screened.problems.items():
        print(f"{region.full_name}　{benefit(code).title}没有筛查：{'；'.join(why)}", file=sys.stderr)
    return 1 if screened.problems else 0
