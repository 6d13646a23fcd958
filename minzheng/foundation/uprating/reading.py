"""The benefit's own rule over every right of a county, month after month, on unchanged facts: only the standards move.

The facts are those on which the amount was decided, as the decision keeps them; for a right that came from an earlier
system, those of our registers. A right is uprated only if the same facts give, by the standards of the month before,
exactly what is paid: otherwise something else has changed too, and a person must look first.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.db import connection

from minzheng.foundation.benefits.models import State
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.benefits.words import Benefit, Unit
from minzheng.foundation.people.population import Columns, population_columns
from minzheng.foundation.rules import FactsError, Population, QuestionError, default_counter
from minzheng.foundation.rules.facts_document import Facts

if TYPE_CHECKING:
    import numpy as np

AT_ONCE = 5000
# What is paid by a decided amount from the month on. A gradual exit goes on at the old amount (民发〔2022〕83号).
_PIECES = """
    SELECT a.id, e.id, CASE WHEN e.household_id IS NULL THEN e.person_id ELSE e.household_id END, e.region_id,
           a.from_month, a.until_month, e.since_month, e.until_month, e.paid_before, a.amount_fen, a.decision->'facts'
    FROM benefits_entitlement e
    JOIN benefits_entitlementamount a ON a.entitlement_id = e.id AND a.superseded_at IS NULL AND a.amount_fen > 0
    WHERE e.benefit = %(benefit)s AND e.region_id BETWEEN %(first)s AND %(last)s
      AND e.state NOT IN (%(void)s, %(exiting)s) AND e.end_reason <> 'gradual_exit'
      AND a.from_month <= %(through)s AND (a.until_month IS NULL OR a.until_month >= %(from)s)
      AND (e.until_month IS NULL OR e.until_month >= %(from)s)
    ORDER BY e.id, a.from_month
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """One amount in force, with the span of months for which it is paid."""

    row: int
    entitlement: int
    subject: int  # the household or the person
    region: str
    from_month: dt.date
    until_month: dt.date | None
    since: dt.date
    ends: dt.date | None
    paid_before: dt.date | None
    fen: int
    facts: dict[str, Any] | None

    def is_paid_in(self, month: dt.date) -> bool:
        return (
            max(self.from_month, self.since) <= month
            and (self.until_month is None or month <= self.until_month)
            and (self.ends is None or month <= self.ends)
        )


@dataclass(frozen=True)
class Read:
    """Some pieces with their amounts: `fen[month][i]`, and whether it is `known`. The first month is the one before."""

    pieces: Sequence[Piece]
    fen: np.ndarray
    known: np.ndarray
    waits: Sequence[str]  # in words, why a piece's amount is not known; empty where it is


def pieces(declared: Benefit, county: str, from_month: dt.date, through: dt.date) -> Iterator[list[Piece]]:
    """Lots of pieces in order of their rights."""
    scope: dict[str, Any] = {
        "benefit": declared.code,
        "first": county[:6].ljust(12, "0"),
        "last": county[:6].ljust(12, "9"),
        "void": State.VOID.value,
        "exiting": State.EXITING.value,
        "from": from_month,
        "through": through,
    }
    with connection.chunked_cursor() as cursor:
        cursor.execute(_PIECES, scope)
        while rows := cursor.fetchmany(AT_ONCE):
            yield [Piece(*row[:-1], json.loads(row[-1]) if row[-1] else None) for row in rows]  # type: ignore[call-arg]


