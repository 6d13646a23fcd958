"""What of the sums may be shown and kept: small cells are left out, with those that would give them away.

Only this leaves the simulation. A number that is not shown is None in the JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from minzheng.datacenter.simulation.sums import DOWN, FATES, UP, Line, Sums
from minzheng.datacenter.small_cells import LEAST, protect

Cell = tuple[str, str, str]  # table, line, fate
TABLES = ("by_region", "by_residence", "by_age", "by_disability")
ALL = "all"
SUMMED = {ALL: tuple(FATES), "up": UP, "down": DOWN}


def publish(sums: Sums) -> dict[str, Any]:
    """The tables as JSON: counts by fate with `all`, `up`, `down`; fen a month before, after, and the difference."""
    households, tied = _cells(sums, "households")
    band_cells = {("bands", label, ""): count for label, _, count in sums.bands}
    for rise, key in ((True, "up"), (False, "down")):
        tied.append((("total", "", key), [("bands", label, "") for label, up, _ in sums.bands if up is rise]))
    no_households = protect(households | band_cells, tied)
    persons, tied = _cells(sums, "persons")
    small = [cell for cell, count in households.items() if 0 < count < LEAST]
    no_persons = protect(persons, tied, small)
    no_money = _hidden_money(sums)

    def shown(table: str, line: Line) -> dict[str, Any]:
        row: dict[str, Any] = {"code": line.code, "label": line.label}
        if line.households:
            row["households"] = _counts(line.households, table, line.code, no_households)
            is_open = (table, line.code) not in no_money
            row["before_fen"] = line.before if is_open else None
            row["after_fen"] = line.after if is_open else None
            row["difference_fen"] = line.after - line.before if is_open else None
        row["persons"] = _counts(line.persons, table, line.code, no_persons)
        return row

    return {
        "total": shown("total", sums.total),
        "by_fate": [
            {
                "code": line.code,
                "difference_fen": None if ("by_fate", line.code) in no_money else line.after - line.before,
            }
            for line in sums.by_fate
        ],
        **{table: [shown(table, line) for line in getattr(sums, table)] for table in TABLES},
        "bands": [
            {
                "label": label,
                "rise": rise,
                "households": None if ("bands", label, "") in no_households else count,
            }
            for label, rise, count in sums.bands
        ],
    }


def few(count: int) -> int | None:
    """A count that stands alone."""
    return None if 0 < count < LEAST else count


def _counts(counts: Sequence[int], table: str, code: str, hide: set[Cell]) -> dict[str, int | None]:
    return {key: None if (table, code, key) in hide else count for key, count in _with_sums(counts)}


def _with_sums(counts: Sequence[int]) -> Iterator[tuple[str, int]]:
    by_fate = dict(zip(FATES, counts, strict=True))
    yield from by_fate.items()
    for key, fates in SUMMED.items():
        yield key, sum(by_fate[fate] for fate in fates)


def _cells(sums: Sums, unit: str) -> tuple[dict[Cell, int], list[tuple[Cell, list[Cell]]]]:
    """All shown counts of households or persons, and how they add up: along each line and down each table."""
    cells: dict[Cell, int] = {}
    keys = [*FATES, *SUMMED]
    tied: list[tuple[Cell, list[Cell]]] = []
    for table, lines in [("total", [sums.total]), *((table, getattr(sums, table)) for table in TABLES)]:
        counted = [line for line in lines if getattr(line, unit)]
        for line in counted:
            cells |= {(table, line.code, key): count for key, count in _with_sums(getattr(line, unit))}
            tied += [
                ((table, line.code, key), [(table, line.code, fate) for fate in fates])
                for key, fates in SUMMED.items()
            ]
        if counted and table != "total":
            tied += [(("total", "", key), [(table, line.code, key) for line in counted]) for key in keys]
    return cells, tied


def _hidden_money(sums: Sums) -> set[tuple[str, str]]:
    """Lines whose money stands for too few households, before, after or in what changed."""
    tables: dict[str, Iterable[Line]] = {
        "by_fate": sums.by_fate,
        "by_region": sums.by_region,
        "by_residence": sums.by_residence,
    }
    lines = {("total", ""): sums.total} | {
        (t, line.code): line for t, rows in tables.items() for line in rows
    }
    tied = [(("total", ""), [(table, line.code) for line in rows]) for table, rows in tables.items()]
    hide: set[tuple[str, str]] = set()
    while True:
        seen = set(hide)
        for behind in ("paid_before", "paid_after", "changed"):
            hide |= protect({key: getattr(line, behind) for key, line in lines.items()}, tied, hide)
        if hide == seen:
            return hide
