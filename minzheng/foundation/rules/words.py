"""The words a rule file may use. Rule files import them so that editors understand them; the loader only reads text.

The functions on dates and numbers are the ones both readings execute (Numba compiles this very text), so a date
is the whole number YYYYMMDD and money is whole fen.
"""

from collections.abc import Callable


def household(
    label: str, *, cite: str, since: str = "", until: str = "", result: bool = False
) -> Callable[[Callable], Callable]:
    """A rule about the family: one value per household. `until` is the first day on which it no longer holds."""
    return lambda function: function


def person(
    label: str, *, cite: str, since: str = "", until: str = "", result: bool = False
) -> Callable[[Callable], Callable]:
    """A rule about one member; it may also read the household's rules and facts."""
    return lambda function: function


def total(name: str) -> str:
    """Sum of a number or an amount over the members."""
    return name


def count(name: str) -> str:
    """How many members for whom it is true."""
    return name


def any_of(name: str) -> str:
    """True if it is true for at least one member."""
    return name


def all_of(name: str) -> str:
    """True if it is true for every member (of an empty household: true)."""
    return name


def age(birth: int, on: int) -> int:
    """Full years from `birth` to `on` (both YYYYMMDD). A year is full on the birthday; for 29 February on
    28 February in a common year (民法典 第二百零二条; house convention DC3)."""
    year, day = on // 10000, on % 10000
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if day == 228 and not leap:
        day = 229
    return year - birth // 10000 - (1 if day < birth % 10000 else 0)


def months_between(start: int, end: int) -> int:
    """How many calendar months `end` lies after `start`, whatever the day: January to March is 2."""
    return (end // 10000 - start // 10000) * 12 + end // 100 % 100 - start // 100 % 100


def full_months(start: int, end: int) -> int:
    """How many whole months have run from `start` to `end`: 15 January to 14 July is 5, to 15 July 6.

    A month that lacks the day is full on its last day: 31 August to 28 February is 6 (民法典 第二百零二条).
    """
    year, month, day = end // 10000, end // 100 % 100, end % 100
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = (29 if leap else 28) if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return months_between(start, end) - (1 if day < start % 100 and day < last else 0)


def round_half_up(numerator: int, denominator: int) -> int:
    """numerator ÷ denominator to a whole number, halves away from zero (四舍五入). The denominator is not zero."""
    if (numerator < 0) != (denominator < 0):
        return -((2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator)))
    return (2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator))
