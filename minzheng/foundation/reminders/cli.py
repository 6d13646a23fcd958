"""`minzheng sms`: send what is due, for installations whose queue cannot wait."""

import argparse


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("sms", help="发送到时的短信提醒（可以每分钟运行一次）")
    parser.set_defaults(run=_send)


def _send(arguments: argparse.Namespace) -> int:
    import django

    django.setup()
    from minzheng.foundation.reminders.channels import channel
    from minzheng.foundation.reminders.jobs import send_due

    if channel() is None:
        print("没有接通短信通道，没有短信要发。接通的办法见 docs/booking.md。")
        return 0
    print(f"处理 {send_due()} 条短信。")
    return 0
