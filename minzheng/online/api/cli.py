"""`minzheng webhooks`: try what is due, for a queue that cannot wait; `minzheng openapi`: the document."""

import argparse
import json
import os


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    webhooks = commands.add_parser("webhooks", help="推送到期的事件（任务队列之外，可每分钟运行一次）")
    webhooks.set_defaults(run=run_webhooks)
    openapi = commands.add_parser("openapi", help="输出开放接口的 OpenAPI 3.1 文档")
    openapi.set_defaults(run=show_openapi)


def run_webhooks(arguments: argparse.Namespace) -> int:
    _set_up()
    from minzheng.online.api.webhooks.jobs import deliver_due

    print(f"推送 {deliver_due()} 次")
    return 0


def show_openapi(arguments: argparse.Namespace) -> int:
    _set_up()
    from minzheng.online.api.document import document

    print(json.dumps(document(), ensure_ascii=False, indent=2))
    return 0


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.settings")
    import django

    django.setup()
