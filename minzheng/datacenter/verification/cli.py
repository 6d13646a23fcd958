"""`minzheng verify`: the periodic check of all recipients, and the tries that are due."""

import argparse
import datetime as dt
import sys


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("verify", help="定期核对在册对象的经济状况；--due 只补到期的再次查询")
    parser.add_argument("--region", default="", metavar="代码", help="区划代码，如 431227")
    parser.add_argument("--month", default="", metavar="YYYY-MM", help="核对月份，如 2026-11")
    parser.add_argument("--benefit", default="dibao", metavar="代码", help="待遇代码，默认 dibao（低保）")
    parser.add_argument(
        "--due", action="store_true", help="只查询已到时间再查的请求（可由定时任务每几分钟运行）"
    )
    parser.set_defaults(run=run_verify)


def run_verify(arguments: argparse.Namespace) -> int:
    """0 when all answered, 1 when something stayed unknown or was refused, 2 for wrong use."""
    if not arguments.due and not (arguments.region and arguments.month):
        print(
            "请给出 --region 和 --month，如 minzheng verify --region 431227 --month 2026-11。",
            file=sys.stderr,
        )
        return 2

    import django

    django.setup()
    from minzheng.datacenter.verification.asking import ask_due
    from minzheng.foundation.actions import Refused

    if arguments.due:
        print(f"到期的再次查询：{ask_due()} 次。")
        return 0
    try:
        return _month(arguments)
    except Refused as refusal:
        print("；".join(refusal.messages), file=sys.stderr)
        return 1


def _month(arguments: argparse.Namespace) -> int:
    from minzheng.datacenter.verification.asking import ask_due
    from minzheng.datacenter.verification.models import Check
    from minzheng.datacenter.verification.periodic import open_month, write_facts
    from minzheng.foundation.benefits.words import Benefit
    from minzheng.foundation.exchange.words import Source
    from minzheng.foundation.regions.models import Region
    from minzheng.foundation.registry.words import shelf

    try:
        month = dt.date.fromisoformat(f"{arguments.month}-01")
    except ValueError:
        print(f"月份“{arguments.month}”不对，请写成 2026-11 这样的年月。", file=sys.stderr)
        return 2
    region = Region.objects.filter(code=arguments.region.ljust(12, "0")).first()
    if region is None:
        print(f"没有代码为 {arguments.region} 的区划。请核对代码，或先导入区划。", file=sys.stderr)
        return 1
    if arguments.benefit not in shelf(Benefit):
        known = "、".join(f"{one.code}（{one.title}）" for one in shelf(Benefit))
        print(f"没有代码为 {arguments.benefit} 的待遇。可用的有：{known}。", file=sys.stderr)
        return 2
    opened = open_month(region, shelf(Benefit).get(arguments.benefit), month, dt.date.today())
    check = opened.check
    print(f"{region.full_name} {month:%Y-%m} 定期核对 {check.number}：{opened.people} 人"
          + (f"；{opened.without} 人没有有效授权，未查询" if opened.without else "") + "。")  # fmt: skip
    ask_due(check)
    check.refresh_from_db()
    for request in check.requests.all():
        print(f"  {shelf(Source).get(request.source).title}　{len(request.persons)} 人　"
              f"{request.get_state_display()}　{request.problem}")  # fmt: skip
    if check.state == Check.State.ASKING:
        print("还有部门没有反馈，到时间请运行 minzheng verify --due，再运行本命令写入结果。")
        return 1
    print(f"写入核对事实 {write_facts(check)} 份。")
    return 0
