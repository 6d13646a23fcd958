"""Examples (样例): facts → expected answers, in YAML that officials can read; each is run in both readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .deciding import Counter
from .decision import Decision
from .errors import FactsError
from .facts_document import Facts, load_document
from .kinds import to_date
from .population import Population

UNDETERMINED = "未定"


@dataclass(frozen=True, slots=True)
class Example:
    """One worked case. `expect`: rule → written value; also members, reasons and missing (docs/rules.md)."""

    title: str
    file: str
    facts: Facts
    expect: dict[str, Any]


@dataclass(slots=True)
class Outcome:
    """An example with what went otherwise than expected, in words; empty is good."""

    example: Example
    failures: list[str] = field(default_factory=list)


def read_examples(folders: Iterable[Path], counter: Counter) -> list[Example]:
    """Every example under the folders' examples/; FactsError names file and title."""
    return [
        example
        for folder in folders
        for file in sorted(folder.glob("examples/*.yaml"))
        for example in _read(file, counter)
    ]


def _read(file: Path, counter: Counter) -> Iterator[Example]:
    for entry in load_document(file)["examples"]:
        where = f"{file.name}《{entry.get('title', '无标题')}》"
        if not entry.get("expect"):
            raise FactsError([f"{where}没有 expect。请写明预期结果。"])
        try:
            facts = counter.facts(entry)
        except FactsError as error:
            raise FactsError([f"{where}：{problem}" for problem in error.problems]) from None
        yield Example(entry["title"], file.name, facts, entry["expect"])


def run_examples(counter: Counter, examples: Sequence[Example], *, compiled: bool = False) -> list[Outcome]:
    """All examples at the counter and, gathered into small populations, in bulk (`compiled`: see Population.run)."""
    outcomes = [Outcome(example) for example in examples]
    for outcome in outcomes:
        decision = _decide(counter, outcome.example)
        outcome.failures += [f"窗口：{text}" for text in _differences(outcome.example, decision)]
    for group in _groups(counter, outcomes):
        law = counter.book.law(group[0].example.facts.on)
        rows = in_bulk(counter, [outcome.example.facts for outcome in group], law.order, compiled=compiled)
        for outcome, (household, members) in zip(group, rows, strict=True):
            decision = _decide(counter, outcome.example)
            pairs = [("家庭", decision.values, household)]
            pairs += zip(outcome.example.facts.who, decision.member_values, members, strict=True)
            for who, at_counter, bulk in pairs:
                outcome.failures += [
                    f"批量：{who}的 {name} 为 {bulk[name]}，窗口为 {at_counter[name]}"
                    for name in at_counter
                    if bulk[name] != at_counter[name]
                ]
    return outcomes


def _decide(counter: Counter, example: Example) -> Decision:
    """About the family, unless the example asks for rules that judge something else."""
    law = counter.book.law(example.facts.on)
    apart = [name for name in example.expect if name in law.rules and name not in law.about_families]
    return counter.decide(example.facts, apart or None)


def _groups(counter: Counter, outcomes: Iterable[Outcome]) -> Iterable[list[Outcome]]:
    groups: dict[tuple, list[Outcome]] = {}
    for outcome in outcomes:
        facts = outcome.example.facts
        groups.setdefault((facts.on, facts.standards), []).append(outcome)
    return groups.values()


def in_bulk(
    counter: Counter, families: Sequence[Facts], want: Iterable[str] | None, *, compiled: bool = False
) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The population reading of families of one day and set: (household values, members' values) each; None unknown."""
    import numpy as np

    population = Population(counter, want, to_date(families[0].on), families[0].standards)
    plan = population.plan

    def column(values: list[int | bool | None]) -> tuple[np.ndarray, np.ndarray]:
        return np.array([value or 0 for value in values]), np.array(
            [value is not None for value in values], bool
        )

    everyone = [member for family in families for member in family.members]
    regions = sorted({family.region for family in families})
    results = population.run(
        {name: column([family.household.get(name) for family in families]) for name in plan.household_facts},
        {name: column([member.get(name) for member in everyone]) for name in plan.person_facts},
        np.array([len(family.members) for family in families]),
        np.array([regions.index(family.region) for family in families]),
        regions,
        compiled=compiled,
    )
    answers = {
        name: [value.item() if known else None for value, known in zip(*pair, strict=True)]
        for name, pair in results.items()
    }
    of_household = [name for name in plan.want if plan.law.rules[name].entity == "household"]
    of_person = [name for name in plan.want if plan.law.rules[name].entity == "person"]
    rows, first = [], 0
    for i, family in enumerate(families):
        places = range(first, first := first + len(family.members))
        rows.append(
            (
                {name: answers[name][i] for name in of_household},
                [{name: answers[name][j] for name in of_person} for j in places],
            )
        )
    return rows


def _differences(example: Example, decision: Decision) -> Iterator[str]:
    expect = dict(example.expect)
    members = expect.pop("members", {})
    reasons, missing = expect.pop("reasons", None), expect.pop("missing", None)
    if reasons is not None:
        holding = [name for name, value in decision.values.items() if name.startswith("reason_") and value]
        if sorted(holding) != sorted(reasons):
            yield f"不符合的条件为 {holding}，预期 {reasons}"
    if missing is not None:
        waits = [
            wait.name if wait.member is None else f"{decision.facts.who[wait.member]}.{wait.name}"
            for wait in decision.missing()
        ]
        if sorted(waits) != sorted(missing):
            yield f"尚缺 {waits}，预期 {missing}"
    yield from _compared("", expect, decision.values, decision)
    for who, wanted in members.items():
        if who not in decision.facts.who:
            yield f"没有成员 {who}"
        else:
            yield from _compared(
                f"{who}的 ", wanted, decision.member_values[decision.facts.who.index(who)], decision
            )


def _compared(who: str, expect: dict[str, Any], values: dict[str, Any], decision: Decision) -> Iterator[str]:
    for name, written in expect.items():
        if name not in values:
            yield f"没有规则 {who}{name}"
            continue
        kind = decision.law.kinds[name]
        wanted = None if written == UNDETERMINED else kind.read(written)
        if values[name] != wanted:
            yield f"{who}{name} 为 {kind.show(values[name])}，预期 {kind.show(wanted)}"
