"""Population: wanted rules over the columns of a county or a province, by the fused kernel."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .kernel import column_type, compile_kernel, kernel_source
from .kinds import read_date
from .plan import plan_for
from .standards import Standards

if TYPE_CHECKING:
    import numpy as np

    from .deciding import Counter

    Column = np.ndarray | tuple[np.ndarray, np.ndarray]

# People from which on compiling a kernel without the flags that nobody needs pays at once.
WORTH_A_KERNEL = 500_000


class Population:
    """Wanted rules of one day, ready to run over columns of a population.

    Columns are engine values: fen, YYYYMMDD (or datetime64), bool, option numbers (kinds.py). A column alone is all
    known; a pair (values, known) has a flag per row. A fact that is not given is unknown for all, unless it has a default.
    """

    def __init__(
        self, counter: Counter, want: Iterable[str] | None, on: Any, standards: str | Standards
    ) -> None:
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
        flagged: Collection[str] | None = None,
    ) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """{rule: (values, known)}, a row per household or per member.

        `member_count`: members of each household; `region_index`: position of its region code in `regions`.
        `flagged`: facts of which some may be unknown; who runs part after part of a large population gives it, so that
        one kernel serves all parts. Without it, a large population looks at its own columns and a small one expects
        any fact to be unknown, since compiling a kernel of its own would cost more than it saves.
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
        open_facts = set()
        for names, given, entity in (
            (plan.household_facts, households, "household"),
            (plan.person_facts, members, "person"),
        ):
            for name in names:
                column = self._column(name, given.get(name), size[entity])
                shared += column
                if not column[1].all():
                    open_facts.add(name)
        if flagged is None and size["person"] >= WORTH_A_KERNEL:
            flagged = open_facts
        if flagged is not None:
            if not open_facts <= set(flagged):
                raise ValueError(
                    f"这些事实也有未知的值：{'、'.join(sorted(open_facts - set(flagged)))}。请列入 flagged。"
                )
            known = shared[4].all(axis=0)
            flagged = {
                *flagged,
                *(name for name, set_ in zip(plan.standards, known, strict=False) if not set_),
            }
        results = {}
        for name in plan.want:
            rows = size[law.rules[name].entity]
            results[name] = (np.empty(rows, column_type(law.kinds[name]).rstrip("_")), np.empty(rows, bool))
            shared += results[name]
        kernel = compile_kernel(kernel_source(plan, flagged))
        most = int(np.max(member_count, initial=0))
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
                    values[i, j], known[i, j] = row[name].value or 0, True
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
        if not (dtype == np.int64 and values.dtype in (np.int8, np.int32, np.int64)):
            values = values.astype(dtype)
        values = np.ascontiguousarray(values)
        if known is None:
            return values, np.ones(1, bool), 0
        return values, np.ascontiguousarray(known, bool), 1
