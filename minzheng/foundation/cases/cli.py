"""`minzheng nightly`: what law lets happen by lapse of time. Run it once a day."""

import argparse
import datetime as dt
import os
import sys


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    nightly = commands.add_parser(
        "nightly", help="办理到期事项：逾期未补正办结、渐退期满终止；超期任务上报；给审计链签名"
    )
    nightly.add_argument("--on", type=dt.date.fromisoformat, metavar="日期", help="按这一天办理，默认今天")
    nightly.set_defaults(run=run_nightly)


def run_nightly(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.settings")
    import django

    django.setup()
    from minzheng.foundation.audit.trail import anchor
    from minzheng.foundation.backup.lights import remarks
    from minzheng.foundation.benefits.ages import end_at_age, turn_ages
    from minzheng.foundation.cases.jobs import make_due_moves
    from minzheng.foundation.events.bus import emit_apart
    from minzheng.foundation.payments.delivery import enquire_unanswered
    from minzheng.foundation.payments.fetching import fetch_returns
    from minzheng.foundation.payments.stalled import review_accounts
    from minzheng.foundation.tasks.escalation import escalate_due

    today = arguments.on or dt.date.today()
    made = make_due_moves(today)
    print(f"到龄调整待遇：{turn_ages(today)} 人；到龄终止：{end_at_age(today)} 人")
    for state, count in enquire_unanswered().items():
        print(f"询问代发机构，{state}：{count} 批")
    for outcome, count in fetch_returns(today).items():
        print(f"取回盘文件，{outcome}：{count} 份")
    for outcome, count in review_accounts(today).items():
        print(f"{outcome}：{count} 人")
    for level, count in escalate_due(today).items():
        print(f"超期任务{level}：{count} 项")
    for title, count in made.items():
        print(f"{title}：{count} 件")
    if not made:
        print("没有到期事项。")
    # Parts of the house that have nightly work of their own listen for it (indicators, monthly reports).
    failed = emit_apart("night.came", day=today.isoformat())
    for part in failed:
        print(f"没有做完：{part}。其他各项不受影响；请把这一行告诉管理员。", file=sys.stderr)
    print(f"审计链签名到第 {anchor().seq} 条")
    for remark in remarks():
        print(remark)
    return 1 if failed else 0
