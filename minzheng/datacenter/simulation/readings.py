"""The facts of a region, read once, and the monthly amounts under two sets of standards by the same kernel."""

from __future__ import annotations

import datetime as dt
from collections import Counter as Tally
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from minzheng.datacenter.simulation.reform import Reform, ReformError, reformed
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.people.population import Columns, population_columns
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules import Counter, Population
from minzheng.foundation.rules.book import ON
from minzheng.foundation.rules.kinds import read_date
from minzheng.foundation.rules.missing import Walk

if TYPE_CHECKING:
    import numpy as np

# What the results are divided by, beside the region; facts of the common catalogue (foundation/people/facts.yaml).
GROUPED_BY = ("category", "birth_date", "disability_grade", "alive")
EVERY = 500  # households between two movements of the bar


@dataclass(frozen=True)
class Reading:
    """Fen a month of each household, where known, under one set of standards."""

    population: Population
    fen: np.ndarray
    known: np.ndarray


@dataclass(frozen=True)
class Readings:
    """Both readings of one region, household by household. Lives in memory only and is never kept or returned."""

    benefits: list[Benefit]
    columns: Columns
    before: Reading
    after: Reading


def benefits_touched(counter: Counter, reform: Reform, on: dt.date) -> list[Benefit]:
    """The benefits whose amount reads a changed standard. ReformError names a change that no benefit reads."""
    law = counter.book.law(read_date(on))
    reads = {one.code: _standards_read(law, one.amount) for one in _monthly() if one.amount in law.rules}
    standards = counter.standards(reform.base)
    idle = [name for name in reform.changes if not any(name in names for names in reads.values())]
    if idle:
        raise ReformError(
            [
                f"{standards.declared[name].label}（{name}）在 {on} 不影响任何待遇的金额，测算不出差别。请从方案中去掉。"
                for name in idle
            ]
        )
    return [one for one in shelf(Benefit) if reads.get(one.code, set()) & set(reform.changes)]


def standards_of_benefits(counter: Counter, on: dt.date) -> list[str]:
    """Names of the standards that some benefit's amount reads on that day."""
    law = counter.book.law(read_date(on))
    return sorted(
        set().union(*(_standards_read(law, one.amount) for one in _monthly() if one.amount in law.rules))
    )


def _monthly() -> list[Benefit]:
    """A reform is priced by what it costs each month; what is given once follows no standard of a month."""
    return [one for one in shelf(Benefit) if not one.once]


def _standards_read(law: Any, rule: str) -> set[str]:
    return {read for name in law.closure((rule,)) for read in law.reads(name) if law.is_standard(read)}


def read_twice(counter: Counter, reform: Reform, prefix: str, on: dt.date, facts_on: dt.date) -> Readings:
    """Run the rules of `on` over the households below `prefix`, as known on `facts_on`, with both sets of standards."""
    benefits = benefits_touched(counter, reform, on)
    want = [one.amount for one in benefits]
    base = counter.standards(reform.base)
    pair = [Population(counter, want, on, one) for one in (base, reformed(base, reform))]
    plan = pair[0].plan
    names = list(dict.fromkeys([*plan.household_facts, *plan.person_facts, *GROUPED_BY]))
    columns = population_columns(prefix, facts_on, names, counter.book.catalogue)
    before, after = (_read(population, columns) for population in pair)
    return Readings(benefits, columns, before, after)


def _read(population: Population, columns: Columns) -> Reading:
    """Amounts of all wanted rules together; a benefit of persons counts for their household."""
    import numpy as np

    results = population.run(
        columns.households, columns.members, columns.member_count, columns.region_index, columns.regions
    )
    size = len(columns.member_count)
    fen, known = np.zeros(size, np.int64), np.ones(size, bool)
    for name, (values, flags) in results.items():
        if population.plan.law.rules[name].entity == "person":
            row = columns.household_row()
            np.add.at(fen, row, np.where(flags, values, 0))
            known &= np.bincount(row[~flags], minlength=size) == 0
        else:
            fen += np.where(flags, values, 0)
            known &= flags
    return Reading(population, fen, known)


def missing_names(readings: Readings, progress: Callable[[int, int], None]) -> Mapping[str, int]:
    """{fact or standard: households that stay undetermined for want of it}; `progress(done, of)` is told now and then."""
    columns = readings.columns
    rows = (~(readings.before.known & readings.after.known)).nonzero()[0].tolist()
    start = [0, *columns.member_count.cumsum().tolist()]
    tally: Tally[str] = Tally()
    for done, row in enumerate(rows):
        side = readings.after if readings.before.known[row] else readings.before
        region = columns.regions[int(columns.region_index[row])]
        standards = side.population.standards.row(region, side.population.on)
        walk = _walk(side.population, columns, row, start[row], start[row + 1], standards)
        tally.update(
            {
                wait.name
                for rule in side.population.plan.want
                for member in _members_of(side.population, rule, start[row + 1] - start[row])
                for wait in walk.missing(rule, member)
            }
        )
        if done % EVERY == 0:
            progress(done, len(rows))
    return tally


def _members_of(population: Population, rule: str, size: int) -> list[int | None]:
    return [*range(size)] if population.plan.law.rules[rule].entity == "person" else [None]


def _walk(
    population: Population, columns: Columns, row: int, first: int, last: int, standards: Mapping[str, Any]
) -> Walk:
    """The rule engine's own explanation of one household, fed from the columns that are already in memory."""
    law = population.plan.law

    def read(name: str, member: int | None) -> int | bool | None:
        if name == ON:
            return population.on
        if law.is_standard(name):
            return standards[name].value if name in standards else None
        values, known = columns.households[name] if member is None else columns.members[name]
        at = row if member is None else first + member
        return values[at].item() if known[at] else None

    return Walk(law, last - first, read)
