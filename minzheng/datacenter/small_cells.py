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


def protect(counts: Mapping[Cell, int], sums: Sums[Cell], also: Iterable[Cell] = ()) -> set[Cell]:
    """The cells that must not be shown. `sums`: (whole, its parts), all of them cells of `counts`.

    Small cells and those in `also` are secret. Others are hidden with them until no secret cell follows from what is
    shown by adding and subtracting, and no group of hidden cells that can be summed up is itself small.
    """
    hide = {cell for cell, count in counts.items() if 0 < count < LEAST} | set(also)
    secret = set(hide)
    found_in: dict[Cell, list[tuple[Cell, Sequence[Cell]]]] = {cell: [] for cell in counts}
    for whole, parts in sums:
        for cell in (whole, *parts):
            found_in[cell].append((whole, parts))
    while True:
        fixed = _derivable(hide, sums)
        more = {_to_hide(counts, hide, _around(cell, hide, found_in)) for cell in fixed & secret}
        more |= _beside_few(counts, hide, hide, sums)
        # A cell that was hidden for others' sake, yet follows from the rest, may as well be shown.
        left = hide - (fixed - secret)
        if not more - {None}:
            more = _beside_few(counts, hide, left, sums)
        if not more - {None}:
            return left
        hide |= more - {None}  # type: ignore[arg-type]


def _beside_few(
    counts: Mapping[Cell, int], hide: set[Cell], left: set[Cell], sums: Sums[Cell]
) -> set[Cell | None]:
    """What to hide where the cells of `left` in one sum are few together."""
    return {_to_hide(counts, hide, [(0, one)]) for one in sums if _sums_to_few(counts, left, one)}


def _sums_to_few(counts: Mapping[Cell, int], hide: set[Cell], one: tuple[Cell, Sequence[Cell]]) -> bool:
    whole, parts = one
    return whole not in hide and 0 < sum(counts[part] for part in parts if part in hide) < LEAST


def _around(
    cell: Cell, hide: set[Cell], found_in: Mapping[Cell, Sums[Cell]]
) -> list[tuple[int, tuple[Cell, Sequence[Cell]]]]:
    """The sums through which a cell may be worked out, each with its distance: its own, those of hidden neighbours…"""
    around, seen, edge, distance = [], {cell}, [cell], 0
    while edge:
        near = [one for known in edge for one in found_in[known]]
        around += [(distance, one) for one in near]
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
    """Hidden cells that the shown ones fix: those that are nought in every solution of the sums set to nought."""
    import numpy as np

    place = {cell: number for number, cell in enumerate(hide)}
    lines = []
    for whole, parts in sums:
        line = np.zeros(len(place))
        for cell, sign in ((whole, 1.0), *((part, -1.0) for part in parts)):
            if cell in place:
                line[place[cell]] += sign
        if line.any():
            lines.append(line)
    if not lines:
        return set()
    _, sizes, vectors = np.linalg.svd(np.array(lines), full_matrices=True)
    free = vectors[int((sizes > 1e-9).sum()) :]
    return {cell for cell, number in place.items() if not (np.abs(free[:, number]) > 1e-9).any()}
