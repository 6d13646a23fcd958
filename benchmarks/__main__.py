"""`make bench`: every benchmark of this folder, one JSON line each."""

import subprocess
import sys
from pathlib import Path

for file in sorted(Path(__file__).parent.glob("[!_]*.py")):
    subprocess.run([sys.executable, "-m", f"benchmarks.{file.stem}"], check=True)  # noqa: S603
