"""`minzheng simulate`: two sets of standards side by side over a whole region."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import time
from pathlib import Path
from typing import Any


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "simulate",
        help="测算改革方案：哪些家庭增减，每月多花多少钱",
        description="把现行标准和方案并排算一遍，只给汇总数",
    )
    parser.add_argument("reform", metavar="方案文件", type=Path, help="YAML，写法见 docs/simulation.md")
    parser.add_argument("--region", metavar="代码", help="测算哪个地区，默认方案适用的地区")
    parser.add_argument("--on", metavar="日期", help="按哪一天的规则和标准，默认方案开始执行的那天")
    parser.add_argument("--json", action="store_true", help="输出完整 JSON，供程序读取")
    parser.set_defaults(run=run_simulate)


def run_simulate(arguments: argparse.Namespace) -> int:
    """0 done, 2 the reform, the region or the day cannot be used."""
    import django

    django.setup()
    from minzheng.datacenter.simulation.reform import ReformError, load_reform
    from minzheng.datacenter.simulation.simulate import simulate
    from minzheng.foundation.audit.record import record
    from minzheng.foundation.regions.models import Region
    from minzheng.foundation.rules import default_counter

    started = time.perf_counter()
    counter = default_counter()
    try:
        reform = load_reform(arguments.reform, counter)
        on = dt.date.fromisoformat(arguments.on) if arguments.on else reform.since
    except ReformError as error:
        print(error, file=sys.stderr)
        return 2
    except ValueError:
        print(f"日期“{arguments.on}”不对，请写成 2027-01-01 这样的日期。", file=sys.stderr)
        return 2
    code = arguments.region or reform.region
    region = Region.objects.filter(code=code.ljust(12, "0")).first()
    if region is None:
        print(f"没有代码为 {code} 的区划。请核对代码，或先运行 minzheng regions load 导入。", file=sys.stderr)
        return 2
    try:
        result = simulate(counter, reform, region, on, dt.date.today())
    except ReformError as error:
        print(error, file=sys.stderr)
        return 2
    record(
        "simulation.run", "测算标准", actor=None, subject=region, region=region.code,
        reform=reform.as_json(counter.standards(reform.base)), on=on.isoformat(),
    )  # fmt: skip
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines_of(result)))
        print(f"用时 {time.perf_counter() - started:.1f} 秒。")
    return 0


def lines_of(result: dict[str, Any]) -> list[str]:
    """The result as a person reads it in a terminal."""
    from minzheng.datacenter.simulation.sums import FATES

    lines = [
        f"{result['title']}　{result['region']['name']}　按 {result['on']} 的规则，事实截至 {result['facts_on']}",
        *(f"  {one['label']}　{one['before']} → {one['after']}" for one in result["changes"]),
        "少于 5 户（人）的数和会推出它的数不显示。",
        "",
    ]
    money = {one["code"]: one["difference_fen"] for one in result["by_fate"]}
    total = result["total"]
    for code, label in FATES.items():
        lines.append(
            f"  {label}　{_count(total['households'][code])} 户　{_count(total['persons'][code])} 人"
            + ("" if code == "undetermined" or not money[code] else f"　每月 {_fen(money[code])}")
        )
    lines += [
        "",
        f"每月应发：现行 {_fen(total['before_fen'], False)}，方案 {_fen(total['after_fen'], False)}，相差 {_fen(total['difference_fen'])}",
        *(
            f"  {row['label']}　提高或新纳入 {_count(row['households']['up'])} 户，降低或不再符合"
            f" {_count(row['households']['down'])} 户　每月 {_fen(row['difference_fen'])}"
            for row in result["by_region"]
        ),
    ]
    if result["missing"]:
        lines += ["", "未定的家庭缺少："]
        lines += [
            f"  {one['label']}（{one['name']}）　{_count(one['households'])} 户" for one in result["missing"]
        ]
    return lines


def _count(count: int | None) -> str:
    return "不显示" if count is None else f"{count:,}"


def _fen(fen: int | None, signed: bool = True) -> str:
    if fen is None:
        return "不显示"
    sign = "-" if fen < 0 else "+" if signed and fen else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}元"
