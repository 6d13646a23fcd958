"""`minzheng demo`: prepare, run the main job before the user's eyes, serve."""

import argparse
import datetime as dt
import os
import socket
import sys
import time


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("demo", help="演示：备好一个县的数据，办完一遍主业务，打开网站")
    parser.add_argument("--once", action="store_true", help="只办一遍主业务并打印结果，不打开网站")
    parser.add_argument("--fresh", action="store_true", help="清空演示数据，从头再来")
    parser.add_argument("--port", type=int, default=8000, help="网站端口，默认 8000")
    parser.set_defaults(run=run_demo)


def run_demo(arguments: argparse.Namespace) -> int:
    """0 when the month is proven to the fen, 1 when it is not or the database cannot be used."""
    os.environ["MINZHENG_DEMO"] = "1"

    import django

    django.setup()
    from minzheng.demo import prepare
    from minzheng.demo.main_job import run_main_job
    from minzheng.demo.show import Show
    from minzheng.demo.story.calendar import Days
    from minzheng.demo.tables import kept

    if not arguments.once and not _is_free(arguments.port):
        print(
            f"端口 {arguments.port} 已被占用。请换一个端口：make demo PORT={arguments.port + 1}",
            file=sys.stderr,
        )
        return 2
    show, started, proven = Show(), time.perf_counter(), True
    old = kept(prepare.BEGUN)
    if old and arguments.fresh:
        show.line(f"清空演示数据库：{old.people} 人、{old.cases} 件办件连同其余演示数据一并删去，从头再来。")
        prepare.sweep()
    elif old and old.outdated:
        show.line(
            "[red]✗[/] 这里的演示数据是程序改动以前备的，数据表已经不同，不能接着用。请运行 make demo FRESH=1："
            f"删去演示数据库里的 {old.people} 人、{old.cases} 件办件（包括自己试着录入的），重新备好；要留的请先导出。"
        )
        return 1
    else:
        prepare.migrate()
    if prepare.is_ready():
        show.line("演示数据已备好（从头再来：make demo FRESH=1）。")
    else:
        days = Days(dt.date.today())
        try:
            prepare.begin()
        except prepare.NotEmpty as problem:
            show.line(f"[red]✗[/] {problem}")
            return 1
        prepare.fill(show, days)
        proven = run_main_job(show, days)
        prepare.mark_ready()
    show.line(f"\n共用 {time.perf_counter() - started:.1f} 秒。")
    if not arguments.once:
        from minzheng.demo.serve import serve

        serve(show, arguments.port)
    return 0 if proven else 1


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
