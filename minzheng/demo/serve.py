"""Serves the site with granian and works the task queue beside it, until Ctrl-C."""

from __future__ import annotations

import subprocess
import sys

from django.conf import settings

from minzheng.demo.cast import CAST, PASSWORD
from minzheng.demo.other_side import departments_running
from minzheng.demo.show import Show
from minzheng.foundation.accounts.models import Assignment, Role

THINGS_TO_TRY = (
    "用手机宽度打开服务大厅，以杨秀英（xiuying）登录，申请最低生活保障；退出再登录，草稿还在。",
    "以龙建军（clerk）登录工作台：受理待办，或一次性告知补正；看一看超期的那件。",
    "以舒丽（reviewer）登录：打开一件“调查核实”的办件，发起核对；有的部门慢，有的停机，报告里都写明白。",
    "以田文斌（approver）登录：打开待确认的办件，逐条看认定依据，予以确认。",
    "以曾敏（finance）登录：看本月批次、未成功的款项和每月核对；由江涛（finance2）复核。",
    "以周晓岚（province）和石磊（outsider）登录：只看到各自权限内的内容。",
)


def serve(show: Show, port: int) -> None:
    """Print the address, the log-ins and what to try; then serve. Stops the worker when the server stops."""
    _welcome(show, port)
    settings.STATIC_ROOT.mkdir(
        parents=True, exist_ok=True
    )  # nothing is collected for the demo; finders serve
    with departments_running():
        worker = subprocess.Popen([sys.executable, str(settings.ROOT / "manage.py"), "db_worker"])  # noqa: S603
        try:
            _granian(port)
        finally:
            worker.terminate()
            worker.wait(timeout=10)


def _granian(port: int) -> None:
    from granian.constants import Interfaces
    from granian.server import Server

    server = Server(
        "minzheng.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=8,
        log_access=False,
        log_enabled=False,
    )
    server.serve()


def _welcome(show: Show, port: int) -> None:
    show.table(
        f"演示账号（密码都是 {PASSWORD}）",
        ("账号", "姓名", "身份"),
        [(one.username, one.name, str(one.role.label) if one.role else "群众") for one in CAST]
        + [
            (one.user.username, one.user.display_name, f"机构账户（{one.organisation}）")
            for one in Assignment.objects.filter(role=Role.INSTITUTION).select_related("user", "organisation")
        ],
    )
    show.line("\n[bold]六件可以试试的事[/]")
    for place, text in enumerate(THINGS_TO_TRY, 1):
        show.line(f"{place}. {text}")
    show.line()
    show.line(f"[bold]网址：http://localhost:{port}/[/]　工作台 /desk/　服务大厅 /portal/　按 Ctrl-C 结束")
    show.line("[dim]人口、收入和标准都是虚构的演示数据；区划是真实的。[/]")
