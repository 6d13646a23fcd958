"""`minzheng database roles`: the two lesser roles and the walls, or what an administrator must run."""

import argparse
import sys


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("database", help="数据库的角色和行级权限")
    inner = parser.add_subparsers(title="命令", metavar="命令", required=True)
    roles = inner.add_parser("roles", help="建立（或重建）网站和后台任务的数据库角色与行级权限")
    roles.add_argument("--print", action="store_true", help="只打印需要数据库管理员执行的 SQL")
    roles.set_defaults(run=run_roles)


def run_roles(arguments: argparse.Namespace) -> int:
    """0 when the walls stand, 1 when the owner may not build them."""
    from minzheng.database import ROLES, RolesMissing
    from minzheng.foundation.crypto.blind import LEAKPROOF, is_leakproof

    leakproof = ";\n".join(LEAKPROOF) + ";"
    if arguments.print:
        print(ROLES.strip(), f"-- 首次 migrate 之后：\n{leakproof}", sep="\n")
        return 0
    import django

    django.setup()
    from minzheng.foundation.accounts.walls.build import NotOwner, as_owner, build, stands

    try:
        with as_owner():
            build()
            stood, is_quick = stands(), is_leakproof()
    except (NotOwner, RolesMissing) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(
        "数据库角色和行级权限已建好。" if stood else "行级权限与程序声明不一致，请先执行 manage.py migrate。"
    )
    if not is_quick:
        print(
            f"按号码查人还用不上索引，会逐行判断：属主账号无权声明下列函数。请数据库管理员执行：\n{leakproof}"
        )
    return 0 if stood else 1
