"""What everybody of a region is due in a month: each benefit's own rule over all, from one reading of the facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings

from minzheng.datacenter.screening.scope import last_day
from minzheng.foundation.benefits.words import Benefit, Unit
from minzheng.foundation.people.population import Columns, population_columns
from minzheng.foundation.rules import Population, QuestionError, default_counter

if TYPE_CHECKING:
    import numpy as np

Reader = Callable[..., Columns]


@dataclass(frozen=True)
class Due:
    """What every household, or every member, is due: `fen` a month where `known`, in the order of `subjects`.

    `counts` says of each member whether a household's right is theirs too (Benefit.whose); None: it does not say.
    """

    benefit: Benefit
    population: Population
    columns: Columns
    fen: np.ndarray
    known: np.ndarray
    counts: np.ndarray | None = None

    @property
    def of_persons(self) -> bool:
        return self.benefit.unit is Unit.PERSON

    @property
    def subjects(self) -> np.ndarray:
        """Ids of the households or persons."""
        return self.columns.person_ids if self.of_persons else self.columns.household_ids

    @cached_property
    def regions(self) -> np.ndarray:
        """The division (12-digit code) of each subject's household."""
        import numpy as np

        codes = np.array(self.columns.regions or [""])[self.columns.region_index]
        return np.repeat(codes, self.columns.member_count) if self.of_persons else codes

    @property
    def missing_standards(self) -> list[str]:
        """Standards that the rule may read and that some division has not set."""
        population = self.population
        rows = [population.standards.row(region, population.on) for region in self.columns.regions]
        return [name for name in population.plan.standards if any(name not in row for row in rows)]

    def by_subject(self) -> dict[int, int]:
        """{household or person: fen a month} of those who are certainly due something."""
        sure = self.known & (self.fen > 0)
        return dict(zip(self.subjects[sure].tolist(), self.fen[sure].tolist(), strict=True))


def populations(benefits: Iterable[Benefit], month: dt.date) -> dict[str, tuple[Benefit, Population]]:
    """The rules of those benefits that exist in the month, ready to run."""
    found = {}
    for benefit in benefits:
        if benefit.once or benefit.by_visit:
            continue  # nobody is due it month after month, or no register knows who is
        want = [name for name in (benefit.amount, benefit.whose) if name]
        try:
            population = Population(default_counter(), want, last_day(month), settings.STANDARDS_SET)
        except QuestionError:
            continue  # there was no such benefit yet, or there is none any more
        found[benefit.code] = benefit, population
    return found


def everybody_due(
    asked: Mapping[str, tuple[Benefit, Population]], month: dt.date, prefix: str, read: Reader
) -> list[Due]:
    """Run each rule over everybody; the facts that any of them needs are read once."""
    names: dict[str, None] = {}
    for _, population in asked.values():
        names |= dict.fromkeys([*population.plan.household_facts, *population.plan.person_facts])
    columns = read(prefix, last_day(month), list(names), default_counter().book.catalogue)
    return [_due(benefit, population, columns) for benefit, population in asked.values()]


def _due(benefit: Benefit, population: Population, columns: Columns) -> Due:
    answers = population.run(
        columns.households, columns.members, columns.member_count, columns.region_index, columns.regions
    )
    fen, known = answers[benefit.amount]
    counts = None
    if benefit.whose:
        yes, sure = answers[benefit.whose]
        counts = yes & sure
    return Due(benefit, population, columns, fen, known, counts)


def due_in(benefit: Benefit, month: dt.date, prefix: str, read: Reader = population_columns) -> Due:
    """One benefit over everybody; `read` takes the facts from the database or from the lake."""
    return everybody_due(populations([benefit], month), month, prefix, read)[0]
