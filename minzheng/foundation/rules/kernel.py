"""The population reading: all wanted rules fused into one function over households and their members, compiled by Numba.

The generated module is self-contained and named by the hash of its text, so the compiled code is found again by every
later process (and can be shipped to Spark executors). Members lie beside their household, in the same order.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import inspect
import os
import sys
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

from . import words
from .book import ON
from .kinds import Kind
from .lowering import YES, Lowering
from .plan import Level, Plan

HEADER = """import numpy as np
from numba import njit


@njit(error_model='numpy')
def pick(test, yes, no):
    return yes if test else no


"""


def cache_folder() -> Path:
    """Where compiled kernels are kept: MINZHENG_CACHE, or the user's cache folder."""
    root = os.environ.get("MINZHENG_CACHE")
    return (Path(root) if root else Path.home() / ".cache" / "minzheng") / "kernels"


def kernel_source(plan: Plan, flagged: Collection[str] | None = None) -> str:
    """Text of the module with `kernel`; its arguments are those of `arguments`.

    `flagged`: facts and standards of which some may be unknown (None: any). All others are compiled as always known,
    and what follows from them carries no flags.
    """
    helpers = "\n\n".join(
        "@njit(error_model='numpy')\n" + inspect.getsource(helper)
        for helper in (words.age, words.months_between, words.round_half_up)
    )
    out = Lowering(branchless=True)
    out.lines.append("@njit(cache=True, nogil=True, error_model='numpy')")
    out.lines.append(f"def kernel({', '.join(arguments(plan))}):")
    out.known[ON] = YES
    for name in plan.kept:
        out.line(f"w_{name} = np.empty(most_members, np.{column_type(plan.law.kinds[name])})")
        out.line(f"x_{name} = np.empty(most_members, np.bool_)")
    out.line("for i in range(first, last):")
    out.depth += 1
    for position, name in enumerate(plan.standards):
        truth = " != 0" if plan.law.kinds[name].name == "bool" else ""
        out.line(f"v_{name} = standards[region[i], {position}]{truth}")
        _flag(out, name, f"standards_known[region[i], {position}]", flagged)
    for name in plan.household_facts:
        _load_fact(out, plan.law.kinds[name], name, "i", flagged)
    seen: set[str] = set()
    for level in plan.levels:
        if level.entity == "household":
            for name in level.rules:
                out.rule(name, plan.law.bodies[name], plan.law.rules[name].args)
                _store(out, plan, name, "i")
        else:
            _one_pass(out, plan, level, seen, flagged)
    return HEADER + helpers + "\n\n" + "\n".join(out.lines) + "\n"


def arguments(plan: Plan) -> list[str]:
    """Names of the kernel's arguments in order."""
    facts = [*plan.household_facts, *plan.person_facts]
    return [
        *("first", "last", "most_members", "start", "region", f"v_{ON}", "standards", "standards_known"),
        *(f"{part}_{name}" for name in facts for part in ("f", "n", "d")),
        *(f"{part}_{name}" for name in plan.want for part in ("o", "q")),
    ]


def _flag(out: Lowering, name: str, text: str, flagged: Collection[str] | None) -> None:
    if flagged is not None and name not in flagged:
        out.known[name] = YES
        return
    out.line(f"k_{name} = {text}")
    out.known[name] = f"k_{name}"


def _load_fact(out: Lowering, kind: Kind, name: str, index: str, flagged: Collection[str] | None) -> None:
    # d_ is 0 for a column without unknowns: its flags are then a single True read again and again
    out.line(f"v_{name} = {f'f_{name}[{index}]' if kind.name == 'bool' else f'np.int64(f_{name}[{index}])'}")
    _flag(out, name, f"n_{name}[{index} * d_{name}]", flagged)


def _store(out: Lowering, plan: Plan, name: str, index: str) -> None:
    if name in plan.want:
        out.line(f"o_{name}[{index}] = v_{name}")
        out.line(f"q_{name}[{index}] = {out.known[name]}")


def _one_pass(
    out: Lowering, plan: Plan, level: Level, seen: set[str], flagged: Collection[str] | None
) -> None:
    reads = level.reads(plan.law)

    def opening() -> None:
        out.line("for j in range(start[i], start[i + 1]):")
        out.depth += 1
        for name in plan.person_facts:
            if name in reads:
                _load_fact(out, plan.law.kinds[name], name, "j", flagged)
        for name in plan.kept:
            if name in reads and name in seen:
                out.line(f"v_{name} = w_{name}[j - start[i]]")
                if out.known[name] != YES:
                    out.line(f"k_{name} = x_{name}[j - start[i]]")

    def closing() -> None:
        for name in level.rules:
            _store(out, plan, name, "j")
            if name in plan.kept:
                out.line(f"w_{name}[j - start[i]] = v_{name}")
                out.line(f"x_{name}[j - start[i]] = {out.known[name]}")

    out.member_pass(plan.law, level, opening, closing)
    seen |= set(level.rules)


def column_type(kind: Kind) -> str:
    return "bool_" if kind.name == "bool" else "int64"


@functools.lru_cache(maxsize=64)
def compile_kernel(source: str) -> Callable:
    """The compiled kernel; the module file is written once, whole, under the hash of its text."""
    digest = hashlib.sha256(source.encode()).hexdigest()[:20]
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"kernel_{digest}.py"
    if not file.exists():
        with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8") as part:
            part.write(source)
        Path(part.name).replace(file)
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Numba finds the module of cached code again by its name
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    return module.kernel
