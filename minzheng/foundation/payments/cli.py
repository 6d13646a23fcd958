"""`minzheng prove`: is every fen of a month accounted for?"""

from __future__ import annotations

import argparse
import sys
from typing import Any


def add_commands(commands: Any) -> None:
    parser = commands.add_parser(
        "prove", help="核对一个月的资金：应享 = 已发 + 失败 + 暂缓 + 在途 + 待补 − 多发"
    )
    parser.add_argument("--month", metavar="年-月", help="例如 2026-10；不填为最近一个已回盘的月份")
    parser.add_argument("--region", metavar="区划代码", default="", help="只核对这个区划及以下，例如 431227")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 when everything agrees, 1 when a fen is off, 2 when the question is wrong."""
    import django

    django.setup()
    from minzheng.foundation.benefits.months import parse_month
    from minzheng.foundation.ledger.money import yuan
    from minzheng.foundation.ledger.proof import prove_books
    from minzheng.foundation.payments.prove import latest_paid_month, prove, prove_cash
    from minzheng.foundation.regions.models import prefix_of
    from minzheng.foundation.reserves.prove import prove_reserves

    try:
        month = parse_month(arguments.month) if arguments.month else latest_paid_month()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if month is None:
        print("还没有已回盘的批次，没有可以核对的月份。", file=sys.stderr)
        return 2
    prefix = prefix_of(arguments.region) if len(arguments.region) == 12 else arguments.region
    proofs, cash, reserves = prove(month, prefix), prove_cash(prefix), prove_reserves(prefix)
    print(f"{month:%Y年%m月} 资金核对")
    for proof in proofs:
        _print_proof(proof)
    for line in cash:
        _print_line(f"{line.programme} {line.region} 账簿“{line.place}”", line.lists, line.ledger, line.holds)
    for fund in reserves:
        _print_line(f"{fund.fund} 余额", fund.vouchers, fund.ledger, fund.holds)
        _print_line(f"{fund.fund} 垫付，办件与凭证", fund.cases, fund.advanced, fund.holds)
    books = prove_books(prefix)
    for name, difference in (*books.off_accounts, *books.off_entries):
        print(f"  账簿“{name}”自身不平，差 {yuan(difference)}  ✗")
    if books.holds:
        print(f"  账簿自身：{books.accounts} 个账户、{books.entries} 笔分录，借贷相等，余额等于流水之和  ✓")
    if not proofs:
        print("这个月没有应享待遇，也没有发放。")
    all_proofs: list[Any] = [*proofs, *cash, *reserves, books]
    good = all(one.holds for one in all_proofs)
    print("核对一致，分毫不差。" if good else "核对不一致：请打开“发放—月度核对”查看差在哪个县、哪一项。")
    return 0 if good else 1


def _print_proof(proof: Any) -> None:
    from minzheng.foundation.ledger.money import yuan

    buckets = [
        ("已发", proof.paid),
        ("失败", proof.failed),
        ("暂缓", proof.held),
        ("在途", proof.in_flight),
        ("待补", proof.waiting),
        ("多发待追回", -proof.overpaid),
    ]
    parts = " + ".join(f"{name} {yuan(fen)}" for name, fen in buckets if fen)
    verdict = "✓" if proof.holds else f"✗ 差 {yuan(proof.difference)}"
    if not proof.is_run and not proof.holds:
        verdict += "（当月批次尚未编制）"
    print(f"  {proof.benefit} {proof.region}：应享 {yuan(proof.owed)} = {parts or '0.00'}  {verdict}")


def _print_line(title: str, lists: int, ledger: int, holds: bool) -> None:
    from minzheng.foundation.ledger.money import yuan

    print(f"  {title}：明细 {yuan(lists)}，账簿 {yuan(ledger)}  {'✓' if holds else '✗'}")
