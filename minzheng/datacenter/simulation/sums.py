"""Two readings summed up: households, persons and fen by what becomes of them, by region and by group of people."""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minzheng.datacenter.simulation.readings import Readings
from minzheng.foundation.rules import Standards
from minzheng.foundation.rules.catalogue import FactCatalogue
from minzheng.foundation.rules.kinds import read_date

if TYPE_CHECKING:
    import numpy as np

# What becomes of a household; the order is that of all tables.
FATES = {
    "gain": "金额提高",
    "lose": "金额降低",
    "come_in": "新纳入",
    "drop_out": "不再符合",
    "same": "金额不变",
    "neither": "前后都不符合",
    "undetermined": "缺少事实，未定",
}
UP, DOWN, UNDETERMINED = ("gain", "come_in"), ("lose", "drop_out"), "undetermined"
# Bounds of the bars that show how much changes, in fen a month. They only draw a picture and decide nothing.
BOUNDS = (5_000, 10_000, 20_000, 50_000)


@dataclass(frozen=True)
class Line:
    """One row of a table. Counts by fate in the order of FATES; fen a month of the households that are determined.

    `paid_before`, `paid_after`, `changed`: households behind each sum of money.
    """

    code: str
    label: str
    households: list[int]
    persons: list[int]
    before: int = 0
    after: int = 0
    paid_before: int = 0
    paid_after: int = 0
    changed: int = 0


@dataclass(frozen=True)
class Sums:
    """All tables of one simulation, exact and without anybody's own row.

    Each of `by_region` and `by_residence` adds up to `total`; `by_age` and `by_disability` do so in persons only.
    `by_fate` has a line for each fate; `bands`: (label, is a rise, households).
    """

    total: Line
    by_fate: list[Line]
    by_region: list[Line]
    by_residence: list[Line]
    by_age: list[Line]
    by_disability: list[Line]
    bands: list[tuple[str, bool, int]]


def sum_up(readings: Readings, standards: Standards, names: dict[str, str], digits: int, catalogue: FactCatalogue, on: dt.date) -> Sums:  # fmt: skip
    """`names`: {code prefix of `digits` digits: name} of the divisions to compare."""
    import numpy as np

    columns = readings.columns
    fates = fates_of(readings)
    alive = columns.members["alive"][0]
    persons = np.bincount(columns.household_row()[alive], minlength=len(fates))
    parts, part_of_region = np.unique([code[:digits] for code in columns.regions], return_inverse=True)
    part = part_of_region[columns.region_index] if len(columns.regions) else columns.region_index
    table = _Table(readings, fates, persons)
    residence = catalogue["category"].kind.options
    urban, urban_known = columns.households["category"]
    return Sums(
        total=table.line("", "合计", np.ones(len(fates), bool)),
        by_fate=[
            table.line(code, label, fates == number) for number, (code, label) in enumerate(FATES.items())
        ],
        by_region=[
            table.line(str(code), names.get(str(code), "未分到下一级"), part == number)
            for number, code in enumerate(parts)
        ],
        by_residence=table.lines([*residence, "城乡未知"], np.where(urban_known, urban, len(residence))),
        by_age=table.lines_of_persons(
            ["未成年人", "成年人", "老年人", "年龄未知"], _ages(readings, standards, on), alive
        ),
        by_disability=table.lines_of_persons(
            ["没有残疾证", "有残疾证", "残疾情况未知"], _disabled(readings, catalogue), alive
        ),
        bands=_bands(readings),
    )


def fates_of(readings: Readings) -> np.ndarray:
    """For each household the place of its fate in FATES."""
    import numpy as np

    before, after = readings.before.fen, readings.after.fen
    known = readings.before.known & readings.after.known
    places = {code: number for number, code in enumerate(FATES)}
    return np.select(
        [
            ~known,
            (before == 0) & (after == 0),
            before == after,
            before == 0,
            after == 0,
            after > before,
        ],
        [places[code] for code in ("undetermined", "neither", "same", "come_in", "drop_out", "gain")],
        places["lose"],
    )


