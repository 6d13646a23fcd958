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
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import words
from .book import ON, Level, Plan
from .kinds import Kind, read_date
from .lowering import YES, Lowering
from .standards import Standards

if TYPE_CHECKING:
    import numpy as np

    from .deciding import Counter

    Column = "np.ndarray | tuple[np.ndarray, np.ndarray]"

HEADER = """import numpy as np
from numba import njit


@njit
def pick(test, yes, no):
    return yes if test else no


"""


def cache_folder() -> Path:
    """Where compiled kernels are kept: MINZHENG_CACHE, or the user's cache folder."""
    root = os.environ.get("MINZHENG_CACHE")
    return (Path(root) if root else Path.home() / ".cache" / "minzheng") / "kernels"


def kernel_source(plan: Plan) -> str:
    """Text of the module with `kernel`; its arguments are those of `arguments`."""
    helpers = "\n\n".join(
        "@njit\n" + inspect.getsource(helper)
        for helper in (words.age, words.months_between, words.round_half_up)
    )
    out = Lowering(branchless=True)
    out.lines.append("@njit(cache=True, nogil=True, error_model='numpy')")
    out.lines.append(f"def kernel({', '.join(arguments(plan))}):")
    out.known[ON] = YES
    for name in plan.kept:
        out.line(f"w_{name} = np.empty(most_members, np.{_dtype(plan.law.kinds[name])})")
        out.line(f"x_{name} = np.empty(most_members, np.bool_)")
    out.line("for i in range(first, last):")
    out.depth += 1
    for position, name in enumerate(plan.standards):
        truth = " != 0" if plan.law.kinds[name].name == "bool" else ""
        out.line(f"v_{name} = standards[region[i], {position}]{truth}")
        _flag(out, name, f"standards_known[region[i], {position}]")
    for name in plan.household_facts:
        _load_fact(out, plan.law.kinds[name], name, "i")
    seen: set[str] = set()
    for level in plan.levels:
        if level.entity == "household":
            for name in level.rules:
                out.rule(name, plan.law.bodies[name], plan.law.rules[name].args)
                _store(out, plan, name, "i")
        else:
            _one_pass(out, plan, level, seen)
    return HEADER + helpers + "\n\n" + "\n".join(out.lines) + "\n"


def arguments(plan: Plan) -> list[str]:
    """Names of the kernel's arguments in order."""
    facts = [*plan.household_facts, *plan.person_facts]
    return [
        *("first", "last", "most_members", "start", "region", f"v_{ON}", "standards", "standards_known"),
        *(f"{part}_{name}" for name in facts for part in ("f", "n", "d")),
        *(f"{part}_{name}" for name in plan.want for part in ("o", "q")),
    ]


def _flag(out: Lowering, name: str, text: str) -> None:
    out.line(f"k_{name} = {text}")
    out.known[name] = f"k_{name}"


def _load_fact(out: Lowering, kind: Kind, name: str, index: str) -> None:
    # d_ is 0 for a column without unknowns: its flags are then a single True read again and again
    out.line(f"v_{name} = {f'f_{name}[{index}]' if kind.name == 'bool' else f'np.int64(f_{name}[{index}])'}")
    _flag(out, name, f"n_{name}[{index} * d_{name}]")


def _store(out: Lowering, plan: Plan, name: str, index: str) -> None:
    if name in plan.want:
        out.line(f"o_{name}[{index}] = v_{name}")
        out.line(f"q_{name}[{index}] = {out.known[name]}")


def _one_pass(out: Lowering, plan: Plan, level: Level, seen: set[str]) -> None:
    reads = level.reads(plan.law)

    def opening() -> None:
        out.line("for j in range(start[i], start[i + 1]):")
        out.depth += 1
        for name in plan.person_facts:
            if name in reads:
                _load_fact(out, plan.law.kinds[name], name, "j")
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


def _dtype(kind: Kind) -> str:
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


