"""`make faults`: the long version, on a PostgreSQL of its own that may be killed.

    python -m tests.faults --seed 7 --points 200 --database-kills 20 --lines 20000

The same seed strikes the same places. Exit code of pytest: 0 when nobody was paid twice and nobody was lost.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.cluster import Cluster


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=int(time.time()), help="default: the time, and printed")
    parser.add_argument("--points", type=int, default=200, help="places where the worker is killed")
    parser.add_argument("--database-kills", type=int, default=20, help="places where PostgreSQL is killed")
    parser.add_argument("--lines", type=int, default=20_000, help="payments in each batch")
    parser.add_argument("--strikes-a-month", type=int, default=10, help="about so many strikes in one batch")
    parser.add_argument("--requests", type=int, default=50, help="identical requests at once")
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="minzheng-faults-") as folder:
        Path(folder).chmod(0o755)
        cluster = Cluster(Path(folder))
        cluster.create()
        environment = os.environ | {"DATABASE_URL": cluster.url, "FAULTS_CLUSTER": folder}
        for name in ("seed", "points", "database_kills", "lines", "requests", "strikes_a_month"):
            environment[f"FAULTS_{name.upper()}"] = str(getattr(chosen, name))
        try:
            command = [sys.executable, "-m", "pytest", "-n0", "-s", "-x", "tests/faults/test_faults.py"]
            return subprocess.run(command, env=environment).returncode
        finally:
            cluster.kill()


if __name__ == "__main__":
    sys.exit(main())