class _Table:
    """Counts households and persons of chosen rows by fate."""

    def __init__(self, readings: Readings, fates: np.ndarray, persons: np.ndarray) -> None:
        import numpy as np

        known = fates != list(FATES).index(UNDETERMINED)
        self.fates, self.persons = fates, persons
        self.before = np.where(known, readings.before.fen, 0)
        self.after = np.where(known, readings.after.fen, 0)
        self.row = readings.columns.household_row()

    def line(self, code: str, label: str, chosen: np.ndarray) -> Line:
        before, after = self.before[chosen], self.after[chosen]
        return Line(
            code,
            label,
            self._by_fate(self.fates[chosen]),
            [int(self.persons[chosen & (self.fates == number)].sum()) for number in range(len(FATES))],
            int(before.sum()),
            int(after.sum()),
            int((before != 0).sum()),
            int((after != 0).sum()),
            int((before != after).sum()),
        )

    def lines(self, labels: list[str], place: np.ndarray) -> list[Line]:
        """A line for each label that some household belongs to."""
        lines = [self.line(label, label, place == number) for number, label in enumerate(labels)]
        return [line for line in lines if any(line.households)]

    def lines_of_persons(self, labels: list[str], place: np.ndarray, alive: np.ndarray) -> list[Line]:
        """The same for the living members; their money is the household's, so none is told here."""
        fates = self.fates[self.row]
        lines = [
            Line(label, label, [], self._by_fate(fates[alive & (place == number)]))
            for number, label in enumerate(labels)
        ]
        return [line for line in lines if any(line.persons)]

    def _by_fate(self, fates: np.ndarray) -> list[int]:
        import numpy as np

        return [int(count) for count in np.bincount(fates, minlength=len(FATES))]


def _ages(readings: Readings, standards: Standards, on: dt.date) -> np.ndarray:
    """0 minor, 1 adult, 2 old, 3 not known; the bounds are the region's standards of that day."""
    import numpy as np

    columns = readings.columns
    birth, known = columns.members["birth_date"]
    years = _years(birth, on)
    region = columns.region_index[columns.household_row()]
    bounds = []
    for name in ("adult_age", "elder_age"):
        rows = [standards.row(code, read_date(on)) for code in columns.regions]
        bounds.append(np.array([row[name].value if name in row else -1 for row in rows], np.int64)[region])
    adult, old = bounds
    return np.where(known & (adult >= 0) & (old >= 0), (years >= adult).astype(int) + (years >= old), 3)


def _years(birth: np.ndarray, on: dt.date) -> np.ndarray:
    """Full years as in the rules (rules/words.py age): born on 29 February, full on the 28th of a common year."""
    day = 229 if (on.month, on.day) == (2, 28) and not calendar.isleap(on.year) else on.month * 100 + on.day
    return on.year - birth // 10_000 - (birth % 10_000 > day)


def _disabled(readings: Readings, catalogue: FactCatalogue) -> np.ndarray:
    import numpy as np

    grade, known = readings.columns.members["disability_grade"]
    return np.where(known, grade != catalogue["disability_grade"].kind.options.index("无"), 2)


def _bands(readings: Readings) -> list[tuple[str, bool, int]]:
    """Households by how much more or less they get a month, the greatest loss first."""
    import numpy as np

    known = readings.before.known & readings.after.known
    change = (readings.after.fen - readings.before.fen)[known]
    edges = [0, *BOUNDS, np.iinfo(np.int64).max]
    rises = []
    for rise in (False, True):
        size = change if rise else -change
        found = [
            (_band(low, high, rise), rise, int(((size > low) & (size <= high)).sum()))
            for low, high in itertools.pairwise(edges)
        ]
        rises.append(found if rise else found[::-1])
    return [*rises[0], *rises[1]]


def _band(low: int, high: int, rise: bool) -> str:
    word = "多" if rise else "少"
    if low == BOUNDS[-1]:
        return f"{word}{low // 100}元以上"
    return f"{word}{high // 100}元以内" if low == 0 else f"{word}{low // 100}至{high // 100}元"
