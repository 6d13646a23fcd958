"""The population reading: all wanted rules fused into one function over households and their members, compiled by Numba.

Work goes tile by tile: some hundred households with their members, so that what a pass leaves for the next one stays
in the processor's cache. Each level of the plan is a pass: one straight loop without branches over the households or
the members of the tile, which the compiler turns into vector instructions. A sum over a household's members is the
difference of two running sums, so even that has no loop of its own. Every pass is given the whole columns and where
the tile begins in them: a slice of each column for each pass took the compiler longer than all else together.

The generated module is named by the hash of its text, so the compiled code is found again by every later process
(and can be shipped to Spark executors). Members lie beside their household, in the same order.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Collection
from pathlib import Path

from .book import ON
from .compiled import compile_kernel
from .grammar import Over
from .kinds import Kind
from .lowering import YES, Lowering, gathered
from .plan import Level, Plan

# Households of a tile: enough to make starting a pass cheap, few enough for the second-level cache.
TILE = 512
# A pass is only called by the kernel: no way in from Python need be compiled.
DECORATOR = "@njit(error_model='numpy', noalias=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)"
# Where a tile begins in the whole columns.
FIRST = {"household": "first_household", "person": "first_member"}
WORDS = Path(__file__).with_name("kernel_words.py")
HEAD = """# {digest}
import numpy as np
from numba import njit

from minzheng.foundation.rules.kernel_words import age, full_months, lay_out, months_between, most_members, pick, quotient, round_half_up


"""


def kernel_source(
    plan: Plan, flagged: Collection[str] | None = None, *, uniform: bool = False, tile: int = TILE
) -> str:
    """Text of the module with `kernel`; its arguments are those of `arguments`.

    `flagged`: facts and standards of which some may be unknown (None: any). All others are compiled as always known,
    and what follows from them carries no flags. `uniform`: all households live under the same standards (row 0).
    `tile`: households of a tile.
    """
    # Compiled code is kept by this text alone, so it must change when the words do.
    head = HEAD.format(digest=hashlib.sha256(WORDS.read_bytes()).hexdigest())
    return head + Kernel(plan, flagged, uniform, tile).text() + "\n"


def arguments(plan: Plan) -> list[str]:
    """Names of the kernel's arguments in order."""
    facts = [*plan.household_facts, *plan.person_facts]
    return [
        *("start", "law", f"v_{ON}", "standards", "standards_known"),
        *(f"{part}_{name}" for name in facts for part in ("f", "n")),
        *(f"{part}_{name}" for name in plan.want for part in ("o", "q")),
    ]


class Kernel:
    """Writes the kernel of one plan: a function per pass, and the one that leads each tile through them."""

    def __init__(self, plan: Plan, flagged: Collection[str] | None, uniform: bool, tile: int) -> None:
        self.plan, self.law, self.flagged, self.uniform, self.tile = plan, plan.law, flagged, uniform, tile
        self.out = Lowering(branchless=True)
        self.out.known[ON] = YES
        self.scratch: dict[str, str] = {}  # a row of the tile → how it is made
        self.calls: list[str] = []
        self.place = {name: at for at, level in enumerate(plan.levels) for name in level.rules}
        self.readers: dict[str, set[int]] = {}
        for at, level in enumerate(plan.levels):
            for rule in level.rules:
                for read in plan.law.reads(rule):
                    self.readers.setdefault(read, set()).add(at)

    def text(self) -> str:
        passes = [_Pass(self, at, level) for at, level in enumerate(self.plan.levels)]
        self.calls = [call for one in passes for call in one.calls]
        return "\n\n\n".join([*(one.text for one in passes), self.kernel()])

    def kernel(self) -> str:
        """Leads each tile through the passes. What rows it needs was learnt by writing them."""
        lines = [
            "@njit(cache=True, nogil=True, error_model='numpy')",
            f"def kernel({', '.join(arguments(self.plan))}):",
            "    households = start.shape[0] - 1",
            f"    tile, most = min(households, {self.tile}), most_members(start, {self.tile})",
            "    first, end = np.empty(tile, np.int64), np.empty(tile, np.int64)",
            "    own = np.empty(most, np.int64)",
            *(f"    {name} = {made}" for name, made in self.scratch.items()),
            f"    for i0 in range(0, households, {self.tile}):",
            f"        i1 = min(i0 + {self.tile}, households)",
            "        j0, j1 = start[i0], start[i1]",
            "        first_household, first_member = np.uint64(i0), np.uint64(j0)",
            "        lay_out(start[i0:i1 + 1], first, end, own)",
            *(f"        {call}" for call in self.calls),
        ]
        return "\n".join(lines)

    def may_be_unknown(self, name: str) -> bool:
        return self.flagged is None or name in self.flagged

    def kept(self, name: str, at: int) -> bool:
        """Does a later pass read this rule?"""
        return any(reader > at for reader in self.readers.get(name, ()))

    def row(self, name: str, entity: str, kind: str) -> str:
        """A row of the tile that lasts from one pass to another."""
        self.scratch.setdefault(name, f"np.empty({'tile' if entity == 'household' else 'most'}, np.{kind})")
        return name


