"""The house stands only if imports go one way (pyproject.toml, [tool.importlinter])."""

import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]


def test_it_imports_only_downwards():
    lint = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([lint], capture_output=True, text=True, cwd=ROOT, check=False)
    assert ran.returncode == 0, ran.stdout


def test_no_files_import_each_other_in_a_circle():
    """Not within functions either, nor for types alone: each file can be read before those that use it."""
    graph = grimp.build_graph("minzheng", cache_dir=str(ROOT / ".import_linter_cache"))
    TopologicalSorter(
        {
            module: graph.find_modules_directly_imported_by(module)
            for module in graph.modules
            if ".tests" not in module
        }
    ).prepare()  # CycleError names the files
