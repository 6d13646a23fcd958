"""`minzheng new-line`: begin a line of business."""

import argparse
import sys
from pathlib import Path


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("new-line", help="新建一条业务线（文件夹、台账、测试），随即可用")
    parser.add_argument("name", help="英文名称，如 volunteering")
    parser.add_argument("--title", required=True, help="中文名称，如 志愿服务")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from minzheng.foundation.registry.new_line import NewLineRefused, new_line, tree_at

    try:
        folder = new_line(arguments.name, arguments.title, tree_at(Path.cwd()))
    except NewLineRefused as refused:
        print(refused, file=sys.stderr)
        return 2
    print(f"已建好 {folder}")
    print("接下来：")
    print("  1. 把 models.py 和 registers.py 里的字段换成这项业务的（docs/registers.md）。")
    print(f"  2. python manage.py makemigrations {arguments.name}")
    print(f"  3. python -m pytest minzheng/business/{arguments.name}")
    return 0
