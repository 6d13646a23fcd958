"""`minzheng uprate`: what a new standard would change, and (after another's confirmation on the desk) its laying."""

import argparse
import os
import sys
import time


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "uprate",
        help="提标重算：列出还没有重算的标准变化；测算一项待遇；续办已确认而中断的",
        description="测算不改动任何待遇。确认须由另一位同志在工作台“资金—提标重算”办理。",
    )
    parser.add_argument(
        "benefit", nargs="?", metavar="待遇", help="待遇代码，例如 living_subsidy；不写则列出变化"
    )
    parser.add_argument("--county", default="431227", metavar="代码", help="县级区划代码")
    parser.add_argument("--from", dest="since", metavar="年-月", help="新标准起始月，例如 2026-01")
    parser.add_argument("--evidence", default="", metavar="文号", help="调整标准的文件")
    parser.add_argument("--by", metavar="登录名", help="测算人的登录名")
    parser.add_argument("--resume", action="store_true", help="续办已确认而中断的提标")
    parser.set_defaults(run=run_uprate)


def run_uprate(arguments: argparse.Namespace) -> int:
    """0 done, 2 it cannot be worked out; the text says why."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.settings")
    import django

    django.setup()
    from minzheng.foundation.uprating.laying import take_up_again

    if arguments.resume:
        print(f"续办完成，调整 {take_up_again()} 户（人）。")
        return 0
    return _work_out(arguments) if arguments.benefit else _list(arguments.county)


def _list(county: str) -> int:
    from minzheng.foundation.uprating.waiting import waiting_changes

    found = waiting_changes(county.ljust(12, "0"))
    for declared, month, changed in found:
        said = "；".join(f"{one.label} {one.old or '（无）'} → {one.new}" for one in changed)
        print(f"{declared.code:<18}{month:%Y-%m}  {declared.title}：{said}")
    if not found:
        print("没有还没重算的标准变化。")
    return 0


def _work_out(arguments: argparse.Namespace) -> int:
    from minzheng.foundation.accounts.access import Access
    from minzheng.foundation.accounts.models import User
    from minzheng.foundation.actions import Refused
    from minzheng.foundation.benefits.months import parse_month
    from minzheng.foundation.ledger.money import yuan
    from minzheng.foundation.regions.models import Region
    from minzheng.foundation.uprating.actions import ask, work_out

    started = time.perf_counter()
    user = User.objects.filter(username=arguments.by or "").first()
    county = Region.objects.filter(code=arguments.county.ljust(12, "0")).first()
    if user is None or county is None or not arguments.since:
        print("请写明 --by 登录名、--county 县级代码和 --from 年-月。", file=sys.stderr)
        return 2
    access = Access(user)
    try:
        month = parse_month(arguments.since)
        asked = ask(access, county, benefit=arguments.benefit, from_month=month, evidence=arguments.evidence)
    except (Refused, ValueError) as error:
        print("；".join(error.messages) if isinstance(error, Refused) else error, file=sys.stderr)
        return 2
    made = work_out(access, asked)
    print(
        f"{made.get_state_display()}：调整 {made.rights} 户（人），每月增加 {yuan(made.monthly_fen)} 元，"
        f"补发 {yuan(made.arrears_fen)} 元，须先复核 {made.held} 户（人）。用时 {time.perf_counter() - started:.1f} 秒。"
    )
    print(made.note or "请另一位同志在工作台“资金—提标重算”核对并确认。")
    return 0
