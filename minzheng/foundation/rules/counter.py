"""The counter reading: one household, plain Python, every variable's value kept.

Two functions are generated from the same plan: one for files in which every fact is known, which is the rules' own
text, and one that carries a known-flag beside each value. Unknown is None on the way in and out.
"""

from __future__ import annotations

from collections.abc import Callable

from .book import ON
from .lowering import YES, Lowering
from .plan import Level, Plan
from .words import age, full_months, months_between, round_half_up

HELPERS = {
    "age": age,
    "full_months": full_months,
    "months_between": months_between,
    "round_half_up": round_half_up,
}


def compile_counter(plan: Plan, *, complete: bool) -> Callable:
    """function(household facts, [member facts], standards, on) → (household values, [values of each pass]).

    Facts and standards are tuples in the plan's order; values likewise, in the order of the levels' rules.
    `complete`: nothing that comes in is None.
    """
    names: dict = dict(HELPERS)
    exec(compile(counter_source(plan, complete=complete), f"<规则 {plan.law.version}>", "exec"), names)  # noqa: S102 our own text
    return names["decide"]


def counter_source(plan: Plan, *, complete: bool) -> str:
    """The generated text; written to be read when in doubt."""
    out = Lowering()
    out.lines.append(f"def decide(household, members, standards, v_{ON}):")
    out.known[ON] = YES
    _unpack(out, plan, plan.household_facts, "household", complete)
    _unpack(out, plan, plan.standards, "standards", complete)
    # the kinds of pass only differ in what they unpack, so a fact's flag is the same text in each
    out.known |= {name: YES if complete else f"k_{name}" for name in plan.person_facts}
    passes: list[tuple[str, tuple[str, ...]]] = []
    for level in plan.levels:
        if level.entity == "household":
            for name in level.rules:
                out.rule(name, plan.law.bodies[name], plan.law.rules[name].args)
        else:
            _one_pass(out, plan, level, passes, complete)
    values = [name for level in plan.levels if level.entity == "household" for name in level.rules]
    out.line(f"return ({_packed(out, values)}), [{', '.join(kept for kept, _ in passes)}]")
    return "\n".join(out.lines) + "\n"


def _unpack(out: Lowering, plan: Plan, names: tuple[str, ...], source: str, complete: bool) -> None:
    if names:
        out.line(f"({_targets(names)}) = {source}")
    _split(out, plan, names, complete)


def _split(out: Lowering, plan: Plan, names: tuple[str, ...], complete: bool) -> None:
    """Makes a pair of each value that may be None."""
    for name in names:
        out.known[name] = YES if complete else f"k_{name}"
        if not complete:
            out.line(f"k_{name} = v_{name} is not None")
            out.line(f"if not k_{name}: v_{name} = {False if plan.law.kinds[name].name == 'bool' else 0}")


def _one_pass(
    out: Lowering, plan: Plan, level: Level, passes: list[tuple[str, tuple[str, ...]]], complete: bool
) -> None:
    """One loop over the members; earlier passes' values are unpacked again where a rule reads them."""
    reads = level.reads(plan.law)
    earlier = [(kept, names) for kept, names in passes if reads & set(names)]
    again = tuple(name for _, names in earlier for name in names if name in reads and out.known[name] != YES)
    kept = f"pass{len(passes)}"

    def opening() -> None:
        targets = [plan.person_facts, *(names for _, names in earlier)]
        unpacked = ", ".join(f"({_targets(names)})" if names else "_" for names in targets)
        sources = ["members", *(name for name, _ in earlier)]
        over_what = f"zip({', '.join(sources)})" if earlier else "members"
        out.line(f"for {unpacked} in {over_what}:")
        out.depth += 1
        _split(out, plan, tuple(name for name in plan.person_facts if name in reads), complete)
        _split(out, plan, again, complete)

    def closing() -> None:
        out.line(f"{kept}.append(({_packed(out, list(level.rules))}))")

    out.line(f"{kept} = []")
    out.member_pass(plan.law, level, opening, closing)
    passes.append((kept, level.rules))


def _targets(names: tuple[str, ...]) -> str:
    return "".join(f"v_{name}, " for name in names)


def _packed(out: Lowering, names: list[str]) -> str:
    return "".join(
        f"v_{name}, " if out.known[name] == YES else f"(v_{name} if {out.known[name]} else None), "
        for name in names
    )
