"""`minzheng deliver`: load a department's file from the command line, as the officer who received it."""

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minzheng.datacenter.deliveries.models import Delivery


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "deliver", help="读入其他部门送来的文件（CSV、xlsx），格式见 docs/deliveries.md"
    )
    parser.add_argument("file", type=Path, metavar="文件")
    parser.add_argument("--source", required=True, metavar="代码", help="哪一种数据，如 file.cremations")
    parser.add_argument("--month", required=True, metavar="YYYY-MM", help="数据所属月份，如 2026-10")
    parser.add_argument("--by", required=True, metavar="登录名", help="接收文件的县级经办人")
    parser.add_argument("--region", default="", metavar="代码", help="县级区划代码；默认经办人所在的县")
    parser.add_argument(
        "--fewer-is-right", action="store_true", help="已向来源部门核实，行数确实比上次少很多"
    )
    parser.set_defaults(run=run_deliver)


def run_deliver(arguments: argparse.Namespace) -> int:
    """0 loaded, 1 the file was refused, 2 wrong use."""
    import django

    django.setup()
    from django.core.exceptions import PermissionDenied

    from minzheng.datacenter.deliveries.actions import deliver
    from minzheng.datacenter.deliveries.load import load_delivery
    from minzheng.foundation.actions import Refused

    try:
        access, form, region, month = _asked(arguments)
        content = arguments.file.read_bytes()
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    except OSError as problem:
        print(f"读不了 {arguments.file}：{problem.strerror}。请核对文件名。", file=sys.stderr)
        return 2
    try:
        delivery = deliver(
            access, form, region, month, content, arguments.file.name, fewer_is_right=arguments.fewer_is_right
        )
    except PermissionDenied as denied:
        print(denied, file=sys.stderr)
        return 2
    except Refused as refused:
        print("；".join(refused.messages), file=sys.stderr)
        return 1
    return _told(load_delivery(delivery.pk))


def _asked(arguments: argparse.Namespace) -> tuple:  # type: ignore[type-arg]
    """(access, format, region, month). ValueError says what is wrong and what to write."""
    from minzheng.datacenter.deliveries.words import FileFormat
    from minzheng.foundation.accounts.access import Access
    from minzheng.foundation.accounts.models import User
    from minzheng.foundation.regions.models import Region
    from minzheng.foundation.registry.words import shelf

    try:
        month = dt.date.fromisoformat(f"{arguments.month}-01")
    except ValueError:
        raise ValueError(f"月份“{arguments.month}”不对，请写成 2026-10 这样的年月。") from None
    # A short name will do where it is clear: deaths → funeral.deaths.
    forms = [form for form in shelf(FileFormat) if arguments.source in (form.code, form.code.split(".")[-1])]
    if len(forms) != 1:
        known = "\n".join(f"  {form.code}　{form.department}　{form.title}" for form in shelf(FileFormat))
        raise ValueError(f"“{arguments.source}”不是唯一的一种数据。请从下面选一个代码：\n{known}")
    user = User.objects.filter(username=arguments.by, is_active=True).first()
    if user is None:
        raise ValueError(f"没有登录名为 {arguments.by} 的账号。请写接收文件的县级经办人的登录名。")
    access = Access(user)
    code = arguments.region or next(iter(access.prefixes("delivery.make")), "")
    region = Region.objects.filter(code=code.ljust(12, "0")).first() if code else None
    if region is None:
        raise ValueError("请用 --region 写明县级区划代码，如 431227；经办人须有接收部门数据的权限。")
    return access, forms[0], region, month


def _told(delivery: "Delivery") -> int:
    from minzheng.datacenter.deliveries.models import State
    from minzheng.datacenter.deliveries.quality import RULES

    print(
        f"{delivery.region.full_name} {delivery.source} {delivery.month:%Y-%m}：{delivery.get_state_display()}"
    )
    if delivery.note:
        print(delivery.note, file=sys.stderr)
    print(
        f"  {delivery.rows:,} 行：对上 {delivery.matched:,}，待核对 {delivery.in_review:,}，"
        f"不在库 {delivery.outside:,}，有问题 {delivery.rejected:,}；更新事实 {delivery.sheets:,} 份"
    )
    for rule, rows in delivery.problems.items():
        print(f"  {rows:,} 行　{RULES[rule]}")
    return 0 if delivery.state == State.DONE else 1
