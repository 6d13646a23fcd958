"""`minzheng accounts begin`: the first three administrators of a new installation, who then open all other accounts."""

from __future__ import annotations

import argparse
import secrets
import sys


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    accounts = commands.add_parser("accounts", help="账号").add_subparsers(metavar="动作", required=True)
    begin = accounts.add_parser("begin", help="开立最初的系统、安全、审计三位管理员（等保三员）")
    begin.add_argument("--region", metavar="代码", required=True, help="管理的区划，12 位，如 431227000000")
    begin.set_defaults(run=run_begin)


def run_begin(arguments: argparse.Namespace) -> int:
    """Asks for the three people on the terminal, so that no name and number stays in the shell's history."""
    import django

    django.setup()
    from minzheng.foundation.accounts.first import Administrator, open_first
    from minzheng.foundation.accounts.limits import limit
    from minzheng.foundation.accounts.models import Role
    from minzheng.foundation.actions import Refused

    three = []
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
        print(f"{role.label}（三位须是不同的人）")
        three.append(
            Administrator(
                role,
                username=input("  登录名（小写字母和数字）："),
                name=input("  姓名："),
                id_no=input("  公民身份号码："),
                password=secrets.token_urlsafe(12),
            )
        )
    try:
        open_first(three, arguments.region)
    except Refused as refused:
        print(" ".join(refused.messages), file=sys.stderr)
        return 1
    print(
        f"已开立。初始密码只显示这一次，{limit('one_time_password_hours')}小时内有效，"
        "请分别当面交给本人，登录后马上修改并设置第二种验证："
    )
    for one in three:
        print(f"  {one.role.label}　{one.username}　{one.password}")
    return 0
