"""What a kernel calls: the words of words.py, written for vector instructions, and how a tile lies.

Processors have no vector division of 64-bit integers. `quotient` divides in floating point and corrects by the exact
remainder, twice, which makes it exact for every number a policy can reach; tests/test_kernel_words.py compares it
with Python. There is no branch, because a branch would keep a loop from running several rows at once.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numba.core.cpu import CPUTargetOptions
from numba.core.options import TargetOptions

# The loops below read and write different arrays, which the compiler cannot know: it would check every pair of them,
# or give up. Numba tells it so for its own parallel loops; this lets ours say it too.
CPUTargetOptions.noalias = TargetOptions.Mapping("noalias")


@njit(error_model="numpy")
def pick(test, yes, no):  # type: ignore[no-untyped-def]
    return yes if test else no


@njit(error_model="numpy")
def quotient(a, b):  # type: ignore[no-untyped-def]
    # a // b rounded down, for b other than zero
    scale = 1.0 / np.float64(b)
    q = np.int64(np.float64(a) * scale)
    q += np.int64(np.float64(a - q * b) * scale)
    rest = a - q * b
    if b > 0:
        return q + (rest >= b) - (rest < 0)
    return q + (rest <= b) - (rest > 0)


@njit(error_model="numpy")
def age(birth, on):  # type: ignore[no-untyped-def]
    year, birth_year = quotient(on, 10000), quotient(birth, 10000)
    day = on - year * 10000
    leap = (year & 3 == 0) & ((year - 100 * quotient(year, 100) != 0) | (year & 15 == 0))
    day = pick((day == 228) & (not leap), 229, day)
    return year - birth_year - pick(day < birth - birth_year * 10000, 1, 0)


@njit(error_model="numpy")
def months_between(start, end):  # type: ignore[no-untyped-def]
    # year × 100 + month, of which 88 of every hundred are no months
    first, last = quotient(start, 100), quotient(end, 100)
    return last - first - 88 * (quotient(last, 100) - quotient(first, 100))


@njit(error_model="numpy")
def full_months(start, end):  # type: ignore[no-untyped-def]
    year, first, last = quotient(end, 10000), quotient(start, 100), quotient(end, 100)
    month, day = last - 100 * year, end - 100 * last
    leap = (year & 3 == 0) & ((year - 100 * quotient(year, 100) != 0) | (year & 15 == 0))
    is_short = (month == 4) | (month == 6) | (month == 9) | (month == 11)
    length = pick(month == 2, pick(leap, 29, 28), pick(is_short, 30, 31))
    return months_between(start, end) - pick((day < start - 100 * first) & (day < length), 1, 0)


@njit(error_model="numpy")
def round_half_up(numerator, denominator):  # type: ignore[no-untyped-def]
    size = quotient(2 * abs(numerator) + abs(denominator), 2 * abs(denominator))
    return pick((numerator < 0) != (denominator < 0), -size, size)


@njit(error_model="numpy")
def most_members(start, tile):  # type: ignore[no-untyped-def]
    # of any tile
    most, households = 0, start.shape[0] - 1
    for i in range(0, households, tile):
        most = max(most, start[min(i + tile, households)] - start[i])
    return most


@njit(error_model="numpy", noalias=True)  # type: ignore[call-overload]
def lay_out(start, first, end, own):  # type: ignore[no-untyped-def]
    # where each household's members lie in the tile, and whose each member is
    for i in range(start.shape[0] - 1):
        first[i], end[i] = start[i] - start[0], start[i + 1] - start[0]
        for j in range(first[i], end[i]):
            own[j] = i
