"""Population: wanted rules over the columns of a county or a province, by the fused kernel."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .kernel import column_type, kernel_for
from .kinds import read_date
from .narrowing import Settled, narrow, settled
from .plan import plan_for
from .standards import Standards


@dataclass(frozen=True, slots=True)
class Everybody:
    """A fact that is the same for everybody; None: nobody's is known."""

    value: int | bool | None


if TYPE_CHECKING:
    import numpy as np

    from .deciding import Counter

    Column = np.ndarray | Everybody | tuple[np.ndarray, np.ndarray | None]

# People from which on compiling a kernel, without the flags that nobody needs, pays at once.
WORTH_A_KERNEL = 500_000


class Population:
    """Wanted rules of one day, ready to run over columns of a population.

    Columns are engine values: fen, YYYYMMDD (or datetime64), bool, option numbers (kinds.py). A column alone is all
    known; a pair (values, known) has a flag per row, or None where all are known; Everybody(…) says the same for all. A fact that is not given is unknown for all, unless it has a default.
    """

    def __init__(
        self, counter: Counter, want: Iterable[str] | None, on: Any, standards: str | Standards
    ) -> None:
        self.on = read_date(on)
        law = counter.book.law(self.on)
        self.plan = plan_for(law, counter.book.wanted(law, want))
        self.standards = counter.standards(standards) if isinstance(standards, str) else standards
        self.given: Settled = ()

    def narrowed(self, regions: Iterable[str]) -> Population:
        """The same answers for households in these regions, by fewer rules and facts: see narrowing.py.

        Its kernel is one of its own. Worth it where many households are asked; others find it compiled.
        """
        rows = [self.standards.row(region, self.on) for region in regions]
        other = copy.copy(self)
        law = self.plan.law
        other.given = settled(law.kinds, rows)
        other.plan = plan_for(narrow(law, other.given), self.plan.want)
        return other

    def differs(self, regions: Iterable[str]) -> bool:
        """Do the standards that these rules read differ between the regions?"""
        rows = (self.standards.row(region, self.on) for region in regions)
        return (
            len(
                {
                    tuple(row[name].value if name in row else None for name in self.plan.standards)
                    for row in rows
                }
            )
            > 1
        )

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
        compiled: bool | None = None,
    ) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """{rule: (values, known)}, a row per household or per member.

        `member_count`: members of each household; `region_index`: position of its region code in `regions`.
        `flagged`: facts of which some may be unknown; who runs part after part of a large population gives it, so that
        one kernel serves all parts. Without it, a large population looks at its own columns and a small one expects
        any fact to be unknown.
        `compiled`: by the compiled kernel, or by NumPy without compiling anything (whole_columns.py)? None: compiled
        for a large population and for who gives `flagged`. The answers are the same.
        """
        import numpy as np

        from .whole_columns import whole_columns_for

        plan, law = self.plan, self.plan.law
        start = np.concatenate(([0], np.cumsum(member_count))).astype(np.int64)
        size = {"household": len(member_count), "person": int(start[-1])}
        columns = {
            name: self._column(name, given.get(name), size[entity])
            for names, given, entity in (
                (plan.household_facts, households, "household"),
                (plan.person_facts, members, "person"),
            )
            for name in names
        }
        law_row, standards, set_here = self._standards_rows(regions, region_index)
        if compiled is None:
            compiled = flagged is not None or size["person"] >= WORTH_A_KERNEL
        flagged = self._flagged(flagged, columns, set_here, size["person"])
        results = {
            name: (
                np.empty(size[law.rules[name].entity], column_type(law.kinds[name]).rstrip("_")),
                np.empty(size[law.rules[name].entity], bool),
            )
            for name in plan.want
        }
        uniform = len(standards) == 1
        kernel = (
            kernel_for(plan, flagged, flagged is not None and uniform)
            if compiled
            else whole_columns_for(plan, uniform)
        )
        everyone = {"household": np.ones(size["household"], bool), "person": np.ones(size["person"], bool)}

        def work(first: int, last: int) -> None:
            """The members' columns are whole, since `start` says where a household's members lie in them."""
            arguments: list[Any] = [
                start[first : last + 1],
                law_row[first:last],
                self.on,
                standards,
                set_here,
            ]
            pairs = [(law.entity(name), *pair) for name, pair in (*columns.items(), *results.items())]
            for entity, values, known in pairs:
                known = everyone[entity] if known is None else known
                arguments += (
                    (values, known) if entity == "person" else (values[first:last], known[first:last])
                )
            kernel(*arguments)

        if threads == 1:
            work(0, size["household"])
            return results
        bounds = np.linspace(0, size["household"], threads + 1).astype(int)
        with ThreadPoolExecutor(threads) as pool:
            for chunk in [pool.submit(work, int(a), int(b)) for a, b in pairwise(bounds)]:
                chunk.result()
        return results

    def _flagged(
        self,
        asked: Collection[str] | None,
        columns: Mapping[str, tuple[np.ndarray, np.ndarray | None]],
        set_here: np.ndarray,
        people: int,
    ) -> frozenset[str] | None:
        """Facts and standards for which the kernel carries flags; None: all."""
        if asked is None and people < WORTH_A_KERNEL:
            return None
        unknown = {name for name, (_, known) in columns.items() if known is not None and not known.all()}
        if asked is not None and not unknown <= set(asked):
            raise ValueError(
                f"这些事实也有未知的值：{'、'.join(sorted(unknown - set(asked)))}。请列入 flagged。"
            )
        open_standards = zip(self.plan.standards, set_here.T, strict=False)
        unset = (name for name, places in open_standards if not places.all())
        return frozenset({*(unknown if asked is None else asked), *unset})

    def _standards_rows(
        self, regions: Sequence[str], region_index: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(row of each household, values, whether set): regions with the same standards share a row."""
        import numpy as np

        # at least one column, so that Numba always sees the same two-dimensional arrays
        rows: dict[tuple, int] = {}
        row_of = np.zeros(max(len(regions), 1), np.int64)
        for i, region in enumerate(regions):
            there = self.standards.row(region, self.on)
            if any(name not in there or there[name].value != value for name, value in self.given):
                raise ValueError(f"{region} 的标准与收窄规则时所用的不同。请把它列入 narrowed(…) 的地区。")
            row = tuple(
                (there[name].value or 0, True) if name in there else (0, False)
                for name in self.plan.standards
            )
            row_of[i] = rows.setdefault(row or ((0, True),), len(rows))
        table = np.array(list(rows) or [((0, True),)], np.int64)
        law_row = (
            row_of[np.asarray(region_index, np.int64)]
            if len(rows) > 1
            else np.zeros(len(region_index), np.int64)
        )
        return law_row, np.ascontiguousarray(table[:, :, 0]), np.ascontiguousarray(table[:, :, 1] != 0)

    def _column(self, name: str, given: Column | None, rows: int) -> tuple[np.ndarray, np.ndarray | None]:
        """(values, known) of a fact; known is None if all are."""
        import numpy as np

        fact = self.plan.law.catalogue[name]
        dtype = np.dtype(bool if fact.kind.name == "bool" else np.int64)
        if given is None:
            values = np.full(rows, fact.default or 0, dtype)
            return values, None if fact.default is not None else np.zeros(rows, bool)
        if isinstance(given, Everybody):
            value = given.value
            if dtype == np.int64 and abs(value or 0) < 1 << 31:
                # the width of the lake's columns, so that one compiled kernel serves all counties
                dtype = np.dtype(np.int8 if fact.kind.name == "choice" else np.int32)
            return np.full(rows, value or 0, dtype), None if value is not None else np.zeros(rows, bool)
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
        # narrow columns of the lake are read as they are; anything else becomes the kernel's own width
        if not (dtype == np.int64 and values.dtype in (np.int8, np.int32, np.int64)):
            values = values.astype(dtype)
        return np.ascontiguousarray(values), None if known is None else np.ascontiguousarray(known, bool)
