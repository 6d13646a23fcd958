"""Compiles the kernels of the signals beside the demo's preparation, so that nobody waits for them.

python -m minzheng.demo.warm 2026-10-31; what is compiled stays in the cache folder, so a second start has nothing to do.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys


def warm_up(month_end: dt.date) -> subprocess.Popen[bytes]:
    """Start compiling in a process of its own; `wait()` before the signals run."""
    return subprocess.Popen([sys.executable, "-m", "minzheng.demo.warm", month_end.isoformat()])  # noqa: S603


def main(month_end: dt.date) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.settings")
    import django

    django.setup()
    import numpy as np
    from django.conf import settings

    from minzheng.datacenter.signals.groups import rules_of
    from minzheng.datacenter.signals.library import asked_groups
    from minzheng.datacenter.signals.words import Signal
    from minzheng.demo.cast import VILLAGE
    from minzheng.foundation.registry.words import shelf
    from minzheng.foundation.rules import Population, default_counter

    tests = [name for signal in shelf(Signal) for name in (signal.test, signal.among) if name]
    for want in (tests, rules_of(asked_groups(month_end))):
        population = Population(default_counter(), dict.fromkeys(want), month_end, settings.STANDARDS_SET)
        population.run({}, {}, np.array([1]), np.array([0]), [VILLAGE])


if __name__ == "__main__":
    main(dt.date.fromisoformat(sys.argv[1]))
