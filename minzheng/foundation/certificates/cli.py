"""`minzheng issuers`: who issues certificates for a region."""

from __future__ import annotations

import argparse
import sys


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    issuers = commands.add_parser("issuers", help="登记发证机关（先放好电子印章，见 docs/certificates.md）")
    issuers.add_argument("--region", metavar="代码", required=True, help="辖区的区划代码，如 431227")
    issuers.add_argument("--name", metavar="名称", required=True, help="与印章上的名称一致")
    issuers.add_argument("--short-name", metavar="简称", required=True, help="用在证照编号里，如 新晃")
    issuers.add_argument("--uscc", metavar="代码", required=True, help="统一社会信用代码")
    issuers.set_defaults(run=run_issuers)


def run_issuers(arguments: argparse.Namespace) -> int:
    """0 registered, 1 refused."""
    import django

    django.setup()
    from minzheng.foundation.actions import Refused
    from minzheng.foundation.certificates.actions import register_issuer
    from minzheng.foundation.certificates.models import Issuer
    from minzheng.foundation.regions.models import Region

    region = Region.objects.filter(code=arguments.region.ljust(12, "0")).first()
    if region is None:
        print(
            f"没有代码为 {arguments.region} 的区划。请核对代码，或先运行 minzheng regions load 导入。",
            file=sys.stderr,
        )
        return 1
    try:
        issuer = register_issuer(
            Issuer(region=region, name=arguments.name, short_name=arguments.short_name, uscc=arguments.uscc)
        )
    except Refused as refused:
        print(" ".join(refused.messages), file=sys.stderr)
        return 1
    print(f"已登记：{region.full_name}的证照由{issuer.name}发。")
    return 0