class _Pass:
    """One loop over the households or the members of a tile, as a function of its own."""

    def __init__(self, kernel: Kernel, at: int, level: Level) -> None:
        self.kernel, self.level, self.at = kernel, level, at
        self.law, self.out = kernel.law, kernel.out
        self.given: dict[str, str] = {}  # parameter → what the kernel gives for it
        self.loaded: set[str] = set()
        self.out.lines, self.out.depth = [], 2
        summed: dict[str, str] = {}
        for name in level.rules:
            for read in self.law.rules[name].args.values():
                self.load(read)
            self.out.rule(name, self.law.bodies[name], self.law.rules[name].args)
            self.store(name)
        for over in level.gathers:
            self.load(over.name)
            self.prepare(over, summed)
        rows = "i1 - i0" if level.entity == "household" else "j1 - j0"
        head = f"def pass_{at}({', '.join(['rows', *self.given])}):"
        loop = ["    for i in range(rows):"]
        if (begin := FIRST[level.entity]) in self.given:
            loop.append(f"        at = {begin} + np.uint64(i)")
        self.text = "\n".join([DECORATOR, head, *loop, *self.out.lines])
        self.calls = [f"pass_{at}({', '.join([rows, *self.given.values()])})"]
        if summed:
            self.add_up(summed)

    def parameter(self, name: str, given: str) -> str:
        self.given[name] = given
        return name

    def load(self, read: str | Over) -> None:
        """Statements that bring what a rule reads into the loop."""
        name = gathered(read) if isinstance(read, Over) else read
        if name in self.loaded or self.kernel.place.get(name) == self.at:
            return
        self.loaded.add(name)
        if isinstance(read, Over):
            self.load_sum(read)
        elif name == ON:
            self.parameter(f"v_{ON}", f"v_{ON}")
        elif self.law.is_standard(name):
            self.load_standard(name)
        else:
            self.load_row(name)

    def load_standard(self, name: str) -> None:
        column = self.kernel.plan.standards.index(name)
        known = self.kernel.may_be_unknown(name)
        truth = " != 0" if self.law.kinds[name].name == "bool" else ""
        self.out.known[name] = f"k_{name}" if known else YES
        if self.kernel.uniform:
            self.parameter(f"v_{name}", f"standards[0, {column}]{truth}")
            if known:
                self.parameter(f"k_{name}", f"standards_known[0, {column}]")
            return
        row = f"{self.parameter('law', 'law')}[{self.place('household')}]"
        self.out.line(f"v_{name} = {self.parameter('standards', 'standards')}[{row}, {column}]{truth}")
        if known:
            table = self.parameter("standards_known", "standards_known")
            self.out.line(f"k_{name} = {table}[{row}, {column}]")

    def load_row(self, name: str) -> None:
        """A fact, or a rule of an earlier pass; a member also sees the household's."""
        entity, fact = self.law.entity(name), name in self.law.catalogue
        if fact:
            values, flags = f"f_{name}", f"n_{name}"
            self.out.known[name] = f"k_{name}" if self.kernel.may_be_unknown(name) else YES
        else:
            values, flags = (
                (f"o_{name}", f"q_{name}") if name in self.kernel.plan.want else (f"r_{name}", f"s_{name}")
            )
        at = self.index(entity) if values.startswith("r_") else self.place(entity)
        value = f"{self.parameter(values, values)}[{at}]"
        self.out.line(f"v_{name} = {value if self.is_truth(name) else f'np.int64({value})'}")
        if self.out.known[name] != YES:
            self.out.line(f"k_{name} = {self.parameter(flags, flags)}[{at}]")

    def load_sum(self, over: Over) -> None:
        """What the household's members add up to: the running sum behind its last one less that before its first."""
        name = gathered(over)
        known = self.out.known[over.name]

        def added(row: str) -> str:
            running = self.parameter(f"c_{row}", f"c_{row}")
            ends = self.parameter("end", "end"), self.parameter("first", "first")
            return f"{running}[{ends[0]}[i]] - {running}[{ends[1]}[i]]"

        value = added(_summand(over))
        if over.how in ("any_of", "all_of"):
            # the sum counts those who settle it: a known yes, or a known no
            value = f"({value}) {'> 0' if over.how == 'any_of' else '== 0'}"
        self.out.line(f"v_{name} = {value}")
        self.out.known[name] = YES
        if known == YES:
            return
        self.out.line(f"k_{name} = ({added(f'unknown_{over.name}')}) == 0")
        if over.how in ("any_of", "all_of"):
            settled = f"v_{name}" if over.how == "any_of" else self.out.no(f"v_{name}")
            self.out.line(f"k_{name} = k_{name} | {settled}")
        self.out.known[name] = f"k_{name}"

    def store(self, name: str) -> None:
        out, entity = self.out, self.level.entity
        if name in self.kernel.plan.want:
            at = self.place(entity)
            out.line(f"{self.parameter(f'o_{name}', f'o_{name}')}[{at}] = v_{name}")
            out.line(f"{self.parameter(f'q_{name}', f'q_{name}')}[{at}] = {out.known[name]}")
        elif self.kernel.kept(name, self.at):
            self.keep(f"r_{name}", f"v_{name}", "bool_" if self.is_truth(name) else "int64")
            if out.known[name] != YES:
                self.keep(f"s_{name}", out.known[name], "bool_")

    def keep(self, row: str, value: str, kind: str) -> None:
        self.parameter(row, self.kernel.row(row, self.level.entity, kind))
        self.out.line(f"{row}[i] = {value}")

    def prepare(self, over: Over, summed: dict[str, str]) -> None:
        """The member's share of a sum, and whether it is unknown; the running sums are made after this pass."""
        out, known = self.out, self.out.known[over.name]
        value, row = f"v_{over.name}", _summand(over)
        if row not in summed:
            if over.how == "any_of":
                value = out.all(known, value)
            elif over.how == "all_of":
                value = out.all(known, out.no(value))
            summed[row] = "int64" if over.how == "total" else "bool_"
            self.keep(f"a_{row}", value, summed[row])
        if known != YES and (row := f"unknown_{over.name}") not in summed:
            summed[row] = "bool_"
            self.keep(f"a_{row}", out.no(known), "bool_")

    def add_up(self, summed: dict[str, str]) -> None:
        """A function that makes the running sums of what this pass left."""
        given = [f"{part}_{row}" for row in summed for part in ("a", "c")]
        lines = [DECORATOR, f"def sums_{self.at}(rows, {', '.join(given)}):"]
        for row in summed:
            self.kernel.scratch[f"c_{row}"] = "np.empty(most + 1, np.int64)"
            lines.append(f"    t_{row} = c_{row}[0] = 0")
        lines.append("    for i in range(rows):")
        for row in summed:
            lines += [f"        t_{row} += a_{row}[i]", f"        c_{row}[i + 1] = t_{row}"]
        self.text += "\n\n\n" + "\n".join(lines)
        self.calls.append(f"sums_{self.at}(j1 - j0, {', '.join(given)})")

    def place(self, entity: str) -> str:
        """Where this row finds its value in a whole column. Unsigned, so that no look is taken for a place below 0."""
        begin = self.parameter(FIRST[entity], FIRST[entity])
        return "at" if entity == self.level.entity else f"{begin} + np.uint64({self.index(entity)})"

    def index(self, entity: str) -> str:
        """Where this row finds its value in a row of the tile: a member's household is the one that owns it."""
        return "i" if entity == self.level.entity else f"{self.parameter('own', 'own')}[i]"

    def is_truth(self, name: str) -> bool:
        return self.law.kinds[name].name == "bool"


def _summand(over: Over) -> str:
    return f"{over.how}_{over.name}"


def column_type(kind: Kind) -> str:
    return "bool_" if kind.name == "bool" else "int64"


@functools.lru_cache(maxsize=64)
def kernel_for(plan: Plan, flagged: frozenset[str] | None, uniform: bool) -> Callable:
    """The compiled kernel of a plan; see kernel_source."""
    return compile_kernel(kernel_source(plan, flagged, uniform=uniform))