class Reader:
    """Amounts of any pieces of one benefit and county, for months in a row. Kernels and registers are read once."""

    def __init__(self, declared: Benefit, county: str, months: Sequence[dt.date]) -> None:
        self.declared, self.county, self.months = declared, county, months
        self.counter = default_counter()
        self.populations = [self._population(month) for month in months]

    def read(self, lot: Sequence[Piece]) -> Read:
        import numpy as np

        shape = (len(self.months), len(lot))
        fen, known = np.zeros(shape, np.int64), np.zeros(shape, bool)
        waits = [""] * len(lot)
        decided = [place for place, one in enumerate(lot) if one.facts]
        self._by_decisions(lot, decided, fen, known, waits)
        others = [place for place, one in enumerate(lot) if not one.facts]
        if others:
            self._by_registers(lot, others, fen, known, waits)
        return Read(lot, fen, known, waits)

    def _by_decisions(
        self,
        lot: Sequence[Piece],
        places: Sequence[int],
        fen: np.ndarray,
        known: np.ndarray,
        waits: list[str],
    ) -> None:
        families: list[Facts] = []
        sound: list[int] = []
        for place in places:
            one = lot[place]
            try:
                families.append(
                    self.counter.facts(one.facts, standards=settings.STANDARDS_SET, region=one.region)
                )
                sound.append(place)
            except FactsError as error:
                waits[place] = f"认定时的事实不能再用于计算：{error.problems[0]}"
        if not families:
            return
        for at, population in enumerate(self.populations):
            if population is not None:
                fen[at, sound], known[at, sound] = self._run(population, families)
        self._say_what_is_missing(families, sound, known, waits)

    def _run(self, population: Population, families: Sequence[Facts]) -> tuple[np.ndarray, np.ndarray]:
        import numpy as np

        plan = population.plan
        everyone = [member for family in families for member in family.members]
        counts = np.array([len(family.members) for family in families])
        regions = sorted({family.region for family in families})
        place = {region: at for at, region in enumerate(regions)}
        fen, known = population.run(
            {
                name: _column([family.household.get(name) for family in families])
                for name in plan.household_facts
            },
            {name: _column([member.get(name) for member in everyone]) for name in plan.person_facts},
            counts,
            np.array([place[family.region] for family in families]),
            regions,
        )[self.declared.amount]
        if self.declared.unit is Unit.PERSON:  # whom the decision is about stands first
            first = np.cumsum(counts) - counts
            return fen[first], known[first]
        return fen, known

    def _say_what_is_missing(
        self, families: Sequence[Facts], places: Sequence[int], known: np.ndarray, waits: list[str]
    ) -> None:
        about = 0 if self.declared.unit is Unit.PERSON else None
        is_known = cast("np.ndarray", known.all(axis=0))
        for family, place in zip(families, places, strict=True):
            if is_known[place] or waits[place]:
                continue
            decision = self.counter.decide(family, [self.declared.amount], about=about)
            lacking = [decision.describe(wait) for wait in decision.missing(self.declared.amount)]
            waits[place] = f"缺少：{lacking[0]}" if lacking else "新标准还没有登记，算不出金额"

    def _by_registers(
        self,
        lot: Sequence[Piece],
        places: Sequence[int],
        fen: np.ndarray,
        known: np.ndarray,
        waits: list[str],
    ) -> None:
        import numpy as np

        subjects, by_month = self._of_registers
        wanted = np.array([lot[place].subject for place in places])
        at = np.searchsorted(subjects, wanted)
        at[at == len(subjects)] = 0
        found = subjects[at] == wanted if len(subjects) else np.zeros(len(wanted), bool)
        columns = np.array(places)
        for month, (values, sure) in enumerate(by_month):
            fen[month, columns[found]] = values[at[found]]
            known[month, columns[found]] = sure[at[found]]
        for place, is_found in zip(places, found, strict=True):
            if not is_found:
                waits[place] = "台账上没有家庭档案，算不出金额"
            elif not known[:, place].all():
                waits[place] = "台账上的事实不全，算不出金额"

    @cached_property
    def _of_registers(self) -> tuple[np.ndarray, list[tuple[np.ndarray, np.ndarray]]]:
        """Ids in order, and amounts of each month: the registers as they stood before the new standard."""
        import numpy as np

        names: dict[str, None] = {}
        for population in self.populations:
            if population is not None:
                names |= dict.fromkeys([*population.plan.household_facts, *population.plan.person_facts])
        columns = population_columns(
            self.county[:6], last_day(self.months[0]), list(names), self.counter.book.catalogue
        )
        ids = columns.person_ids if self.declared.unit is Unit.PERSON else columns.household_ids
        order = np.argsort(ids, kind="stable")
        by_month = []
        for population in self.populations:
            fen, known = self._amounts(population, columns)
            by_month.append((fen[order], known[order]))
        return ids[order], by_month

    def _amounts(self, population: Population | None, columns: Columns) -> tuple[np.ndarray, np.ndarray]:
        import numpy as np

        if population is None:
            size = len(columns.person_ids if self.declared.unit is Unit.PERSON else columns.household_ids)
            return np.zeros(size, np.int64), np.zeros(size, bool)
        return population.run(
            columns.households, columns.members, columns.member_count, columns.region_index, columns.regions
        )[self.declared.amount]

    def _population(self, month: dt.date) -> Population | None:
        try:
            return Population(self.counter, [self.declared.amount], last_day(month), settings.STANDARDS_SET)
        except QuestionError:
            return None  # the benefit's rule did not exist yet


def _column(values: list[int | bool | None]) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np

    return np.array([value or 0 for value in values]), np.array([value is not None for value in values], bool)
