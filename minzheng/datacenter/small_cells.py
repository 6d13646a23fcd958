"""Hiding small cells: a count of one to four people or families could point at somebody (个人信息保护法 第六条).

A single hidden cell could be worked out from the sum; then the next smallest is hidden as well. `hidden` does so for
one row of figures, `protect` for tables that share their sums.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

LEAST = 5

Cell = TypeVar("Cell", bound=Hashable)
Sums = Sequence[tuple[Cell, Sequence[Cell]]]


def hidden(counts: Sequence[int]) -> list[bool]:
    """Which of the counts must not be shown beside their sum."""
    hide = [0 < count < LEAST for count in counts]
    if sum(hide) == 1:
        others = [(count, number) for number, count in enumerate(counts) if not hide[number] and count > 0]
        if others:
            hide[min(others)[1]] = True
    return hide


def protect(
    counts: Mapping[Cell, int], sums: Sums[Cell], also: Iterable[Cell] = (), least: int = LEAST
) -> set[Cell]:
    """The cells that must not be shown. `sums`: (whole, its parts), all of them cells of `counts`.

    Small cells and those in `also` are secret. Others are hidden with them until no secret cell follows from what is
    shown by adding and subtracting, and no group of hidden cells that can be summed up is itself small.
    """
    hide = {cell for cell, count in counts.items() if 0 < count < least} | set(also)
    secret = set(hide)
    found_in: dict[Cell, list[tuple[Cell, Sequence[Cell]]]] = {cell: [] for cell in counts}
    for whole, parts in sums:
        for cell in (whole, *parts):
            found_in[cell].append((whole, parts))
    while True:
        fixed = _derivable(hide, sums)
        more = {_to_hide(counts, hide, _around(cell, counts, hide, found_in)) for cell in fixed & secret}
        more |= _beside_few(counts, hide, hide, sums, least)
        # A cell that was hidden for others' sake, yet follows from the rest, may as well be shown.
        left = hide - (fixed - secret)
        if not more - {None}:
            more = _beside_few(counts, hide, left, sums, least)
        if not more - {None}:
            return left
        hide |= more - {None}  # type: ignore[arg-type]


def _beside_few(
    counts: Mapping[Cell, int], hide: set[Cell], left: set[Cell], sums: Sums[Cell], least: int
) -> set[Cell | None]:
    """What to hide where the cells of `left` in one sum are few together."""
    return {_to_hide(counts, hide, [(0, one)]) for one in sums if _sums_to_few(counts, left, one, least)}


def _sums_to_few(
    counts: Mapping[Cell, int], hide: set[Cell], one: tuple[Cell, Sequence[Cell]], least: int
) -> bool:
    whole, parts = one
    return whole not in hide and 0 < sum(counts[part] for part in parts if part in hide) < least


def _around(
    cell: Cell, counts: Mapping[Cell, int], hide: set[Cell], found_in: Mapping[Cell, Sums[Cell]]
) -> list[tuple[int, tuple[Cell, Sequence[Cell]]]]:
    """The sums through which a cell may be worked out, each with its distance: its own, those of hidden neighbours…"""
    around, seen, edge, distance = [], {cell}, [cell], 0
    while edge:
        near = [one for known in edge for one in found_in[known]]
        around += [(distance, one) for one in near]
        if any(counts[part] and part not in hide for _, parts in near for part in parts):
            break  # nothing farther away would be hidden before it
        edge = [
            other for whole, parts in near for other in (whole, *parts) if other in hide and other not in seen
        ]
        seen |= set(edge)
        distance += 1
    return around


def _to_hide(
    counts: Mapping[Cell, int], hide: set[Cell], around: Sequence[tuple[int, tuple[Cell, Sequence[Cell]]]]
) -> Cell | None:
    """The next cell to hide: something rather than a nought, a near part rather than a whole, the smallest."""
    choice = [
        (counts[cell] == 0, is_whole, 0 if is_whole else distance, counts[cell], number, cell)
        for number, (distance, (whole, parts)) in enumerate(around)
        for is_whole, cells in ((False, parts), (True, [whole]))
        for cell in cells
        if cell not in hide
    ]
    return min(choice, key=lambda one: one[:5])[5] if choice else None


def _derivable(hide: set[Cell], sums: Sums[Cell]) -> set[Cell]:
    """Hidden cells that the shown ones fix: first one by one, then those that only several sums together fix."""
    fixed: set[Cell] = set()
    while True:
        open_cells = hide - fixed
        alone = [left for one in sums if len(left := _among(one, open_cells)) == 1]
        if not alone:
            break
        fixed |= {cell for left in alone for cell in left}
    together = [(whole, parts) for whole, parts in sums if _among((whole, parts), hide - fixed)]
    return fixed | _solved(hide - fixed, together)


def _among(one: tuple[Cell, Sequence[Cell]], cells: set[Cell]) -> list[Cell]:
    whole, parts = one
    return [cell for cell in (whole, *parts) if cell in cells]


def _solved(hide: set[Cell], sums: Sums[Cell]) -> set[Cell]:
    """Those that have the same value in every solution: their own direction lies wholly in the row space."""
    import numpy as np

    if not sums:
        return set()
    place = {cell: number for number, cell in enumerate(hide)}
    system = np.zeros((len(sums), len(place)))
    for line, (whole, parts) in zip(system, sums, strict=True):
        for cell, sign in ((whole, 1.0), *((part, -1.0) for part in parts)):
            if cell in place:
                line[place[cell]] += sign
    sizes, directions = np.linalg.eigh(system @ system.T)
    kept = sizes > 1e-9
    rows = directions[:, kept].T @ system
    share = (rows**2 / sizes[kept, None]).sum(axis=0)
    return {cell for cell, number in place.items() if share[number] > 1 - 1e-7}
