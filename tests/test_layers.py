"""The house stands only if imports go one way (pyproject.toml, [tool.importlinter])."""

import subprocess
import sys
from pathlib import Path


def test_it_imports_only_downwards():
    lint = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([lint], capture_output=True, text=True, cwd=Path(__file__).parents[1], check=False)
    assert ran.returncode == 0, ran.stdout
