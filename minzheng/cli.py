"""The `minzheng` command. Each part adds its own sub-commands in its cli.py; nothing heavy is imported before it is needed."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

PARTS = [
    "minzheng.foundation.accounts.cli",
    "minzheng.foundation.accounts.walls.cli",
    "minzheng.foundation.audit.cli",
    "minzheng.foundation.backup.cli",
    "minzheng.foundation.backup.archive.cli",
    "minzheng.foundation.crypto.cli",
    "minzheng.foundation.regions.cli",
    "minzheng.foundation.rules.cli",
    "minzheng.foundation.items.cli",
    "minzheng.foundation.cases.cli",
    "minzheng.foundation.registry.cli",
    "minzheng.foundation.payments.cli",
    "minzheng.foundation.reminders.cli",
    "minzheng.foundation.uprating.cli",
    "minzheng.foundation.programmes.cli",
    "minzheng.datacenter.lake.cli",
    "minzheng.datacenter.deliveries.cli",
    "minzheng.datacenter.screening.cli",
    "minzheng.datacenter.certification.cli",
    "minzheng.datacenter.proactive.cli",
    "minzheng.datacenter.simulation.cli",
    "minzheng.datacenter.verification.cli",
    "minzheng.datacenter.indicators.cli",
    "minzheng.datacenter.signals.cli",
    "minzheng.datacenter.statistics.cli",
    "minzheng.online.api.cli",
    "minzheng.demo.cli",
    "minzheng.docs.cli",
]


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="minzheng", description="民政业务平台命令行")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)
    for part in PARTS:
        importlib.import_module(part).add_commands(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status (0 good, 1 the answer is bad news, 2 wrong use)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.settings")
    arguments = build_parser().parse_args(argv)
    try:
        return arguments.run(arguments) or 0
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print("\n已中断。", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
