"""Who lives below a line: the income rules of dibao over a county's households at once, told in sums.

Income and size are those of 57号 (rules_income.py, rules_family.py), so that a study says what the register knows and
no more: a household with an unknown income is undetermined, never poor and never well off.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

from minzheng.business.assistance.relative.models import Method
from minzheng.datacenter.small_cells import protect
from minzheng.foundation.actions import Refused
from minzheng.foundation.people.population import Columns, population_columns
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, Level, Region
from minzheng.foundation.rules import Population, default_counter

if TYPE_CHECKING:
    import numpy as np

WANTED = ("income", "size", "dibao_standard")
HELPED = ("on_dibao", "on_tekun")
PARTS = ("helped", "left", "above", "undetermined")  # of all; poor are helped and left
SUMS = {"poor": ("helped", "left"), "all": PARTS}
Counts = dict[str, int | None]


@dataclass(frozen=True)
class Found:
    """`places`: {12-digit code: (households, persons)}, each {part or sum: count, None where it must not be told}."""

    low_fen: int
    high_fen: int
    places: dict[str, tuple[Counts, Counts]]
    inputs: dict[str, Any]


def count(region: Region, on: dt.date, method: Method, percent: int) -> Found:
    """Refused when no household's income is known, or a standard that the line is drawn from is not set."""
    import numpy as np

    counter = default_counter()
    population = Population(counter, WANTED, on, settings.STANDARDS_SET)
    plan = population.plan
    names = dict.fromkeys([*plan.household_facts, *plan.person_facts, *HELPED, "alive"])
    columns = population_columns(region.prefix, on, names, counter.book.catalogue)
    results = population.run(
        columns.households, columns.members, columns.member_count, columns.region_index, columns.regions
    )
    (income, income_known), (size, size_known) = results["income"], results["size"]
    known = income_known & size_known & (size > 0)
    row = columns.household_row()
    living = np.bincount(row[columns.members["alive"][0]], minlength=len(income))
    median = _median(income[known], size[known], living[known])
    base, base_known = _bases(population, columns, method, median, results["dibao_standard"])
    known &= base_known
    if not known.any():
        raise Refused("没有一户的收入和界线都是已知的，测算不出结果。请先核对收入，并在标准里补上所需的数。")
    line = (2 * base * percent + 100) // 200
    poor = known & (income < line * size)
    helped = np.zeros(len(income), bool)
    helped[row[np.logical_or(*(columns.members[name][0] for name in HELPED))]] = True
    parts = np.select([~known, ~poor, helped], [3, 2, 0], 1)
    digest = hashlib.blake2b(digest_size=16)
    for column in (columns.household_ids, income, size, known):
        digest.update(np.ascontiguousarray(column).tobytes())
    return Found(
        low_fen=int(line[known].min()),
        high_fen=int(line[known].max()),
        places=dict(_places(region, columns, parts, living)),
        inputs={
            "median_fen": median,
            "standards": population.standards.title,
            "invented": population.standards.invented,
            "law": plan.law.version,
            "households": len(income),
            "known": int(known.sum()),
            "digest": digest.hexdigest(),
        },
    )


def _median(income: np.ndarray, size: np.ndarray, weight: np.ndarray) -> int:
    """Fen a head and year which at least half of the persons do not exceed; 0 without anybody."""
    import numpy as np

    per_head = (2 * income + size) // (2 * np.maximum(size, 1))
    order = np.argsort(per_head, kind="stable")
    upto = np.cumsum(weight[order])
    if not len(upto) or not upto[-1]:
        return 0
    return int(per_head[order][np.searchsorted(2 * upto, upto[-1])])


def _bases(
    population: Population,
    columns: Columns,
    method: Method,
    median: int,
    dibao: tuple[np.ndarray, np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """(fen a head and year that the share is taken of, whether it is set) for each household."""
    import numpy as np

    rows = len(columns.member_count)
    if method == Method.DIBAO:
        return dibao
    if method == Method.MEDIAN:
        return np.full(rows, median, np.int64), np.full(rows, median > 0)
    found = [
        population.standards.row(code, population.on).get("disposable_income") for code in columns.regions
    ]
    values = np.array([one.value if one is not None else -1 for one in found], np.int64)[columns.region_index]
    return values, values >= 0


def _places(
    region: Region, columns: Columns, parts: np.ndarray, living: np.ndarray
) -> Iterator[tuple[str, tuple[Counts, Counts]]]:
    """The county and its townships; small cells and what would give them away are left out."""
    import numpy as np

    digits = SIGNIFICANT_DIGITS[Level.TOWNSHIP]
    codes = np.array([code[:digits].ljust(12, "0") for code in columns.regions])[columns.region_index]
    units = (np.ones(len(parts), np.int64), living)
    told = [_told(region.code, codes, parts, weight) for weight in units]
    for code in told[0]:
        yield code, (told[0][code], told[1][code])


def _told(whole: str, codes: np.ndarray, parts: np.ndarray, weight: np.ndarray) -> dict[str, Counts]:
    import numpy as np

    townships = {str(code): codes == code for code in np.unique(codes) if code != whole}
    places = {whole: np.ones(len(parts), bool)} | townships
    cells: dict[tuple[str, str], int] = {}
    ties: list[tuple[tuple[str, str], list[tuple[str, str]]]] = []
    for code, here in places.items():
        counts = np.bincount(parts[here], weights=weight[here], minlength=len(PARTS)).astype(int)
        cells |= {(code, part): int(counts[number]) for number, part in enumerate(PARTS)}
        for name, of in SUMS.items():
            cells[code, name] = sum(cells[code, part] for part in of)
            ties.append(((code, name), [(code, part) for part in of]))
    if not (codes == whole).any():  # a home that is registered at the county itself stands in no township
        ties += [((whole, key), [(code, key) for code in townships]) for key in (*PARTS, *SUMS)]
    hide = protect(cells, ties)
    return {
        code: {key: None if (code, key) in hide else cells[code, key] for key in (*PARTS, *SUMS)}
        for code in places
    }