class Population:
    """Wanted rules of one day, ready to run over columns of a population.

    Columns are engine values: fen, YYYYMMDD (or datetime64), bool, option numbers (kinds.py). A column alone is all
    known; a pair (values, known) has a flag per row. A fact that is not given is unknown for all, unless it has a default.
    """

    def __init__(
        self, counter: Counter, want: Iterable[str] | None, on: Any, standards: str | Standards
    ) -> None:
        from .deciding import plan_for

        self.on = read_date(on)
        law = counter.book.law(self.on)
        self.plan = plan_for(law, counter.book.wanted(law, want))
        self.standards = counter.standards(standards) if isinstance(standards, str) else standards

    def run(
        self,
        households: Mapping[str, Column],
        members: Mapping[str, Column],
        member_count: np.ndarray,
        region_index: np.ndarray,
        regions: Sequence[str],
        *,
        threads: int = 1,
    ) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """{rule: (values, known)}, a row per household or per member.

        `member_count`: members of each household; `region_index`: position of its region code in `regions`.
        """
        import numpy as np

        plan, law = self.plan, self.plan.law
        start = np.concatenate(([0], np.cumsum(member_count))).astype(np.int64)
        size = {"household": len(member_count), "person": int(start[-1])}
        shared: list[Any] = [
            start,
            np.ascontiguousarray(region_index, np.int64),
            self.on,
            *self._standards_matrix(regions),
        ]
        for names, given, entity in (
            (plan.household_facts, households, "household"),
            (plan.person_facts, members, "person"),
        ):
            for name in names:
                shared += self._column(name, given.get(name), size[entity])
        results = {}
        for name in plan.want:
            rows = size[law.rules[name].entity]
            results[name] = (np.empty(rows, _dtype(law.kinds[name]).rstrip("_")), np.empty(rows, bool))
            shared += results[name]
        kernel = compile_kernel(kernel_source(plan))
        most = int(max(member_count, default=0))
        bounds = np.linspace(0, size["household"], threads + 1).astype(int)
        if threads == 1:
            kernel(0, size["household"], most, *shared)
            return results
        with ThreadPoolExecutor(threads) as pool:
            chunks = [pool.submit(kernel, int(a), int(b), most, *shared) for a, b in pairwise(bounds)]
            for chunk in chunks:
                chunk.result()
        return results

    def _standards_matrix(self, regions: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        import numpy as np

        # at least one column, so that Numba always sees the same two-dimensional arrays
        shape = (max(len(regions), 1), max(len(self.plan.standards), 1))
        values, known = np.zeros(shape, np.int64), np.zeros(shape, bool)
        for i, region in enumerate(regions):
            row = self.standards.row(region, self.on)
            for j, name in enumerate(self.plan.standards):
                if name in row:
                    values[i, j], known[i, j] = row[name].value, True
        return values, known

    def _column(self, name: str, given: Column | None, rows: int) -> tuple[np.ndarray, np.ndarray, int]:
        import numpy as np

        fact = self.plan.law.catalogue[name]
        dtype = np.dtype(bool if fact.kind.name == "bool" else np.int64)
        if given is None:
            values = np.full(rows, fact.default or 0, dtype)
            return values, np.array([fact.default is not None]), 0
        values, known = given if isinstance(given, tuple) else (given, None)
        if len(values) != rows:
            raise ValueError(
                f"{fact.label}（{name}）有 {len(values)} 行，应为 {rows} 行。请核对成员与家庭的顺序。"
            )
        if values.dtype.kind == "M":
            days = values.astype("datetime64[D]")
            months = days.astype("datetime64[M]").astype(np.int64)
            day = (days - days.astype("datetime64[M]")).astype(np.int64) + 1
            values = (months // 12 + 1970) * 10000 + (months % 12 + 1) * 100 + day
        # 32-bit columns of the lake are read as they are; anything else becomes the kernel's own width
        if not (dtype == np.int64 and values.dtype in (np.int32, np.int64)):
            values = values.astype(dtype)
        values = np.ascontiguousarray(values)
        if known is None:
            return values, np.ones(1, bool), 0
        return values, np.ascontiguousarray(known, bool), 1
