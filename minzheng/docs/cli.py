"""`minzheng docs`: write the generated pages again, or check that they are fresh."""

import argparse
import os


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("docs", help="重新生成文档（覆盖表、事项说明、事实目录）")
    parser.add_argument("--check", action="store_true", help="只检查是否最新，不写文件")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.settings")
    import django

    django.setup()
    from minzheng.docs.pages import stale, write

    if arguments.check:
        for path in (old := stale()):
            print(f"{path} 已过期，请运行 make docs。")
        return 1 if old else 0
    for path in write():
        print(f"已更新 {path}")
    return 0
