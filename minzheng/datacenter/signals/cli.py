"""`minzheng signals`: run every signal over everybody, open the visits, and say loudly what is broken."""

import argparse
import datetime as dt
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minzheng.datacenter.signals.models import SignalRun


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("signals", help="监测预警：逐项检查全部家庭，派人走访；失灵的预警会报警")
    parser.add_argument("--month", metavar="YYYY-MM", help="月份，默认本月")
    parser.add_argument("--region", default="", metavar="代码", help="区划代码；默认所有有住户的县，逐县进行")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 when every signal is sound, 1 when one is broken or a county could not be run, 2 for wrong use."""
    today = dt.date.today()
    try:
        month = dt.date.fromisoformat(f"{arguments.month}-01") if arguments.month else today.replace(day=1)
    except ValueError:
        print(f"月份“{arguments.month}”不对，请写成 2026-10 这样的年月。", file=sys.stderr)
        return 2

    import django

    django.setup()
    from minzheng.datacenter.screening.screen import counties_with_people, refuse_future
    from minzheng.foundation.actions import Refused

    try:
        refuse_future(month, today)
    except Refused as refusal:
        print("；".join(refusal.messages), file=sys.stderr)
        return 2
    prefix = arguments.region.rstrip("0") if arguments.region else ""
    counties = counties_with_people(prefix)
    if not counties:
        print("这个地区没有登记任何家庭，没有可以检查的县。请核对区划代码。", file=sys.stderr)
        return 1
    # One county that cannot be run must not keep the others from it.
    return max([_run_one(county, month, today) for county in counties])


def _run_one(county: object, month: dt.date, today: dt.date) -> int:
    from minzheng.datacenter.signals.library import refresh_library
    from minzheng.datacenter.signals.run import run_county
    from minzheng.foundation.actions import Refused

    try:
        runs = run_county(month, county, today)
    except Refused as refusal:
        print(f"{county}：{'；'.join(refusal.messages)}", file=sys.stderr)
        return 1
    library = refresh_library(month, county, today)
    print(f"{county} {month:%Y-%m}　低收入人口库 {library.households} 户")
    for one in runs:
        print(f"  {_line(one)}")
    broken = [one for one in runs if one.state == "broken"]
    for one in broken:
        print(f"预警失灵　{_title(one)}：{one.trouble}", file=sys.stderr)
    return 1 if broken else 0


def _title(run: "SignalRun") -> str:
    from minzheng.datacenter.signals.words import Signal
    from minzheng.foundation.registry.words import shelf

    return shelf(Signal).get(run.signal).title


def _line(run: "SignalRun") -> str:
    counts = (
        f"成立 {run.hits}，新开 {run.raised}，仍在 {run.kept}，撤回 {run.withdrawn}，未定 {run.undetermined}"
    )
    return f"{run.get_state_display()}　{_title(run)}　{'' if run.state == 'off' else counts}"
